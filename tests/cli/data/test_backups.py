"""`hotline backup` and `hotline restore`, as an administrator types them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hotline.privacy import new_data_key
from tests import make
from tests.cli.conftest import Terminal


@pytest.fixture
def site(terminal: Terminal, hire: Callable[[str], make.Hired]) -> Terminal:
    """A site with its keys and one volunteer."""
    hire("Ada")
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": new_data_key()}
    return terminal


def test_a_site_moves_to_another_database(site: Terminal, tmp_path: Path) -> None:
    made = site.json("backup", f"{tmp_path}/site.backup")
    assert made["rows"]["person"] == 1
    before = site.prints("people", "export")
    site.environ["HOTLINE_DATABASE_URL"] = f"sqlite:///{tmp_path}/new/hotline.db"

    said = site.prints("restore", f"{tmp_path}/site.backup")

    assert "as they were at 2026-11-20 08:00 UTC" in said
    assert site.prints("people", "export") == before


def test_a_filled_database_is_replaced_only_when_that_is_said(
    site: Terminal, tmp_path: Path
) -> None:
    site.prints("backup", f"{tmp_path}/site.backup")

    assert "--replace" in site.is_refused("restore", f"{tmp_path}/site.backup")
    document = site.json("restore", "--replace", f"{tmp_path}/site.backup")
    assert document["doubts"] == []


def test_a_doubt_ends_with_exit_code_1(site: Terminal, tmp_path: Path) -> None:
    site.prints("backup", f"{tmp_path}/site.backup")
    site.environ["HOTLINE_SECRET_KEY"] = "another"

    result = site.types("restore", "--replace", f"{tmp_path}/site.backup")

    assert result.exit_code == 1
    assert "no earlier caller is known again" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup"], "Missing argument 'FILE'"),
        (["backup", "/nowhere/at/all"], "cannot be written"),
        (["restore", "/nowhere/at/all"], "cannot be read"),
        (["restore", "/etc/hostname"], "is no backup that this program made"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    site: Terminal, words: list[str], said: str
) -> None:
    assert said in site.is_refused(*words)


def test_without_the_keys_nothing_is_saved(terminal: Terminal, tmp_path: Path) -> None:
    assert "HOTLINE_DATA_KEY" in terminal.is_refused("backup", f"{tmp_path}/site.backup")
    assert list(tmp_path.glob("site*")) == []
