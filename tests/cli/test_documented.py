"""The keys of `--json` are a promise: docs/commands.md names each one that is printed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import make
from tests.cli.conftest import Terminal

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
WEEK = ("--week", "2026-W48")
NAMES_NOT_KEYS = frozenset(  # what stands in them are names
    {"price_by_wish", "price_by_level", "certified", "points", "saved", "fairness", "wishes_kept"}
    | {"wishes_broken"}
)


def keys_of(document: object) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            yield key
            yield from () if key in NAMES_NOT_KEYS else keys_of(value)
    if isinstance(document, list):
        for item in document:
            yield from keys_of(item)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("roster build", ("roster", "build", *WEEK)),
        ("demand", ("demand", "--from", "2026-12-31", "--to", "2027-01-01")),
        ("roster show", ("roster", "show", *WEEK)),
        ("roster explain", ("roster", "explain", *WEEK)),
        ("roster rehearse", ("roster", "rehearse", *WEEK, "--runs", "2")),
        ("roster explain", ("roster", "explain", *WEEK, "--person", "ada", "--floors")),
        ("roster repair", ("roster", "repair", *WEEK)),
        ("roster repair --without", ("roster", "repair", *WEEK, "--without", "ada")),
        ("roster diff", ("roster", "diff", *WEEK)),
        ("roster publish", ("roster", "publish", *WEEK, "--accept-gaps", "a test")),
        ("coverage", ("coverage", "--from", "2026-11-24", "--to", "2026-11-24")),
        ("absence list", ("absence", "list")),
        ("who", ("who", "12355", "--at", "2026-11-24T23:10")),
    ],
)
def test_every_key_that_is_printed_is_documented(
    terminal: Terminal, hire: Callable[[str], make.Hired], command: str, words: tuple[str, ...]
) -> None:
    hire("Ada")
    hire("Bo")
    terminal.prints("roster", "build", *WEEK)
    told = DOCUMENT.read_text("utf-8")
    row = next(line for line in told.splitlines() if line.startswith(f"| `{command}` |"))
    gap = next(line for line in told.splitlines() if line.startswith("A gap has"))

    printed = set(keys_of(terminal.json(*words)))

    assert printed
    assert [key for key in sorted(printed) if f"`{key}`" not in row + gap] == []
