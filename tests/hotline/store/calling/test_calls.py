"""Calls as they are opened: once for each leg, and whether the caller is known."""

from datetime import datetime, timedelta

from sqlalchemy import text

from hotline.calls.arrival.repeating import CallerStanding
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName
from hotline.store import Store
from hotline.store.calling.callers import NewAct, change_caller
from hotline.store.calling.calls import call_of_id, call_visiting
from hotline.store.calling.opening import NewCall, Opened, open_call
from hotline.store.tables import LegRow
from tests import make

NOW = make.utc("2026-11-24 15:10")
SOON = NOW + timedelta(seconds=20)
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


def test_a_visit_says_that_something_is_overdue_only_if_it_is(store: Store) -> None:
    ada = make.hire(store, "Ada").id
    rings(store, "CA1")
    leg = LegRow(
        id=7, token="leg", call_id=1, person_id=ada, desk="day",
        state="dialled", planned=NOW, until=SOON,
    )  # fmt: skip
    with store.writing() as db:
        db.add(leg)
        db.connection().execute(text("update \"call\" set state = 'ringing'"))

    assert not overdue(store, NOW - timedelta(seconds=1))
    assert overdue(store, SOON)
    with store.writing() as db:
        db.connection().execute(text("update leg set state = 'ended'"))
    assert overdue(store, NOW)


def overdue(store: Store, at: datetime) -> bool:
    with store.writing() as db:
        visit = call_visiting(db, "a visit", "CA1", at + timedelta(seconds=45), at)
    assert visit is not None
    return visit.overdue


def talk(store: Store) -> None:
    """Somebody has answered every call."""
    with store.writing() as db:
        db.connection().execute(text('update "call" set joined = arrived'))
