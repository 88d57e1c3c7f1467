"""How many callers are rung for before one, and whom the site names as its duty lead."""

from typing import Any

import pytest

from hotline.calls.states import LegResult
from hotline.config.settings import DeskName
from hotline.store import Store
from hotline.store.calling.calls import call_of_sid
from hotline.store.calling.endings import end_legs
from hotline.store.calling.legs import NewLeg, plan_legs
from hotline.store.calling.waiting import call_waiting, callers_before
from hotline.store.duty.absences import note_absence
from hotline.store.duty.rosters import lead_people
from hotline.store.tables import CallRow
from scheduling.problem import Span
from tests import make

AT = make.utc("2026-11-24 15:00")


def waits(sid: str, minute: int, **more: Any) -> CallRow:
    at = make.utc(f"2026-11-24 15:{minute:02}")
    return CallRow(
        token=sid,
        sid=sid,
        line="help",
        state="waiting",
        arrived=at,
        since=at,
        expected=at,
        **more,
    )


@pytest.mark.parametrize(
    ("sid", "before"), [("first", 1), ("second", 2), ("delayed", 3), ("urgent", 0)]
)
def test_who_is_delayed_has_everybody_else_before_them_and_is_before_nobody(
    store: Store, sid: str, before: int
) -> None:
    with store.writing() as db:
        db.add_all(
            [
                waits("delayed", 1, delayed=True),
                waits("first", 2),
                waits("second", 3),
                waits("urgent", 4, urgent=True),
            ]
        )

    with store.writing() as db:
        call = call_of_sid(db, sid)
        assert call is not None
        assert callers_before(db, call) == before


@pytest.mark.parametrize(
    ("result", "rung"),
    [
        *((result, 0) for result in (LegResult.UNSENT, LegResult.FAILED)),
        *((result, 1) for result in (LegResult.UNANSWERED, LegResult.PASSED, LegResult.BUSY)),
    ],
)
def test_a_telephone_that_could_not_be_rung_counts_as_none(
    store: Store, result: LegResult, rung: int
) -> None:
    ada = make.hire(store, "Ada")
    with store.writing() as db:
        db.add(waits("first", 1))
    with store.writing() as db:
        call = call_of_sid(db, "first")
        assert call is not None
        leg = NewLeg("leg", call.id, ada.id, DeskName("day"), by_dial=False, until=AT)
        (planned,) = plan_legs(db, [leg], make.utc("2026-11-24 15:02"))
        end_legs(db, [planned], result, make.utc("2026-11-24 15:03"))
        waiting = call_waiting(db, call.id, make.utc("2026-11-24 15:00"))
    assert waiting is not None
    assert waiting.rung == rung


def test_the_sites_lead_people_come_in_order_without_who_is_absent_or_gone(store: Store) -> None:
    dee, lea, _ = (make.hire(store, name) for name in ("Dee", "Lea", "Bo"))
    make.hire(store, "Lou", active=False)
    codes = ("lou", "lea", "nobody", "dee")

    with store.reading() as db:
        assert [who.code for who in lead_people(db, AT, codes)] == ["lea", "dee"]
        assert lead_people(db, AT, ()) == ()
    with store.writing() as db:
        note_absence(db, lea.id, Span(AT, make.utc("2026-11-24 16:00")), AT)
    with store.reading() as db:
        assert [who.id for who in lead_people(db, AT, codes)] == [dee.id]
