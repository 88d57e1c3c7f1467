"""Is each person reserved for one leg at most, and freed when it ends?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import LegResult, LegState
from hotline.config.settings import DeskName
from hotline.duty import LegId, PersonId
from hotline.store import Store
from hotline.store.calling.endings import (
    STOPS_RINGING,
    end_legs,
    end_ringing,
    end_talk,
    end_whispering,
    expire_legs,
    take_from_others,
)
from hotline.store.calling.legs import (
    NewLeg,
    advance_leg,
    live_legs,
    plan_legs,
)
from hotline.store.calling.opening import NewCall, open_call
from tests import make
from tests.scenarios.rows import named
from tests.scenarios.stage import NANJING

NOW = make.utc("2026-11-24 15:10")
LATER = NOW + timedelta(seconds=30)


class House:
    """Two calls and three people."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = [make.hire(store, name).id for name in ("Ada", "Bo", "Cem")]
        self.calls = [self._call(sid) for sid in ("CA1", "CA2")]
        self._legs = 0

    def _call(self, sid: str) -> CallId:
        with self.store.writing() as db:
            opened = open_call(db, NewCall(sid, sid, NANJING.name, None, None, NOW, LATER), NOW)
        assert opened is not None
        return opened.call.id

    def plan(self, people: Iterable[PersonId], call: int = 0, at: datetime = NOW) -> list[LegId]:
        """Legs for those of `people` who were free."""
        legs = []
        for person in people:
            self._legs += 1
            token, until = f"leg-{self._legs}", at + timedelta(seconds=30)
            legs.append(NewLeg(token, self.calls[call], person, DeskName("day"), False, until))
        with self.store.writing() as db:
            return list(plan_legs(db, legs, at))

    def presence(self, person: PersonId) -> dict[str, object]:
        """What is stored of a person's telephone."""
        return next(row for row in named(self.store, "presence") if row["person_id"] == person)


@pytest.fixture
def house(store: Store) -> House:
    """Two calls and three people."""
    return House(store)


def test_somebody_reserved_is_left_out_and_so_is_their_leg(house: House) -> None:
    ada, bo, _ = house.people
    (first,) = house.plan([ada])

    (second,) = house.plan([ada, bo], call=1)

    assert [leg["id"] for leg in named(house.store, "leg")] == [first, second]
    assert house.presence(ada)["leg_id"] == first
    assert house.presence(bo)["leg_id"] == second


def test_a_reservation_whose_time_has_passed_holds_nobody(house: House) -> None:
    ada, *_ = house.people
    house.plan([ada])

    (second,) = house.plan([ada], call=1, at=LATER)

    assert house.presence(ada)["leg_id"] == second


def test_nobody_is_reserved_in_wrap_up_and_everybody_at_its_end(house: House) -> None:
    ada, *_ = house.people
    (leg,) = house.plan([ada])
    with house.store.writing() as db:
        end_talk(db, leg, NOW, LATER, timedelta(seconds=5))

    assert house.plan([ada], call=1, at=LATER - timedelta(microseconds=1)) == []
    assert len(house.plan([ada], call=1, at=LATER)) == 1


def test_talk_adds_up_in_one_stretch_and_starts_anew_after_it(house: House) -> None:
    ada, *_ = house.people
    talked = []
    for hours in (0, 1, 12):
        at = NOW + timedelta(hours=hours)
        (leg,) = house.plan([ada], at=at)
        with house.store.writing() as db:
            end_talk(db, leg, at, at, timedelta(seconds=100))
        talked.append(house.presence(ada)["talk_seconds"])

    assert talked == [100, 200, 100]


@pytest.mark.parametrize(
    ("result", "missed"),
    [
        (LegResult.UNANSWERED, 1),
        (LegResult.BUSY, 1),
        (LegResult.FAILED, 1),
        (LegResult.UNHEARD, 1),
        (LegResult.PASSED, 0),
        (LegResult.LOST, 0),
        (LegResult.CANCELLED, 0),
        (LegResult.UNSENT, 0),
    ],
)
def test_only_a_telephone_out_of_reach_counts_as_missed(
    house: House, result: LegResult, missed: int
) -> None:
    ada, *_ = house.people
    (leg,) = house.plan([ada])

    with house.store.writing() as db:
        end_legs(db, [leg], result, NOW)

    assert house.presence(ada)["missed"] == missed
    assert house.presence(ada)["leg_id"] is None


def test_taking_a_call_forgives_what_was_missed(house: House) -> None:
    ada, *_ = house.people
    (missed,) = house.plan([ada])
    with house.store.writing() as db:
        end_legs(db, [missed], LegResult.UNANSWERED, NOW)
    (leg,) = house.plan([ada])

    with house.store.writing() as db:
        advance_leg(db, leg, [LegState.PLANNED], LegState.ACCEPTED, LATER)

    assert house.presence(ada)["missed"] == 0
    assert house.presence(ada)["talking"]


def test_a_leg_ends_once(house: House) -> None:
    (leg,) = house.plan(house.people[:1])

    with house.store.writing() as db:
        assert len(end_legs(db, [leg], LegResult.BUSY, NOW)) == 1
        assert end_legs(db, [leg], LegResult.PASSED, NOW) == ()
        assert not advance_leg(db, leg, [LegState.PLANNED], LegState.ANSWERED, LATER)

    assert [row["result"] for row in named(house.store, "leg")] == ["busy"]


def test_stopping_ends_who_rings_and_who_whispers_but_not_who_talks(house: House) -> None:
    ringing, whispering, talking = house.plan(house.people)
    with house.store.writing() as db:
        advance_leg(db, whispering, [LegState.PLANNED], LegState.ANSWERED, LATER)
        advance_leg(db, talking, [LegState.PLANNED], LegState.ACCEPTED, LATER)

    with house.store.writing() as db:
        rang = end_ringing(db, house.calls[0], LegResult.LOST, NOW)
        heard = end_whispering(db, house.calls[0], LegResult.LOST, NOW)

    assert [leg.id for leg in rang] == [ringing]
    assert [leg.id for leg in heard] == [whispering]
    with house.store.reading() as db:
        assert [leg.id for leg in live_legs(db)] == [talking]
    assert house.presence(house.people[0])["free_at"] == NOW + STOPS_RINGING


def test_only_a_leg_at_which_nobody_has_answered_can_be_taken_for_another_call(
    house: House,
) -> None:
    ringing, whispering = house.plan(house.people[:2])
    with house.store.writing() as db:
        advance_leg(db, whispering, [LegState.PLANNED], LegState.ANSWERED, LATER)

    with house.store.writing() as db:
        taken = take_from_others(db, [ringing, whispering], NOW)

    assert [leg.id for leg in taken] == [ringing]


@pytest.mark.parametrize(
    ("state", "result"),
    [
        (LegState.PLANNED, LegResult.UNSENT),
        (LegState.DIALLED, LegResult.UNHEARD),
        (LegState.ANSWERED, LegResult.PASSED),
        (LegState.ACCEPTED, LegResult.TALKED),
    ],
)
def test_a_leg_whose_time_has_passed_ended_as_its_state_tells(
    house: House, state: LegState, result: LegResult
) -> None:
    (leg,) = house.plan(house.people[:1])
    with house.store.writing() as db:
        advance_leg(db, leg, [LegState.PLANNED], state, LATER)

    with house.store.writing() as db:
        assert expire_legs(db, LATER - timedelta(microseconds=1)) == ()
        (ended,) = expire_legs(db, LATER)

    assert ended.result is result
