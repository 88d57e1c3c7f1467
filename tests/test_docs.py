"""Do the documents say what is there, all of it and nothing else?"""

import re
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import click
import pytest

from hotline.calls.states import CallState, LegResult, LegState, Outcome
from hotline.config.keys import keys_of
from hotline.config.load import NAMES
from hotline.config.settings import Settings
from hotline.duty import Why
from hotline.handshake.states import ErrandState, QuestionState, SearchState
from hotline.jobs import JOBS
from hotline.planning.jobs import JobState
from hotline.promises.states import AttemptResult, CallbackState
from hotline.rosters.states import RosterState
from hotline.swaps.states import SwapState
from scheduling.rules import RULES, WISHES
from scripts import docs
from webhooks.main import commands

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "docs"
DOCUMENTS: Final = sorted([*ROOT.glob("*.md"), *FOLDER.rglob("*.md")])
ADRS: Final = sorted((FOLDER / "adr").glob("*.md"))
LOCKS: Final = sorted((ROOT / "requirements").glob("*.lock"))
WORDS: Final = (
    "line", "desk", "call", "leg", "wave", "whisper", "bridge", "wrap-up", "note", "follow-up",
    "referral", "escalation", "shift", "slot", "coverage target", "demand", "forecast", "season",
    "provisional", "roster", "assignment", "gap", "draft", "published", "pinned", "on duty",
    "standby", "swap", "override", "absence", "rule", "wish", "breach",
)  # fmt: skip
STATES: Final = (
    *(CallState, Outcome, LegState, LegResult, Why, RosterState),
    *(SearchState, QuestionState, ErrandState),
    *(CallbackState, AttemptResult),
    *(SwapState, JobState),
)
FILE: Final = re.compile(r"`((?:[\w.-]+/)+[\w.-]*\.(?:py|toml|csv|md|sh|xml))`")
SYMBOL: Final = re.compile(r"`((?:scheduling|hotline|webhooks)(?:\.\w+)+)`")
FIGURE: Final = re.compile(r"(\d+) s \(`([\w.]+)`\)")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def document(name: str) -> str:
    return text_of(FOLDER / f"{name}.md")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def versions(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text_of(lock), flags=re.MULTILINE))


def leaves(group: click.Group, path: str = "hotline") -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS: Final = dict(leaves(commands))


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_explains(word: str) -> None:
    assert re.search(rf"^\| \*\*{word}\*\* \| \w+", document("glossary"), flags=re.MULTILINE)


def test_every_state_outcome_and_reason_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `([a-z-]+)` \|", document("architecture"), flags=re.MULTILINE)
    assert set(explained) == {member.value for member in chain(*STATES)}


@pytest.mark.parametrize("path", docs.DOCUMENTS, ids=named)
def test_what_is_drawn_from_the_code_is_up_to_date(path: Path) -> None:
    assert text_of(path) == docs.rewritten(text_of(path)), "run: make docs"


def test_everything_that_is_drawn_stands_in_one_document() -> None:
    parts = [part[2] for path in docs.DOCUMENTS for part in docs.PART.finditer(text_of(path))]
    assert sorted(parts) == sorted(docs.PARTS)


def test_a_document_that_is_out_of_date_would_be_noticed() -> None:
    old = document("architecture").replace("talking --> parting: talk-ended", "talking --> waiting")
    assert docs.rewritten(old) == document("architecture") != old


def test_every_route_is_documented_and_no_other() -> None:
    written = re.findall(r"^\| `((?:GET|POST) /\S*)` \|", document("routes"), flags=re.MULTILINE)
    served = {
        f"{method} {rule.rule}"
        for rule in docs.assembled().url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != docs.NOT_OURS
    }
    assert set(written) == served


def test_every_rule_and_wish_is_documented_and_no_other() -> None:
    rules, wishes = document("rules").split("## Wishes")
    rows = re.findall(r"^\| ([a-z0-9 ]+) \| [A-Z]", rules, flags=re.MULTILINE)
    assert rows == [rule.name for rule in RULES]
    priced = re.findall(r"^\| ([a-z]+) \| ([a-z0-9 ]+) \| [A-Z]", wishes, flags=re.MULTILINE)
    assert sorted(priced) == sorted((wish.level.title, wish.name) for wish in WISHES)


