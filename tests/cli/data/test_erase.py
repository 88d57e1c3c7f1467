"""`hotline erase`: said first, refused plainly, and nothing asked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.config.settings import Secrets
from hotline.privacy import Privacy, new_data_key
from hotline.store import Store
from tests import make
from tests.cli.conftest import Terminal

MIN = "+8613912345678"


@pytest.fixture
def site(terminal: Terminal, database_url: str, hire: Callable[[str], make.Hired]) -> Terminal:
    """Ada works here, and somebody has called."""
    hire("Ada")
    key = new_data_key()
    terminal.environ |= {"HOTLINE_SECRET_KEY": "hush", "HOTLINE_DATA_KEY": key}
    store = Store(database_url)
    make.store_calls(store, terminal.now - timedelta(days=2), line="96111-nanjing")
    with store.writing() as db:
        hashed = Privacy(Secrets("hush", key)).hashed(MIN)
        db.connection().execute(text("update call set caller_hash = :hashed"), {"hashed": hashed})
    store.close()
    return terminal


def test_a_caller_is_found_by_the_number_on_stdin(site: Terminal) -> None:
    assert "calls: 1\n" in site.prints("erase", "caller", "--dry-run", reads=f"{MIN}\n")
    assert "Forgotten." in site.prints("erase", "caller", reads=f"{MIN}\n")
    assert "calls: 0\n" in site.prints("erase", "caller", "--dry-run", reads=f"{MIN}\n")


def test_a_caller_is_found_by_one_of_their_calls(site: Terminal) -> None:
    document = site.json("erase", "caller", "--call", "1", "--dry-run")

    assert (document["erased"], document["found"]["calls"]) == (False, 1)
    assert site.json("erase", "caller", "--call", "1")["erased"]


def test_who_left_is_forgotten_and_their_code_stays(site: Terminal) -> None:
    assert site.json("erase", "person", "ada", "--dry-run")["in_the_way"] == []
    assert "Forgotten." in site.prints("erase", "person", "ada")
    assert "Ada" not in site.prints("people", "export")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["caller"], "is no number that can call"),
        (["caller", "--call", "99"], "no call '99'"),
        (["caller", "--notes", "some", "--call", "1"], "Invalid value for '--notes'"),
        (["person"], "Missing argument 'CODE'"),
        (["person", "eve"], "nobody with the code 'eve'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    site: Terminal, words: list[str], said: str
) -> None:
    assert said in site.is_refused("erase", *words)
