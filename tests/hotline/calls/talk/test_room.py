"""Where a caller goes who has come out of the room, and who answers for a talk."""

from datetime import datetime, timedelta

import pytest

from hotline.calls.states import SUPERVISE, CallState, LegState, Part, Place
from hotline.calls.talk.room import (
    AWAY,
    MOMENTS,
    Onward,
    Outside,
    TalkLeg,
    coming,
    heir,
    onward,
    talkers,
)
from hotline.duty import LegId, PersonId
from tests import make

NOW = make.utc("2026-11-24 15:10")


def leg(
    number: int = 1,
    *,
    part: Part = Part.ANSWER,
    place: Place = Place.ROOM,
    state: LegState = LegState.ACCEPTED,
    seen: datetime | None = None,
) -> TalkLeg:
    return TalkLeg(LegId(number), PersonId(number), state, part, place, f"CA{number}", seen)


def caller(state: CallState = CallState.TALKING, visit: int = 0) -> Outside:
    return Outside(state, NOW, visit)


def test_with_nobody_there_the_caller_is_left() -> None:
    assert onward(caller(), []) is Onward.IS_LEFT


@pytest.mark.parametrize("place", sorted(AWAY))
def test_a_volunteer_who_is_elsewhere_comes_back(place: Place) -> None:
    assert onward(caller(), [leg(place=place)]) is Onward.IS_HELD
    assert onward(caller(CallState.HELD, 200), [leg(place=place)]) is Onward.IS_HELD


def test_of_a_volunteer_who_gives_no_sign_nobody_knows_for_some_moments() -> None:
    seen_before = leg(seen=NOW - timedelta(seconds=4))
    for silent in (leg(), seen_before):
        for visit in range(MOMENTS):
            assert onward(caller(visit=visit), [silent]) is Onward.WAITS_A_MOMENT
        assert onward(caller(visit=MOMENTS), [silent]) is Onward.IS_LEFT


def test_a_volunteer_whose_leg_asked_us_just_then_is_there() -> None:
    assert onward(caller(), [leg(seen=NOW - timedelta(seconds=2))]) is Onward.JOINS
    assert onward(caller(visit=MOMENTS), [leg(seen=NOW)]) is Onward.JOINS


def test_a_held_caller_joins_a_volunteer_who_is_back() -> None:
    assert onward(caller(CallState.HELD, 9), [leg()]) is Onward.JOINS


def test_a_caller_is_never_held_while_somebody_else_is_in_the_room() -> None:
    lead = leg(2, part=Part.HELP)
    assert onward(caller(), [leg(place=Place.MENU), lead]) is Onward.JOINS
    assert onward(caller(), [leg(), lead]) is Onward.JOINS


@pytest.mark.parametrize("part", sorted(SUPERVISE - {Part.JOIN}))
def test_a_listener_is_no_company(part: Part) -> None:
    listener = leg(2, part=part)
    assert onward(caller(), [listener]) is Onward.IS_LEFT
    assert talkers([listener]) == ()
    assert heir([leg(), listener], LegId(1)) is None


@pytest.mark.parametrize("state", sorted(set(LegState) - {LegState.ACCEPTED}))
def test_who_has_not_accepted_is_no_company(state: LegState) -> None:
    assert talkers([leg(state=state)]) == ()


def test_who_waits_to_be_let_in_is_no_company() -> None:
    assert talkers([leg(part=Part.JOIN, place=Place.OUTSIDE)]) == ()


def test_who_is_with_the_caller_answers_for_the_talk_before_who_is_aside() -> None:
    aside = leg(2, part=Part.TRANSFER, place=Place.ASIDE)
    lead = leg(3, part=Part.HELP)
    assert heir([leg(), aside, lead], LegId(1)) == lead
    assert heir([leg(), aside], LegId(1)) == aside
    assert heir([leg()], LegId(1)) is None


def test_help_is_coming_while_it_is_being_rung() -> None:
    assert coming([leg(), leg(2, part=Part.HELP, state=LegState.DIALLED)])
    assert not coming([leg(), leg(2, part=Part.HELP)])
    assert not coming([leg(2, part=Part.LISTEN, state=LegState.DIALLED)])
