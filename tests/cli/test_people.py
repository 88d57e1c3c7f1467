"""`hotline people notify`: how somebody is told things, and that it stays a secret."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hotline.cli import commands
from hotline.cli.context import Surroundings
from hotline.privacy import Privacy, new_data_key
from hotline.store import Store
from tests.cli.conftest import Terminal
from tests.make import Hired
from tests.scenarios.rows import column

URL = "json://127.0.0.1:8080/a-secret-token"


@pytest.fixture(autouse=True)
def _keys(terminal: Terminal) -> None:
    terminal.environ |= {"HOTLINE_DATA_KEY": new_data_key(), "HOTLINE_SECRET_KEY": "a key"}


def types_in(terminal: Terminal, given: str, *words: str) -> Result:
    """A command with something on its stdin."""
    around = Surroundings(terminal.environ, lambda: terminal.now)
    return CliRunner().invoke(commands, [*words], obj=around, input=given)


def kept(terminal: Terminal) -> list[str]:
    """The URLs of everybody, opened."""
    store = Store(terminal.environ["HOTLINE_DATABASE_URL"])
    settings = Surroundings(terminal.environ).secrets()
    try:
        sealed = [cipher for cipher in column(store, "contact", "urls") if cipher is not None]
        return [Privacy(settings).opened(bytes(cipher)) for cipher in sealed]  # type: ignore[call-overload]
    finally:
        store.close()


def test_urls_are_kept_sealed_and_forgotten_again(
    terminal: Terminal, hire: Callable[[str], Hired]
) -> None:
    hire("Dee")
    command = ("people", "notify", "dee")

    said = types_in(terminal, f"{URL}\n\n  {URL}/2 \n", *command)
    assert said.output == "dee is told by 2 URLs, the first that works.\n"
    assert kept(terminal) == [f"{URL}\n{URL}/2"]
    said = types_in(terminal, URL, *command, "--json")
    assert '"urls": 1' in said.output
    said = types_in(terminal, "", *command)
    assert said.output == "dee is told by no URL any more.\n"
    assert kept(terminal) == []


@pytest.mark.parametrize(
    ("code", "given", "complaint"),
    [
        ("eve", URL, "There is nobody with the code 'eve'; see: hotline people export"),
        ("dee", f"{URL}\npigeon://a-secret-token", "Line 2 is no URL that apprise knows"),
        ("dee", f"{URL}\n" * 5, "A person has at most 4 URLs, tried in order."),
    ],
)
def test_what_cannot_be_kept_is_refused_without_telling_it(
    terminal: Terminal, hire: Callable[[str], Hired], code: str, given: str, complaint: str
) -> None:
    hire("Dee")
    said = types_in(terminal, given, "people", "notify", code)
    assert said.exit_code == 2
    assert complaint in said.stderr
    assert "a-secret-token" not in said.output
    assert kept(terminal) == []


def test_an_export_holds_no_url(terminal: Terminal, hire: Callable[[str], Hired]) -> None:
    hire("Dee")
    types_in(terminal, URL, "people", "notify", "dee")
    assert "a-secret-token" not in terminal.prints("people", "export")


def test_people_go_to_a_workbook_or_a_csv_and_come_back(
    terminal: Terminal, hire: Callable[[str], Hired], tmp_path: Path
) -> None:
    hire("Ada")
    for name in ("people.xlsx", "people.csv"):
        file = str(tmp_path / name)
        assert terminal.prints("people", "export", file) == ""
        assert terminal.json("people", "import", file) == {"added": 0, "changed": 0, "unchanged": 1}
    assert terminal.prints("people", "export").encode() == (tmp_path / "people.csv").read_bytes()


def test_a_file_of_another_kind_or_out_of_reach_is_refused(
    terminal: Terminal, tmp_path: Path
) -> None:
    assert ".csv or .xlsx" in terminal.is_refused("people", "export", str(tmp_path / "people.ods"))
    nowhere = str(tmp_path / "nowhere" / "people.csv")
    assert "cannot be written" in terminal.is_refused("people", "export", nowhere)


def test_a_telephone_is_tried_once_in_a_minute(
    terminal: Terminal, hire: Callable[[str], Hired]
) -> None:
    hire("Ada")

    assert "within five minutes" in terminal.prints("people", "ring", "ada")
    assert "a moment ago" in terminal.is_refused("people", "ring", "ada")
    assert "'eve'" in terminal.is_refused("people", "ring", "eve")


def test_a_word_on_drills_is_kept_and_taken_back(
    terminal: Terminal, hire: Callable[[str], Hired]
) -> None:
    hire("Ada")

    assert terminal.prints("people", "drills", "ada", "--agreed") == "ada may be rung in drills.\n"
    said = terminal.prints("people", "drills", "ada", "--withdrawn")
    assert said == "ada may not be rung in drills.\n"
    assert "Missing option" in terminal.is_refused("people", "drills", "ada")
    assert "'eve'" in terminal.is_refused("people", "drills", "eve", "--agreed")
