"""A shift of a published roster that wants somebody is offered to whoever may take it."""

from datetime import timedelta

import pytest

from hotline.corrections.overrides import OverrideOrder, override
from hotline.duty import Cause
from hotline.people import StoredPerson
from hotline.store import Store
from hotline.store.people.everybody import active_people
from hotline.swaps.asking import ShiftKey, SwapError
from hotline.swaps.open_shifts import OpenShift, open_shifts, take
from hotline.swaps.states import SwapState
from tests import make
from tests.hotline.swaps.cast import DAY, NOW, SITE, Desk, evening, night

WEEK = range(23, 30)


@pytest.fixture
def desk(store: Store) -> Desk:
    """Bo works each night, and Cem all evenings but Wednesday's; Ada is free."""
    desk = Desk(store).knows("Ada", "Bo", "Cem")
    desk.published(*(("Bo", night(day)) for day in WEEK))
    for day in WEEK:
        if day != 25:
            desk.also("Cem", evening(day))
    return desk


def person(desk: Desk, name: str) -> StoredPerson:
    with desk.store.reading() as db:
        return next(each for each in active_people(db) if each.name == name)


def offered(desk: Desk, name: str) -> tuple[OpenShift, ...]:
    with desk.store.reading() as db:
        return open_shifts(db, desk.settings, person(desk, name), desk.now)


def takes(desk: Desk, name: str, key: ShiftKey) -> None:
    with desk.store.writing() as db:
        take(db, desk.settings, person(desk, name), key, desk.now)


OPEN = ShiftKey(DAY, evening(25).start)


def test_the_gap_of_a_published_roster_is_offered_to_whom_it_is_legal(desk: Desk) -> None:
    assert [(each.shift.shift, each.below_floor) for each in offered(desk, "Ada")] == [
        ("day/2026-11-25/evening", True)
    ]
    assert offered(desk, "Bo") == ()  # who works the nights before and after it


def test_nothing_is_open_before_a_roster_is_published_or_after_the_shift_began(desk: Desk) -> None:
    weeks = {each.shift.span.start for each in offered(desk, "Ada")}
    assert weeks == {evening(25).start}

    desk.now = evening(25).start
    assert offered(desk, "Ada") == ()


def test_whoever_takes_it_is_rung_and_it_is_open_no_more(desk: Desk) -> None:
    takes(desk, "Ada", OPEN)

    assert desk.rung(evening(25)) == ["Ada"]
    assert offered(desk, "Ada") == ()
    with pytest.raises(SwapError, match="not open to you any more"):
        takes(desk, "Ada", OPEN)


def test_of_two_who_want_the_last_chair_one_gets_it(desk: Desk) -> None:
    desk.knows("Dee")
    takes(desk, "Dee", OPEN)

    with pytest.raises(SwapError, match="somebody may have taken it"):
        takes(desk, "Ada", OPEN)
    assert desk.rung(evening(25)) == ["Dee"]


def test_a_shift_that_was_taken_can_be_swapped_on_and_gives_way_to_a_coordinator(
    desk: Desk,
) -> None:
    takes(desk, "Ada", OPEN)
    desk.knows("Dee")
    number = desk.asks("Ada", evening(25), "Dee")
    desk.says("Dee", "yes", number)
    desk.decides("yes", number)
    assert desk.state(number) is SwapState.APPROVED
    assert desk.rung(evening(25)) == ["Dee"]

    with desk.store.writing() as db:
        override(db, SITE, OverrideOrder(DAY, evening(25), "cem", "dee", "her word"), NOW)
    assert desk.rung(evening(25)) == ["Cem"]
    assert (Cause.SWAP.yields, Cause.TAKEN.yields, Cause.COORDINATOR.yields) == (True, True, False)


def test_who_answers_no_calls_there_is_offered_nothing(desk: Desk) -> None:
    desk.people["Eve"] = make.hire(desk.store, "Eve", languages="en")
    desk.people["Fay"] = make.hire(desk.store, "Fay", desks="other")

    assert offered(desk, "Eve") == offered(desk, "Fay") == ()


def test_no_shift_is_offered_that_begins_further_ahead_than_four_weeks(desk: Desk) -> None:
    desk.now = evening(25).start - timedelta(days=40)

    assert offered(desk, "Ada") == ()
