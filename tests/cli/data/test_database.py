"""`hotline init` and `migrate`, and what is said about a database that cannot be used."""

from pathlib import Path

import pytest

from hotline.store.migrate import current, downgrade, head
from tests.cli.conftest import Terminal


@pytest.fixture
def elsewhere(terminal: Terminal, tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/new/hotline.db"
    terminal.environ["HOTLINE_DATABASE_URL"] = url
    return url


def test_init_makes_the_database_and_its_folder(terminal: Terminal, elsewhere: str) -> None:
    assert "is ready" in terminal.prints("init")
    assert current(elsewhere) == head()


def test_init_of_what_is_there_changes_nothing(terminal: Terminal) -> None:
    assert "is up to date" in terminal.prints("init")


def test_migrate_brings_an_older_database_up(terminal: Terminal) -> None:
    downgrade(terminal.environ["HOTLINE_DATABASE_URL"], "0002")

    assert f"from step 0002 to {head()}" in terminal.prints("migrate")


def test_without_an_address_the_database_is_below_the_folder_one_is_in(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal.environ["HOTLINE_DATABASE_URL"] = ""

    terminal.prints("init")

    assert (tmp_path / "var" / "hotline.db").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["who", "96111-nanjing"],
        ["coverage"],
        ["roster", "build", "--week", "2026-W48"],
        ["roster", "publish", "--week", "2026-W48"],
        ["roster", "show", "--week", "2026-W48"],
        ["roster", "explain", "--week", "2026-W48"],
        ["roster", "repair", "--week", "2026-W48"],
        ["roster", "diff", "--week", "2026-W48"],
        ["people", "export"],
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_every_command_says_what_to_do_about_a_missing_database(
    terminal: Terminal, words: list[str]
) -> None:
    assert terminal.is_refused(*words).endswith("run: hotline init")


def test_an_older_database_is_refused_until_it_is_migrated(terminal: Terminal) -> None:
    downgrade(terminal.environ["HOTLINE_DATABASE_URL"], "0002")

    assert terminal.is_refused("coverage").endswith("run: hotline migrate")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://somewhere/x", "no kind of database that is supported"),
        ("sqlite:////etc/hostname", "file is not a database"),
        ("sqlite:////proc/nowhere/hotline.db", "cannot be made"),
    ],
)
def test_a_database_that_cannot_be_is_refused(terminal: Terminal, url: str, said: str) -> None:
    terminal.environ["HOTLINE_DATABASE_URL"] = url

    assert said in terminal.is_refused("init")


def test_the_password_of_a_database_is_not_shown(terminal: Terminal) -> None:
    terminal.environ["HOTLINE_DATABASE_URL"] = "postgresql://me:secret@127.0.0.1:1/none"

    assert "secret" not in terminal.is_refused("init")
