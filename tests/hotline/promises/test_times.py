"""When may a caller be rung back, and until when is it promised?"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.config.tables.promises import USUAL
from hotline.promises.states import Safe
from hotline.promises.times import deadline, may_ring
from tests import make
from tests.make import LONDON, SHANGHAI

DAY = timedelta(hours=24)
QUARTERS = st.integers(0, 4 * 24 * 14).map(
    lambda quarter: make.utc("2026-10-20 00:00") + quarter * timedelta(minutes=15)
)


@pytest.mark.parametrize(
    ("at", "safe"),
    [
        ("2026-11-24 08:59", {Safe.ANY}),
        ("2026-11-24 09:00", {Safe.ANY, Safe.DAYTIME}),
        ("2026-11-24 17:59", {Safe.ANY, Safe.DAYTIME}),
        ("2026-11-24 18:00", {Safe.ANY, Safe.EVENING}),
        ("2026-11-24 21:29", {Safe.ANY, Safe.EVENING}),
        ("2026-11-24 21:30", {Safe.ANY}),
        ("2026-11-25 03:10", {Safe.ANY}),
    ],
)
def test_safe_times_begin_and_end_by_the_sites_clock(at: str, safe: set[Safe]) -> None:
    instant = make.local(at)
    assert {each for each in Safe if may_ring(each, USUAL, SHANGHAI, instant)} == safe


def test_on_the_night_clocks_change_the_clock_on_the_wall_counts() -> None:
    sunday = datetime.fromisoformat("2026-10-25 08:30")
    assert not may_ring(Safe.DAYTIME, USUAL, LONDON, make.local(str(sunday), LONDON))
    later = str(sunday + timedelta(minutes=30))
    assert may_ring(Safe.DAYTIME, USUAL, LONDON, make.local(later, LONDON))


@pytest.mark.parametrize("safe", Safe)
def test_a_promise_of_a_day_holds_a_safe_time_whatever_the_hour(safe: Safe) -> None:
    asked = make.local("2026-11-24 23:10")
    assert deadline(safe, DAY, USUAL, SHANGHAI, asked) == asked + DAY


@pytest.mark.parametrize(
    ("safe", "due"),
    [
        (Safe.ANY, "2026-11-25 01:10"),
        (Safe.DAYTIME, "2026-11-25 18:00"),
        (Safe.EVENING, "2026-11-25 21:30"),
    ],
)
def test_a_promise_of_two_hours_lasts_to_the_end_of_the_first_safe_time(
    safe: Safe, due: str
) -> None:
    asked = make.local("2026-11-24 23:10")
    found = deadline(safe, timedelta(hours=2), USUAL, SHANGHAI, asked)
    assert found == make.local(due)


@given(asked=QUARTERS, safe=st.sampled_from(Safe), hours=st.sampled_from([1, 2, 12, 24, 72]))
def test_every_promise_can_be_kept_in_time(asked: datetime, safe: Safe, hours: int) -> None:
    due = deadline(safe, timedelta(hours=hours), USUAL, LONDON, asked)

    assert due > asked
    moments = (asked + minute * timedelta(minutes=15) for minute in range(4 * 24 * 4))
    assert any(may_ring(safe, USUAL, LONDON, at) for at in moments if at < due)
