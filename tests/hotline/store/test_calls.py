"""Calls as they are opened: once for each leg, and whether the caller is known."""

from datetime import timedelta

from sqlalchemy import text

from hotline.calls.repeating import CallerStanding
from hotline.calls.routing import CallId
from hotline.config.settings import LineName
from hotline.store import Store
from hotline.store.callers import NewAct, change_caller
from hotline.store.calls import NewCall, Opened, call_of_id, open_call
from tests import make

NOW = make.utc("2026-11-24 15:10")
YESTERDAY = NOW - timedelta(days=1)


def rings(store: Store, sid: str, caller: str | None = "lin") -> Opened | None:
    new = NewCall(sid, sid, LineName("help"), b"sealed" if caller else None, caller, NOW, NOW)
    with store.writing() as db:
        return open_call(db, new, YESTERDAY)


def came_before(store: Store, caller: str | None = "lin", sid: str = "CA9") -> bool:
    opened = rings(store, sid, caller)
    assert opened is not None
    return opened.came_before


def test_a_call_is_opened_once_and_is_what_is_stored(store: Store) -> None:
    opened = rings(store, "CA1")

    assert opened is not None
    with store.writing() as db:
        assert call_of_id(db, opened.call.id) == opened.call
    assert rings(store, "CA1") is None


def test_who_withholds_the_number_has_never_been_here(store: Store) -> None:
    rings(store, "CA1", None)
    talk(store)

    assert not came_before(store, None)


def test_a_call_that_nobody_answered_says_nothing_of_the_next(store: Store) -> None:
    rings(store, "CA1")

    assert not came_before(store)


def test_a_talk_is_known_for_a_day_and_another_callers_is_not(store: Store) -> None:
    rings(store, "CA1")
    talk(store)

    assert came_before(store)
    assert not came_before(store, "wang", "CA2")
    with store.writing() as db:
        new = NewCall("CA3", "CA3", LineName("help"), b"sealed", "lin", NOW, NOW)
        tomorrow = open_call(db, new, NOW)
    assert tomorrow is not None
    assert not tomorrow.came_before


def test_what_was_decided_about_a_caller_is_known(store: Store) -> None:
    dee = make.hire(store, "Dee").id
    rings(store, "CA1")
    with store.writing() as db:
        act = NewAct("lin", CallId(1), NOW, "standing", dee)
        change_caller(db, act, standing=CallerStanding.GUARANTEED)

    assert came_before(store)


def talk(store: Store) -> None:
    """Somebody has answered every call."""
    with store.writing() as db:
        db.connection().execute(text('update "call" set joined = arrived'))
