"""Which days does a month, or a range of weeks, hold; and how even is a spread?"""

from datetime import date

import pytest

from hotline.reports.fairness import gini
from hotline.reports.periods import (
    Period,
    PeriodError,
    after,
    before,
    month_of,
    month_written,
    weeks_written,
)


def test_a_month_is_its_days() -> None:
    november = month_written("2026-11")
    assert november == Period("2026-11", date(2026, 11, 1), date(2026, 11, 30))
    assert len(month_written("2028-02").days) == 29
    assert month_of(date(2026, 11, 24)) == november
    assert november.is_month


def test_weeks_run_from_monday_to_sunday() -> None:
    two = weeks_written("2026-W53", "2027-W01")
    assert (two.name, two.first, two.last) == (
        "2026-W53_2027-W01",
        date(2026, 12, 28),
        date(2027, 1, 10),
    )
    assert weeks_written("2026-W48", "2026-W48").name == "2026-W48"
    assert not two.is_month


def test_one_turns_to_the_neighbour() -> None:
    assert before(month_written("2026-01")).name == "2025-12"
    assert after(month_written("2026-12")).name == "2027-01"
    assert before(weeks_written("2026-W47", "2026-W48")).name == "2026-W45_2026-W46"
    assert after(weeks_written("2026-W48", "2026-W48")).name == "2026-W49"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-11", "November", "", "2026-1"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="is no month"):
        month_written(text)


def test_weeks_backwards_or_too_many_are_refused() -> None:
    with pytest.raises(PeriodError, match="before the first"):
        weeks_written("2026-W48", "2026-W47")
    with pytest.raises(PeriodError, match="at most, not 54"):
        weeks_written("2026-W01", "2027-W01")
    assert len(weeks_written("2026-W01", "2026-W53").days) == 53 * 7


@pytest.mark.parametrize(
    ("counts", "found"),
    [([2, 2, 2], 0.0), ([0, 0, 3], 2 / 3), ([1, 3], 0.25), ([5], 0.0)],
)
def test_the_gini_is_none_where_all_had_as_many(counts: list[int], found: float) -> None:
    assert gini(counts) == pytest.approx(found)


def test_the_gini_is_half_the_mean_difference_of_the_mean() -> None:
    counts = [0, 1, 1, 4, 6]
    differences = sum(abs(one - other) for one in counts for other in counts)
    brute = differences / (2 * len(counts) * sum(counts))
    assert gini(counts) == pytest.approx(brute)
