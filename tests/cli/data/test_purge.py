"""`hotline purge`: what would go, and what went."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hotline.config.tables.retention import Retention
from hotline.store import Store
from hotline.store.access.trail import latest_of_trail
from tests import make
from tests.cli.conftest import Terminal


@pytest.fixture
def old(terminal: Terminal, database_url: str, hire: Callable[[str], make.Hired]) -> Terminal:
    """Somebody called, so long ago that it may be forgotten."""
    hire("Ada")
    store = Store(database_url)
    make.store_calls(store, terminal.now - timedelta(days=2000), line="96111-nanjing")
    store.close()
    return terminal


def test_a_dry_run_says_what_would_go_and_leaves_it(old: Terminal) -> None:
    kinds = old.json("purge", "--dry-run")["kinds"]

    assert kinds["hashes"] == {"days": 1095, "rows": 1}
    assert list(kinds) == list(Retention.__dataclass_fields__)
    assert "Nothing was changed." in old.prints("purge", "--dry-run")
    assert old.json("purge", "--dry-run")["kinds"] == kinds


def test_what_went_is_said_once_and_stands_in_the_trail(old: Terminal, database_url: str) -> None:
    assert "1 rows went." in old.prints("purge")

    assert old.json("purge")["kinds"]["hashes"]["rows"] == 0
    store = Store(database_url)
    with store.reading() as db:
        (entry,) = latest_of_trail(db, 5)
    store.close()
    assert (entry.login, entry.change.act) == ("command", "data.purged")


def test_a_word_too_many_is_refused(old: Terminal) -> None:
    assert "unexpected extra argument" in old.is_refused("purge", "everything")
