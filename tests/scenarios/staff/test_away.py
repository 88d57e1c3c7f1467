"""Somebody is noted as away: what falls free is looked after at once, and stops when taken back."""

from datetime import timedelta

import pytest

from hotline.corrections.absences import AbsenceError
from hotline.handshake.stand_ins.away import announce, effect, take_back
from hotline.handshake.states import SearchState
from hotline.practice import RINGS_OUT
from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.scenarios.duties import EVENING, Duties, minutes
from tests.scenarios.stage import NIGHT

DAYS = Span(NIGHT.start - timedelta(days=1), NIGHT.end + timedelta(days=1))
DEEP_NIGHT = NIGHT.start + timedelta(hours=3)
LATE = Span(NIGHT.start + timedelta(hours=4), NIGHT.end + timedelta(hours=1))


def test_an_absence_has_a_stand_in_looked_for_and_the_telephone_follows(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo")

    done = hotline.away("Ada", DAYS)
    hotline.passes(minutes(5))

    assert [(fall.promise.desk, fall.span) for fall in done.falls] == [("day", NIGHT)]
    assert done.sought == 1
    assert hotline.asked() == [("Bo", "agreed")]
    assert hotline.rung_at(DEEP_NIGHT) == ["Bo"]
    hotline.is_sound()


def test_of_a_night_that_somebody_leaves_early_only_the_rest_is_looked_after(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo")

    [fall] = hotline.away("Ada", LATE).falls
    hotline.passes(minutes(5))

    assert fall.span == Span(LATE.start, NIGHT.end)
    assert hotline.rung_at(NIGHT.start + timedelta(hours=3)) == ["Ada"]
    assert hotline.rung_at(NIGHT.start + timedelta(hours=5)) == ["Bo"]


def test_who_comes_after_all_is_looked_for_no_more_and_who_was_asked_is_thanked(
    store: Store,
) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo", phone=RINGS_OUT)
    away = hotline.away("Ada", DAYS)
    hotline.passes(minutes(2))
    assert hotline.asked() == [("Bo", "asked")]

    done = hotline.comes_after_all(away)

    assert len(done.ended) == 1
    assert done.filled == ()
    assert hotline.search() is SearchState.ENDED
    assert hotline.asked() == [("Bo", "withdrawn")]
    assert hotline.told()[-1] == ("Bo", "not-needed")
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada"]
    hotline.passes(minutes(10))
    hotline.is_sound()


def test_who_is_away_again_is_looked_for_again(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo", "Cem", phone=RINGS_OUT)
    hotline.comes_after_all(hotline.away("Ada", DAYS))

    assert hotline.away("Ada", NIGHT).sought == 1
    hotline.passes(minutes(2))

    assert hotline.search() is SearchState.SEARCHING
    assert [state for _, state in hotline.asked()] == ["asked"]


def test_an_absence_inside_another_stops_no_search_when_it_is_taken_back(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo", phone=RINGS_OUT)
    hotline.away("Ada", DAYS)
    inner = hotline.away("Ada", NIGHT)
    assert inner.sought == 0

    assert hotline.comes_after_all(inner).ended == ()

    assert hotline.search() is SearchState.SEARCHING


def test_who_stands_in_already_stays_promised(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada").knows("Bo")
    away = hotline.away("Ada", DAYS)
    hotline.passes(minutes(5))

    done = hotline.comes_after_all(away)

    assert done.ended == ()
    assert [search.state for search in done.filled] == [SearchState.SETTLED]
    assert hotline.rung_at(DEEP_NIGHT) == ["Bo"]


def test_the_effect_is_told_before_and_changes_nothing(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    with store.reading() as db:
        falls = effect(db, "ada", DAYS, hotline.clock())
        assert effect(db, "ada", Span(EVENING, NIGHT.start), hotline.clock()) == ()
        almost = Span(NIGHT.end - timedelta(minutes=29), NIGHT.end)
        assert effect(db, "ada", almost, hotline.clock()) == ()
    assert [fall.span for fall in falls] == [NIGHT]
    assert hotline.rung_at(DEEP_NIGHT) == ["Ada"]
    assert hotline.searches() == []


def test_nobody_is_looked_for_where_a_coordinator_does_it_by_hand(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    with store.writing() as db:
        assert announce(db, "ada", DAYS, hotline.clock(), seeking=False).sought == 0
    assert hotline.searches() == []


def test_an_absence_that_is_none_is_not_taken_back(store: Store) -> None:
    hotline = Duties(store).on_duty("Ada")
    away = hotline.away("Ada", DAYS)
    hotline.comes_after_all(away)
    for number in (away.absence.id, 99):
        with store.writing() as db, pytest.raises(AbsenceError, match="There is no absence"):
            take_back(db, hotline.settings, number, make.utc("2026-11-24 12:00"))
