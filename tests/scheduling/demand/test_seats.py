"""Do the people asked for keep the promise, through peaks, long calls and busy evenings?"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.demand.answered.busy import heads_when_busy
from scheduling.demand.answered.load import offered_load, pooled_load
from scheduling.demand.answered.through import Day, answered_through
from scheduling.demand.counts import DemandError
from scheduling.demand.dates.seasons import Season
from scheduling.demand.erlang import CoverageTarget, answered, heads_for_load, heads_needed
from scheduling.demand.expecting.methods import Method
from scheduling.demand.forecast import Forecast
from scheduling.demand.seats import Promise, seats, seats_for_loads
from tests.scheduling.demand.days import MONDAY, PLAIN

HOUR = timedelta(hours=1)
TALK = timedelta(minutes=40)
TARGET = CoverageTarget()
OTHERS = (  # made-up calls beside each other, midnight to 18 and from 22; as benchmarks/demand.py
    *(0.85, 0.55, 0.38, 0.3, 0.3, 0.3, 0.4, 0.5, 0.6, 0.6, 0.6, 0.6),
    *(0.6, 0.6, 0.65, 0.7, 0.8, 1.1, 1.95, 1.4),
)
SHARE = (24 - 4 * 2.6) / sum(OTHERS)
PEAK = tuple(SHARE * one for one in OTHERS[:18]) + (2.6,) * 4 + (SHARE * 1.95, SHARE * 1.4)


def test_a_steady_load_is_calls_times_talk() -> None:
    assert offered_load([3.0] * 48, HOUR, TALK) == pytest.approx([2.0] * 48)


def test_load_outlasts_the_calls_by_about_a_conversation() -> None:
    # given: six calls in one hour, then none, half-hour conversations; by hand
    loads = offered_load([0.0] * 12 + [6.0] + [0.0] * 24, HOUR, HOUR / 2)
    # then: what is left after an hour falls by e squared each hour
    assert loads[12] == pytest.approx(3 * (1 - (1 - 0.1353352832) / 2))
    assert loads[14] / loads[13] == pytest.approx(0.1353352832)
    assert sum(loads) == pytest.approx(3.0)


def test_the_day_before_is_taken_to_be_like_the_first() -> None:
    loads = offered_load([0.0] * 20 + [9.0] * 4, HOUR, TALK)
    assert loads[0] > 1  # the evening's conversations run into the night


def test_no_conversation_is_refused() -> None:
    with pytest.raises(DemandError, match="takes some time"):
        offered_load([1.0], HOUR, timedelta(0))


def test_a_shared_desk_needs_fewer_people_than_its_lines_apart() -> None:
    # given: thirteen cities with one call in two hours, half an hour each (domain, 2.2)
    city = offered_load([0.5], HOUR, HOUR / 2)
    promise = Promise(HOUR / 2)
    # then
    assert 13 * seats_for_loads(city, promise)[0] == 26
    assert seats_for_loads(pooled_load([city] * 13), promise) == (7,)


def test_no_line_is_no_load() -> None:
    with pytest.raises(DemandError, match="at least one line"):
        pooled_load([])


@pytest.mark.parametrize(("busy", "heads"), [(0, 8), (0.2, 8), (0.34, 9), (0.5, 11)])
def test_busy_evenings_need_the_people_of_the_field_s_table(busy: float, heads: int) -> None:
    # eight calls an hour of half an hour: 4 erlangs (domain, 2.2)
    assert heads_when_busy(4.0, HOUR / 2, TARGET, busy) == heads


@settings(max_examples=25)
@given(load=st.floats(0, 30), busy=st.floats(0, 1), more=st.floats(0, 1))
def test_neither_more_load_nor_more_chance_needs_fewer_people(
    load: float, busy: float, more: float
) -> None:
    heads = heads_when_busy(load, TALK, TARGET, busy)
    assert heads_when_busy(load * (1 + more), TALK, TARGET, busy) >= heads
    assert heads >= heads_for_load(load, TALK, TARGET)


@pytest.mark.parametrize("busy", [-0.1, 2.1, float("nan")])
def test_a_senseless_busy_factor_is_refused(busy: float) -> None:
    with pytest.raises(DemandError, match="busy factor"):
        heads_when_busy(1.0, TALK, TARGET, busy)


def test_a_forecast_becomes_people_by_season_load_and_floor() -> None:
    # given
    calls = tuple(2 * one for one in PEAK)
    found = Forecast(MONDAY, HOUR, calls, {}, 0.3, Method.MEANS, False)
    whole_day = Season("exam", 2.0, ((MONDAY.date(), MONDAY.date()),))
    promise = Promise(TALK, floor=3)
    # when
    plain, raised = seats(found, promise, PLAIN), seats(found, promise, PLAIN, [whole_day])
    # then
    assert min(plain) == 3
    assert plain == seats_for_loads(offered_load(calls, HOUR, TALK), promise, busy=0.3)
    assert raised == seats_for_loads(
        offered_load([2 * one for one in calls], HOUR, TALK), promise, busy=0.3
    )
    assert raised > plain


def test_no_call_at_all_still_needs_the_floor() -> None:
    assert seats_for_loads([0.0, 0.0], Promise(TALK)) == (2, 2)


@pytest.mark.parametrize(
    ("talk", "floor", "share"), [(timedelta(0), 2, 0.9), (TALK, -1, 0.9), (TALK, 2, 1.0)]
)
def test_a_promise_nobody_can_keep_is_refused(talk: timedelta, floor: int, share: float) -> None:
    with pytest.raises(DemandError, match="A promise"):
        Promise(talk, CoverageTarget(share), floor)


def test_a_steady_day_is_answered_as_erlang_says() -> None:
    # given: four calls an hour
    day = Day((2.0,) * 4, (6,) * 4, HOUR / 2, TALK)
    # when
    shares = answered_through(day, TARGET.within)
    # then: but for the first hour after its start from nothing, long forgotten
    exact = answered(6, 4 * 40 / 60, TALK, TARGET.within)
    assert shares == pytest.approx([exact] * 4, abs=0.02)
    assert shares[-1] == pytest.approx(exact, abs=2e-3)


def test_the_evening_keeps_its_promise_where_hour_by_hour_people_break_it() -> None:
    # given: six calls an hour, an evening of 2.6 times as many, forty minutes each
    hourly = [6 * one for one in PEAK]
    halves = tuple(calls / 2 for calls in hourly for _ in range(2))
    plain = tuple(max(2, heads_needed(calls, TALK, TARGET)) for calls in hourly for _ in range(2))
    ours = seats_for_loads(offered_load(halves, HOUR / 2, TALK), Promise(TALK))
    # when
    worst = {
        heads: min(answered_through(Day(halves, heads, HOUR / 2, TALK), TARGET.within))
        for heads in (plain, ours)
    }
    # then
    assert worst[plain] < 0.75
    assert worst[ours] >= 0.9
    assert sum(ours) <= 1.01 * sum(plain)


def test_whoever_goes_home_hangs_up_on_nobody() -> None:
    # given: five people until noon, one afterwards, and no call after noon
    calls, heads = (4.0,) * 12 + (0.0,) * 12, (5,) * 12 + (1,) * 12
    day = Day(calls, heads, HOUR, TALK)
    # when
    shares = answered_through(day, TARGET.within)
    # then: a caller right after noon finds the one who stayed busy, a later one free
    assert shares[12] < 0.5
    assert shares[23] > 0.99


def test_a_desk_without_people_answers_nobody() -> None:
    assert answered_through(Day((1.0, 1.0), (0, 0), HOUR, TALK), TARGET.within) == (0.0, 0.0)


def test_people_and_calls_are_given_for_the_same_steps() -> None:
    with pytest.raises(DemandError, match="same steps"):
        Day((1.0,), (1, 2), HOUR, TALK)
