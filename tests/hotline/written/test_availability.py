"""When can a person work, also on the nights clocks change?"""

from datetime import time, timedelta
from itertools import pairwise

import pytest

from hotline.config.settings import Weekday
from hotline.written.availability import AvailabilityError, Grid, grid_written, spans
from scheduling.problem import Span
from tests import make
from tests.make import LONDON, SHANGHAI

WEEK_48 = make.span("2026-11-22 16:00", "2026-11-29 16:00")  # in Shanghai
SPRING = make.span("2027-03-22 00:00", "2027-03-28 23:00")  # in London: 01:00 becomes 02:00
AUTUMN = make.span("2026-10-18 23:00", "2026-10-26 00:00")  # in London: 02:00 becomes 01:00


def shanghai(start: str, end: str) -> Span:
    return Span(make.local(start), make.local(end))


def test_a_grid_keeps_how_it_was_written() -> None:
    grid = grid_written("  mon-fri  18:00 - 22:00 ;Sat,Sun 8:00-24:00; ")
    assert grid.text == "mon-fri 18:00 - 22:00; Sat,Sun 8:00-24:00"
    assert grid_written(grid.text) == grid


def test_days_are_single_listed_or_a_range_even_over_sunday() -> None:
    days = [grid_written(f"{text} 08:00-09:00").stretches[0].days for text in (
        "Wed", "Sun,Tue", "Sat-Mon", "Mon-Sun", "Mon-Tue,Fri",
    )]  # fmt: skip
    assert [",".join(each) for each in days] == [
        "Wed", "Tue,Sun", "Mon,Sat,Sun", "Mon,Tue,Wed,Thu,Fri,Sat,Sun", "Mon,Tue,Fri",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "hours"),
    [
        ("Fri 22:00-08:00", time(22), 10),
        ("Fri 08:00-08:00", time(8), 24),
        ("Fri 00:00-24:00", time(0), 24),
        ("Fri 18:30-24:00", time(18, 30), 5.5),
        ("Fri 9:00-12:00", time(9), 3),
    ],
)
def test_a_stretch_may_run_past_midnight(text: str, start: time, hours: float) -> None:
    [stretch] = grid_written(text).stretches
    assert (stretch.start, stretch.length) == (start, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("whenever", "'whenever' is no stretch of a week; write it like Mon-Fri"),
        ("Mon 18:00", "'Mon 18:00' is no stretch"),
        ("Mon 18-22", "'Mon 18-22' is no stretch"),
        ("Mon 18:00-22:00, Tue 18:00-22:00", "is no stretch"),
        ("Mo 18:00-22:00", "'Mo' in 'Mo 18:00-22:00' is no day; use Mon, Tue,"),
        ("Mon- 18:00-22:00,", "is no stretch"),
        ("Mon,,Tue 18:00-22:00", "'' in 'Mon,,Tue 18:00-22:00' is no day"),
        ("Mon 18:60-22:00", "18:60 in 'Mon 18:60-22:00' is no time of day"),
        ("Mon 18:00-24:30", "24:30 in 'Mon 18:00-24:30' is no time of day"),
        ("Mon 24:00-08:00", "'Mon 24:00-08:00' begins at 24:00; write 00:00 of the next day."),
        ("always; Mon 08:00-09:00", "'always' is no stretch"),
    ],
)
def test_what_is_no_grid_is_refused(text: str, said: str) -> None:
    with pytest.raises(AvailabilityError) as caught:
        grid_written(text)
    assert said in str(caught.value)


def test_nothing_written_is_never() -> None:
    assert grid_written(" ; ") == Grid()
    assert spans(Grid(), WEEK_48, SHANGHAI) == ()


def test_an_evening_becomes_instants_of_the_sites_zone() -> None:
    [evening] = spans(grid_written("Tue 18:00-22:00"), WEEK_48, SHANGHAI)
    assert evening == make.span("2026-11-24 10:00", "2026-11-24 14:00")


def test_stretches_that_touch_or_overlap_are_one() -> None:
    grid = grid_written("Tue 20:00-24:00; Wed 00:00-08:00; Tue 18:00-21:00")
    assert spans(grid, WEEK_48, SHANGHAI) == (shanghai("2026-11-24 18:00", "2026-11-25 08:00"),)


def test_a_stretch_over_either_end_of_the_week_is_kept_whole() -> None:
    found = spans(grid_written("Sun 22:00-08:00"), WEEK_48, SHANGHAI)
    assert found == (
        shanghai("2026-11-22 22:00", "2026-11-23 08:00"),
        shanghai("2026-11-29 22:00", "2026-11-30 08:00"),
    )


def test_what_lies_wholly_outside_the_week_is_left_out() -> None:
    found = spans(grid_written("Sun 10:00-24:00; Mon 00:30-02:00"), WEEK_48, SHANGHAI)
    assert found == (
        shanghai("2026-11-23 00:30", "2026-11-23 02:00"),
        shanghai("2026-11-29 10:00", "2026-11-30 00:00"),
    )


def test_always_holds_the_week_and_a_duty_that_ends_after_it() -> None:
    [everything] = spans(grid_written("Always"), WEEK_48, SHANGHAI)
    assert everything.holds(Span(WEEK_48.start, WEEK_48.end + timedelta(days=2)))


@pytest.mark.parametrize(
    ("horizon", "text", "expected"),
    [
        (SPRING, "Sat 22:00-08:00", ("2027-03-27 22:00", "2027-03-28 07:00")),  # 9 hours
        (AUTUMN, "Sat 22:00-08:00", ("2026-10-24 21:00", "2026-10-25 08:00")),  # 11 hours
        (SPRING, "Sun 00:00-24:00", ("2027-03-28 00:00", "2027-03-28 23:00")),  # 23 hours
        (AUTUMN, "Sun 00:00-24:00", ("2026-10-24 23:00", "2026-10-26 00:00")),  # 25 hours
        (SPRING, "Sun 01:30-06:00", ("2027-03-28 01:00", "2027-03-28 05:00")),  # 01:30 is skipped
        (SPRING, "Sat 23:00-01:30", ("2027-03-27 23:00", "2027-03-28 01:00")),
        (AUTUMN, "Sun 01:30-06:00", ("2026-10-25 00:30", "2026-10-25 06:00")),  # the first 01:30
        (AUTUMN, "Sat 23:00-01:30", ("2026-10-24 22:00", "2026-10-25 00:30")),
        (AUTUMN, "Sat 22:00-01:30; Sun 01:30-08:00", ("2026-10-24 21:00", "2026-10-25 08:00")),
        (SPRING, "Sat 22:00-01:30; Sun 01:30-08:00", ("2027-03-27 22:00", "2027-03-28 07:00")),
    ],
)
def test_the_nights_clocks_change(horizon: Span, text: str, expected: tuple[str, str]) -> None:
    found = spans(grid_written(text), horizon, LONDON)
    assert make.span(*expected) in found
    assert all(earlier.end < later.start for earlier, later in pairwise(found))


def test_a_stretch_in_the_hour_that_is_skipped_is_not_there_that_night() -> None:
    assert spans(grid_written("Sun 01:00-02:00"), SPRING, LONDON) == ()


def test_days_stand_in_the_order_of_the_week() -> None:
    assert grid_written("Sun,Mon 08:00-09:00").stretches[0].days == (Weekday.MON, Weekday.SUN)
