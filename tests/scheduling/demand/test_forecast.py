"""Are the coming calls foretold from what came, on holidays, short histories and clock changes?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.demand.counts import HALF_HOUR, Counts, DemandError
from scheduling.demand.dates.calendars import Calendar, DayKind, SpecialDay
from scheduling.demand.expecting.methods import Method
from scheduling.demand.expecting.prior import CRISIS_WEEK, Prior
from scheduling.demand.forecast import Forecast, forecast
from scheduling.problem import Span
from tests.scheduling.demand.days import (
    DAY,
    LONDON,
    MONDAY,
    PLAIN,
    SHANGHAI,
    days_after,
    evening_peak,
    history,
    holidays,
)

GUESS = Prior(calls_a_week=70.0)


def by_day(found: Forecast) -> list[float]:
    """Expected calls of each 48 half hours."""
    return [sum(found.mean[start : start + 48]) for start in range(0, len(found.mean), 48)]


def test_without_history_the_prior_is_what_is_expected() -> None:
    # when
    found = forecast(history(0), days_after(days=7), PLAIN, GUESS)
    # then
    assert found.method is Method.PRIOR
    assert sum(found.mean) == pytest.approx(70)
    assert found.mean[2 * 21] > 3 * found.mean[2 * 5]  # evenings, not mornings


def test_without_history_the_band_is_wide_and_narrows_with_it() -> None:
    prior = replace(
        GUESS, calls_a_week=7 * 64.0, shape=tuple(evening_peak(h / 2) for h in range(48)) * 7
    )
    none, weeks = (forecast(history(n), days_after(days=7), PLAIN, prior) for n in (0, 21))
    evening = 2 * 20
    assert none.busy > 0.5
    assert weeks.busy < 0.3
    assert none.bands[0.9][evening] > weeks.bands[0.9][evening]


def test_three_weeks_of_calls_outweigh_a_wrong_guess_of_the_level() -> None:
    found = forecast(history(21), days_after(days=7), PLAIN, GUESS)
    assert found.method is Method.PRIOR
    assert by_day(found)[0] == pytest.approx(64.0, rel=0.1)  # the guess said 10


def test_a_short_history_without_a_prior_is_refused() -> None:
    with pytest.raises(DemandError, match="a prior is needed"):
        forecast(history(27), days_after(), PLAIN)


def test_four_weeks_give_the_means_of_each_half_hour() -> None:
    # when
    found = forecast(history(56, weekend=0.5), days_after(), PLAIN)
    # then
    assert found.method is Method.MEANS
    assert len(found.mean) == 28 * 48
    assert by_day(found)[:7] == pytest.approx([64.0] * 5 + [32.0] * 2, rel=0.05)
    assert found.mean[2 * 20] > 3 * found.mean[2 * 12]
    assert max(found.mean[2 * 3 : 2 * 5]) < 0.5


def test_a_holiday_is_a_sunday_times_what_holidays_showed() -> None:
    # given: Wednesdays with three times a Sunday's calls, all on holidays; one more is to come
    past = history(70)
    off = [(MONDAY - 5 * DAY - k * 7 * DAY).date() for k in range(4)]
    busy = tuple(
        3 * calls if (past.start + n * past.step).date() in off else calls
        for n, calls in enumerate(past.calls)
        if calls is not None
    )
    coming = (MONDAY + 2 * DAY).date()
    calendar = replace(PLAIN, special=holidays(*off, coming))
    # when
    days = by_day(forecast(replace(past, calls=busy), days_after(days=7), calendar))
    # then
    assert days[2] == pytest.approx(3 * 64, rel=0.1)
    assert days[1] == days[3] == pytest.approx(64, rel=0.05)


@pytest.mark.parametrize(("days", "method"), [(182, Method.MEANS), (183, Method.REGRESSION)])
def test_after_half_a_year_a_regression_takes_over(days: int, method: Method) -> None:
    assert forecast(history(days), days_after(days=1), PLAIN).method is method


def test_a_regression_knows_weekends_festivals_and_make_up_days() -> None:
    # given: weekends at half; a festival of three days at a third each spring; it comes again
    end = datetime(2026, 3, 30, tzinfo=UTC)
    past = history(400, end, weekend=0.5)
    off = [date(2025, 4, day) for day in (4, 5, 6)]
    quiet = tuple(
        calls / 3 if (past.start + n * past.step).date() in off else calls
        for n, calls in enumerate(past.calls)
        if calls is not None
    )
    special = holidays(*off, *(date(2026, 4, day) for day in (6, 7, 8)))
    special[date(2026, 4, 4)] = SpecialDay(DayKind.MAKE_UP, "festival")
    # when
    days = by_day(
        forecast(replace(past, calls=quiet), days_after(end, 14), replace(PLAIN, special=special))
    )
    # then
    assert days[:5] == pytest.approx([64] * 5, rel=0.06)
    assert days[5] == pytest.approx(64, rel=0.1)  # a Saturday, worked
    assert days[6] == pytest.approx(32, rel=0.1)
    assert max(days[7:10]) < 30
    assert days[10] == pytest.approx(64, rel=0.06)


def test_a_regression_follows_most_of_the_way_a_level_that_stays_higher() -> None:
    # given: twice the calls in the last sixteen weeks of a year
    past = history(364)
    twice = tuple(
        (2 if n >= 252 * 48 else 1) * calls
        for n, calls in enumerate(past.calls)
        if calls is not None
    )
    # when
    days = by_day(forecast(replace(past, calls=twice), days_after(days=7), PLAIN))
    # then
    assert 1.75 * 64 < sum(days) / 7 < 2 * 64


@pytest.mark.parametrize("days", [56, 200])
def test_a_line_that_nobody_rang_expects_nobody(days: int) -> None:
    # when
    found = forecast(Counts(MONDAY - days * DAY, (0.0,) * 48 * days), days_after(days=7), PLAIN)
    # then
    assert set(found.mean) == {0.0}
    assert {max(band) for band in found.bands.values()} == {0.0}
    assert found.busy == 0


@pytest.mark.parametrize("days", [56, 200])
def test_a_fault_in_the_records_is_no_silence(days: int) -> None:
    # given: nothing recorded on each fourth day
    past = history(days)
    holes = tuple(None if n // 48 % 4 == 0 else calls for n, calls in enumerate(past.calls))
    # when
    found = forecast(replace(past, calls=holes), days_after(days=7), PLAIN)
    # then
    assert by_day(found) == pytest.approx([64] * 7, rel=0.06)


@pytest.mark.parametrize("days", [56, 200])
def test_the_wall_clock_rules_on_the_days_when_clocks_change(days: int) -> None:
    # given: a London line that is rung from 18 to 22 by the wall clock; summer time begins
    # on 29 March 2026 at 01:00 UTC, and the history ends before
    calendar = Calendar(LONDON, {}, frozenset({2026}))
    end = datetime(2026, 3, 23, tzinfo=UTC)
    # when
    found = forecast(history(days, end), days_after(end, 14), calendar)
    # then
    saturday, sunday = (np.array(found.mean)[48 * day : 48 * (day + 1)] for day in (5, 6))
    assert saturday[2 * 18] > 3 > 2 > saturday[2 * 17]
    assert sunday[2 * 17] > 3  # 18:00 in London
    assert sunday[2 * 21] < 2  # 22:00 in London


def test_a_day_of_25_hours_is_forecast_whole() -> None:
    # given: summer time ends on 25 October 2026 at 01:00 UTC
    calendar = Calendar(LONDON, {}, frozenset({2026}))
    end = datetime(2026, 10, 24, 23, tzinfo=UTC)  # midnight in London
    found = forecast(history(56, end), Span(end, end + timedelta(hours=25)), calendar)
    assert len(found.mean) == 50


def test_scattered_calls_widen_the_bands() -> None:
    # given: half hours that are twice as busy or empty, by chance
    draw = np.random.default_rng(1)
    past = history(98)
    wild = tuple(
        float(draw.poisson(4 * calls * draw.choice([0.2, 1.8])))
        for calls in past.calls
        if calls is not None
    )
    even = tuple(float(draw.poisson(4 * calls)) for calls in past.calls if calls is not None)
    # when
    scattered, calm = (
        forecast(replace(past, calls=calls), days_after(days=7), PLAIN) for calls in (wild, even)
    )
    # then
    assert scattered.busy == pytest.approx(0.8, abs=0.15)
    assert calm.busy < 0.15
    assert sum(scattered.bands[0.9]) > sum(calm.bands[0.9])


@settings(max_examples=15)
@given(
    days=st.sampled_from([0, 10, 30, 190]),
    rate=st.floats(0, 3),
    variance=st.integers(1, 5),
)
def test_bands_never_cross_and_nothing_is_negative(days: int, rate: float, variance: int) -> None:
    # given
    draw = np.random.default_rng(variance)
    calls = tuple(float(n) * variance for n in draw.poisson(rate / variance, 48 * days))
    # when
    found = forecast(Counts(MONDAY - days * DAY, calls), days_after(days=2), PLAIN, GUESS)
    # then
    rows = np.array([found.bands[level] for level in sorted(found.bands)])
    assert (np.diff(rows, axis=0) >= 0).all()
    assert min(found.mean) >= 0
    assert np.isfinite(found.mean).all()


def test_bands_hold_what_they_promise() -> None:
    # given: pure chance around one call in a half hour
    draw = np.random.default_rng(7)
    calls = draw.poisson(1.0, 48 * 84).astype(float)
    past = Counts(MONDAY - 56 * DAY, tuple(calls[: 48 * 56].tolist()))
    # when
    found = forecast(past, days_after(), PLAIN, levels=(0.1, 0.9))
    # then: a count of 0 is more than a tenth of all, so the band holds all up to 2
    came = calls[48 * 56 :]
    inside = (np.array(found.bands[0.1]) <= came) & (came <= np.array(found.bands[0.9]))
    assert inside.mean() > 0.85
    assert set(found.bands) == {0.1, 0.9}


def test_a_huge_centre_has_bands_too() -> None:
    past = replace(
        history(56), calls=tuple(5000.0 * calls for calls in history(56).calls if calls is not None)
    )
    found = forecast(past, days_after(days=1), PLAIN)
    assert found.bands[0.5][40] == pytest.approx(20_000, rel=0.05)


def test_a_forecast_into_a_year_not_yet_announced_is_provisional() -> None:
    # given
    calendar = Calendar(SHANGHAI, {}, frozenset({2026}))
    past = history(56, datetime(2026, 12, 14, tzinfo=UTC))
    # then
    assert not forecast(past, days_after(past.end, 14), calendar).provisional
    assert forecast(past, days_after(past.end, 42), calendar).provisional


def test_steps_of_an_hour_will_do() -> None:
    past = Counts(MONDAY - 35 * DAY, (2.0,) * 24 * 35, timedelta(hours=1))
    found = forecast(past, days_after(days=1), PLAIN)
    assert found.mean == pytest.approx([2.0] * 24, rel=0.02)
    assert found.step == timedelta(hours=1)


@pytest.mark.parametrize(
    ("horizon", "levels", "why"),
    [
        (days_after(MONDAY - DAY), (0.5,), "before the history's end"),
        (days_after(MONDAY, 372), (0.5,), "over a year"),
        (Span(MONDAY, MONDAY + timedelta(minutes=20)), (0.5,), "not the beginning of a step"),
        (days_after(MONDAY), (0.5, 1.0), "between 0 and 1"),
    ],
)
def test_what_cannot_be_foretold_is_refused(
    horizon: Span, levels: tuple[float, ...], why: str
) -> None:
    with pytest.raises(DemandError, match=why):
        forecast(history(28), horizon, PLAIN, GUESS, levels)


@pytest.mark.parametrize(
    ("prior", "why"),
    [
        (Prior(10, ()), "do not share out"),
        (Prior(10, (1.0,) * 1000), "do not share out"),
        (Prior(10, (-1.0, *(1.0,) * 6)), "do not share out"),
        (Prior(10, (0.0,) * 7), "weights above 0"),
        (Prior(-1), "weights above 0"),
    ],
)
def test_a_prior_that_shares_out_nothing_is_refused(prior: Prior, why: str) -> None:
    with pytest.raises(DemandError, match=why):
        forecast(history(0), days_after(days=1), PLAIN, prior)


def test_the_crisis_week_has_its_low_before_dawn() -> None:
    day = CRISIS_WEEK[:24]
    assert day.index(min(day)) in (5, 6)
    assert sum(day[22:] + day[:8]) / sum(day) == pytest.approx(0.297, abs=0.01)


def test_the_same_question_has_the_same_answer() -> None:
    past = history(200, weekend=0.7)
    assert forecast(past, days_after(), PLAIN) == forecast(past, days_after(), PLAIN)


def test_half_hours_are_the_usual_step() -> None:
    assert forecast(history(28), days_after(days=1), PLAIN).step == HALF_HOUR


def test_a_history_without_any_difference_goes_on_as_it_is() -> None:
    # given: what a fit has before its first step, so that no step makes it better
    alike = Counts(MONDAY - 200 * DAY, (0.25,) * 48 * 200)
    found = forecast(alike, days_after(days=7), PLAIN)
    assert found.method is Method.REGRESSION
    assert found.mean == pytest.approx([0.25] * 7 * 48, rel=0.01)
