"""Nobody has a place: people are asked one after the other, and the first yes counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.calls.turn import Turn
from hotline.handshake.stand_ins.answers import Answered
from hotline.handshake.stand_ins.searching import SearchError
from hotline.handshake.stand_ins.vacancies import Filling, Vacancy, fill, seek_for, vacancies
from hotline.handshake.states import SearchState
from hotline.practice import PASSES, RINGS_OUT, Behaviour
from hotline.privacy import privacy_of
from hotline.store import Session, Store
from hotline.store.sending.alarms import open_alarms
from scheduling.problem import Span
from tests import make
from tests.scenarios.duties import DAY, Duties, duties, ends_with_the_night, minutes
from tests.scenarios.rows import named
from tests.scenarios.stage import NIGHT

DEEP_NIGHT = NIGHT.start + timedelta(hours=3)


def turn_of(hotline: Duties, db: Session) -> Turn:
    return Turn(db, hotline.settings, privacy_of(hotline.parts.secrets), hotline.clock())


def place(hotline: Duties) -> Vacancy:
    """What the board offers to fill."""
    with hotline.store.reading() as db:
        (found,) = vacancies(turn_of(hotline, db))
    return found


def sought(hotline: Duties) -> int:
    """Sam has people asked for the place."""
    wanted = place(hotline)
    with hotline.store.writing() as db:
        return seek_for(turn_of(hotline, db), wanted)


def short(store: Store, *names: str, phone: Behaviour = RINGS_OUT, certificate: str = "") -> Duties:
    """Two are wanted tonight, and Ada is alone; the others could come."""
    wants = [make.cover(floor=2)]
    if certificate:
        wants = [make.cover(floor=1), make.cover(floor=1, certificate=certificate)]
    desk = make.desk("day", shifts=[make.template()], wants=wants)
    hotline = Duties(store, replace(duties(), desks=(desk,))).on_duty("Ada")
    return hotline.knows(*names, phone=phone)


def test_the_first_yes_takes_the_place_and_routing_follows(store: Store) -> None:
    hotline = short(store, "Bo", phone=PASSES).knows("Cem").knows("Dee")

    sought(hotline)
    hotline.passes(minutes(2))

    assert hotline.asked() == [("Bo", "refused"), ("Cem", "agreed")]
    assert hotline.search() is SearchState.FOUND
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada", "Cem"]
    told = [each for each in hotline.told() if each != ("Ada", "confirm")]
    assert told == [("Bo", "stand-in"), ("Cem", "stand-in"), ("Cem", "stands-in")]
    (order,) = named(store, "override")
    assert (order["comes_id"], order["replaces_id"]) == (hotline.people["Cem"].id, None)
    hotline.passes(minutes(3))
    assert hotline.search() is SearchState.SETTLED
    hotline.is_sound()


def test_who_said_yes_takes_it_back_within_two_minutes_and_the_next_is_asked(store: Store) -> None:
    hotline = short(store, "Bo", "Cem")
    sought(hotline)
    hotline.passes(minutes(1))
    assert hotline.says("Bo", "yes") is Answered.COMES

    assert hotline.says("Bo", "back") is Answered.TAKEN_BACK

    assert hotline.rung_at(DEEP_NIGHT) == ["Ada"]
    assert ("Ada", "yours-again") not in hotline.told()
    hotline.passes(minutes(1))
    assert hotline.asked() == [("Bo", "taken-back"), ("Cem", "asked")]
    hotline.says("Cem", "yes")
    hotline.passes(minutes(2.5))
    assert hotline.says("Cem", "back") is Answered.KEPT
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada", "Cem"]


def test_who_lacks_the_certificate_is_not_asked(store: Store) -> None:
    hotline = short(store, "Bo", certificate="crisis")
    hotline.people["Cem"] = make.hire(store, "Cem", certificates={"crisis": make.LONG_AFTER})

    sought(hotline)
    hotline.passes(minutes(1))

    assert hotline.asked() == [("Cem", "asked")]
    assert hotline.says("Cem", "yes") is Answered.COMES
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada", "Cem"]


def test_looked_for_twice_it_is_one_search(store: Store) -> None:
    hotline = short(store, "Bo", "Cem")

    assert sought(hotline) == sought(hotline)

    hotline.passes(minutes(1))
    assert hotline.asked() == [("Bo", "asked")]


def test_the_supervisor_is_told_when_nobody_is_left_and_a_late_yes_counts(store: Store) -> None:
    hotline = short(store, "Bo", phone=PASSES)
    sought(hotline)
    hotline.passes(minutes(2))

    assert hotline.search() is SearchState.FAILED
    with store.reading() as db:
        (alarm,) = open_alarms(db)
    assert (alarm.alarm.kind, alarm.alarm.subject) == ("no-stand-in", "day 2026-11-24 22:00")
    with pytest.raises(SearchError, match="Everybody was asked"):
        sought(hotline)
    assert hotline.says("Bo", "yes") is Answered.COMES
    with store.reading() as db:
        assert open_alarms(db) == ()


def test_who_is_put_there_meanwhile_ends_it_and_whoever_was_asked_is_thanked(store: Store) -> None:
    hotline = short(store, "Bo", "Cem")
    wanted = place(hotline)
    sought(hotline)
    hotline.passes(minutes(1))
    cem = hotline.people["Cem"]
    with store.writing() as db:
        fill(turn_of(hotline, db), Filling(wanted, cem.id, cem.code, wanted.span.end, "by hand"))

    assert hotline.says("Bo", "yes") is Answered.TOO_LATE
    hotline.passes(minutes(21))

    assert hotline.search() is SearchState.ENDED
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada", "Cem"]
    assert len(named(store, "override")) == 1


def test_it_ends_when_the_night_is_nearly_over(store: Store) -> None:
    hotline = short(store)
    sought(hotline)
    ends_with_the_night(hotline)


def test_a_place_of_next_week_is_looked_for_too(store: Store) -> None:
    hotline = short(store, "Bo", "Cem")
    later = Span(NIGHT.start + timedelta(days=7), NIGHT.end + timedelta(days=7))
    make.store_roster(store, (hotline.people["Ada"], later), week="2026-W49", desk=DAY)
    with store.writing() as db:
        found = vacancies(turn_of(hotline, db), {DAY}, timedelta(days=8))
        wanted = next(each for each in found if each.span == later)
        seek_for(turn_of(hotline, db), wanted)

    hotline.passes(minutes(1))

    assert hotline.asked() == [("Bo", "asked")]
    assert hotline.says("Bo", "yes") is Answered.COMES
    assert hotline.rung_at(later.start) == ["Ada", "Bo"]
