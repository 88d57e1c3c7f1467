"""The disk is full, and SQLite writes no more: callers hear an honest exit, and later a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from hotline.calls.states import Outcome
from hotline.practice import RINGS_OUT
from hotline.store import Store
from tests.scenarios.stage import Hotline


class Disk:
    """Where the database lies. While it is full, no page is added to any table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._full = False
        event.listen(store.engine, "connect", self._connects)

    def fills_up(self) -> None:
        """From now on."""
        self._full = True
        self._store.close()

    def has_room_again(self) -> None:
        """Somebody has looked after it."""
        self._full = False
        self._store.close()

    def _connects(self, connection: sqlite3.Connection, _: object) -> None:
        if self._full:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "hotline.db"
    path.write_bytes(sqlite_template.read_bytes())
    _without_room(path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


def _without_room(path: Path) -> None:
    """Migrations leave pages that hold nothing, in which a full disk would still keep some rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")


def test_with_a_full_disk_a_caller_hears_the_truth_and_can_leave_a_message(store: Store) -> None:
    disk = Disk(store)
    hotline = Hotline(store).on_duty("Ada", phone=RINGS_OUT).without_worker()
    disk.fills_up()

    call = hotline.caller_rings(leaves_message=15)
    hotline.until_quiet()

    assert not hotline.call(call).stranded
    assert "电话系统出了故障" in hotline.heard(call)
    assert "您的留言已经录下" in hotline.heard(call)
    assert hotline.call(call).longest_silence <= timedelta(seconds=12)
    assert hotline.waited(call) <= 120


def test_with_room_again_the_next_caller_reaches_a_person(store: Store) -> None:
    disk = Disk(store)
    hotline = Hotline(store).on_duty("Ada")
    sender, hotline.stage.sender = hotline.stage.sender, None
    disk.fills_up()
    hotline.caller_rings(patience=40)
    hotline.until_quiet()

    disk.has_room_again()
    hotline.stage.sender = sender
    hotline.passes(120)
    second = hotline.caller_rings(talk=30)
    hotline.until_quiet()

    assert hotline.talked_to(second) == ["Ada"]
    assert hotline.outcomes()[-1] is Outcome.ANSWERED


def test_a_conversation_goes_on_while_the_disk_is_full(store: Store) -> None:
    disk = Disk(store)
    hotline = Hotline(store).on_duty("Ada")
    call = hotline.caller_rings(talk=300)
    hotline.passes(60)
    assert hotline.talked_to(call) == ["Ada"]

    hotline.without_worker()
    disk.fills_up()
    hotline.until_quiet()

    (talk,) = hotline.call(call).talks
    assert talk.ended is not None
    assert talk.ended - talk.started >= timedelta(seconds=299)
    assert not hotline.call(call).stranded
