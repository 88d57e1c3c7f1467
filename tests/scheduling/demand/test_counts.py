"""Are calls counted in the right half hour, and nonsense refused?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduling.demand.counts import (
    HALF_HOUR,
    Counts,
    DemandError,
    counted,
    half_hours,
    half_hours_around,
    on_half_hour,
    pooled,
)
from scheduling.problem import Span

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_call_on_the_edge_belongs_to_the_half_hour_it_begins() -> None:
    # given
    arrivals = [NOON, NOON + timedelta(minutes=29), NOON + HALF_HOUR]
    outside = [NOON - timedelta(seconds=1), NOON + timedelta(hours=1)]
    # when
    counts = counted([*arrivals, *outside], Span(NOON, NOON + timedelta(hours=1)))
    # then
    assert list(counts.calls) == [2, 1]
    assert counts.end == NOON + timedelta(hours=1)


def test_a_span_of_half_a_step_is_refused() -> None:
    with pytest.raises(DemandError, match="no whole number of steps"):
        counted([], Span(NOON, NOON + timedelta(minutes=45)))


def test_lines_of_one_desk_are_added_and_a_fault_stays_unknown() -> None:
    one, other = Counts(NOON, (1, None, 3)), Counts(NOON, (2, 5, 0))
    assert pooled([one, other]).calls == (3, None, 3)


def test_lines_of_other_times_are_not_added() -> None:
    with pytest.raises(DemandError, match="same stretch"):
        pooled([Counts(NOON, (1,)), Counts(NOON + HALF_HOUR, (1,))])


def test_no_line_is_no_pool() -> None:
    with pytest.raises(DemandError, match="Nothing to pool"):
        pooled([])


@pytest.mark.parametrize("calls", [-1, float("nan"), float("inf")])
def test_what_is_no_count_is_named_with_its_time(calls: float) -> None:
    with pytest.raises(DemandError, match="2026-03-02 12:30 UTC"):
        Counts(NOON, (1, calls))


@pytest.mark.parametrize(
    ("start", "step", "why"),
    [
        (NOON + timedelta(minutes=1), HALF_HOUR, "not the beginning"),
        (NOON.astimezone(ZoneInfo("Asia/Shanghai")), HALF_HOUR, "in UTC"),
        (NOON, timedelta(0), "equal parts"),
        (NOON, timedelta(hours=7), "equal parts"),
        (NOON, timedelta(seconds=30), "minutes"),
    ],
)
def test_steps_begin_where_they_should(start: datetime, step: timedelta, why: str) -> None:
    with pytest.raises(DemandError, match=why):
        Counts(start, (), step)


def test_the_half_hours_that_a_stretch_meets_are_whole_ones() -> None:
    ragged = Span(NOON + timedelta(minutes=15), NOON + timedelta(minutes=75))

    whole = half_hours_around(ragged)

    assert whole == Span(NOON, NOON + 3 * HALF_HOUR)
    assert half_hours_around(whole) == whole
    assert list(half_hours(whole)) == [NOON, NOON + HALF_HOUR, NOON + 2 * HALF_HOUR]
    assert on_half_hour(NOON - timedelta(seconds=1)) == NOON - HALF_HOUR