def test_every_timed_job_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d+) s \|", document("operating"), flags=re.MULTILINE)
    assert rows == [(job.name, f"{job.every.total_seconds():.0f}") for job in JOBS]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"`{command}\b", document("commands"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command: str) -> None:
    options = [o for p in COMMANDS[command].params if isinstance(p, click.Option) for o in p.opts]
    assert [o for o in options if not re.search(rf"{o}\b", document("commands"))] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_only_variables_that_are_read(path: Path) -> None:
    written = set(re.findall(r"\b(?:HOTLINE|TWILIO)_[A-Z_]+\b", text_of(path)))
    assert written <= {*NAMES.values(), "HOTLINE_CONFIG"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(path))
    here = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]
    assert [link for link in here if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_into_a_document_lead_to_a_heading(path: Path) -> None:
    for link, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", text_of(path)):
        if not link.startswith("http"):
            headings = re.findall(r"^#+ (.+)$", text_of(path.parent / link), flags=re.MULTILINE)
            assert anchor in [heading.lower().replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_only_files_that_exist(path: Path) -> None:
    names = [name for name in FILE.findall(text_of(path)) if not _is_elsewhere(name)]
    assert [name for name in names if not (ROOT / name).exists()] == []


def _is_elsewhere(name: str) -> bool:
    """Whether it stands in the folder beside the project, which not every machine has."""
    return name.startswith("../shared/") and not (ROOT / "../shared").exists()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_only_code_that_exists(path: Path) -> None:
    for name in SYMBOL.findall(text_of(path)):
        if not any(key.path.startswith(name) for key in keys_of(Settings)):
            resolve_name(name)  # raises if there is none


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_figures_are_those_of_the_code(path: Path) -> None:
    for figure, name in FIGURE.findall(text_of(path)):
        assert resolve_name(name) == timedelta(seconds=int(figure))


@pytest.mark.parametrize("pattern", [FILE, SYMBOL, FIGURE], ids=["file", "symbol", "figure"])
def test_documents_have_what_is_looked_for_in_them(pattern: re.Pattern[str]) -> None:
    assert any(pattern.search(text_of(path)) for path in DOCUMENTS)


def test_documents_name_only_tests_that_exist() -> None:
    tests = "\n".join(text_of(path) for path in (ROOT / "tests").rglob("test_*.py"))
    promised = {name for path in DOCUMENTS for name in re.findall(r"`(test_\w+)`", text_of(path))}
    assert promised
    assert [name for name in sorted(promised) if f"def {name}(" not in tests] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_documents_name_only_targets_that_exist(path: Path) -> None:
    written = re.findall(r"(?:^|`)make ([a-z-]+)", text_of(path), flags=re.MULTILINE)
    assert set(written) <= targets()


@pytest.mark.parametrize("adr", ADRS, ids=named)
def test_a_decision_is_told_in_25_lines(adr: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", adr.name)
    assert len(text_of(adr).splitlines()) <= 25
    assert "econsider" in text_of(adr)


def test_decisions_are_numbered_without_holes() -> None:
    assert [int(adr.name[:4]) for adr in ADRS] == list(range(1, len(ADRS) + 1))


def test_every_document_is_in_the_index() -> None:
    names = [path.name for path in FOLDER.glob("*.md") if path.name != "README.md"]
    assert [name for name in names if f"]({name})" not in document("README")] == []


def test_make_help_lists_every_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^make ([a-z-]+)", said.stdout, flags=re.MULTILINE)) == targets()


def test_the_readme_names_folders_that_exist() -> None:
    table = re.findall(r"^\| `([^`]+)`", text_of(ROOT / "README.md"), flags=re.MULTILINE)
    assert table
    assert [name for name in table if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    packages = re.split(r"^(?=\w)", text_of(lock), flags=re.MULTILINE)[1:]
    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text_of(lock))


def test_both_locks_agree() -> None:
    run, dev = (ROOT / "requirements" / name for name in ("run.lock", "dev.lock"))
    assert versions(run).items() <= versions(dev).items()


def test_continuous_integration_runs_make_test() -> None:
    lines = text_of(ROOT / ".ci" / "run").splitlines()
    assert [line for line in lines if "make" in line] == ["CI=true exec make test"]
