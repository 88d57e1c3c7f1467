"""A week's shifts start and end by the wall clock."""

from datetime import timedelta

import pytest

from hotline.config.settings import Weekday
from hotline.rosters.question.shifts import shifts
from hotline.rosters.week import week_written
from scheduling.problem import ShiftKind
from tests import make

NIGHT = make.template("night", days=[Weekday.SAT])
FULL = make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24, days=[Weekday.SAT])


def test_a_night_is_one_shift_named_by_desk_day_and_template() -> None:
    week = week_written("2026-W48")

    [shift] = shifts(
        make.desk("nanjing", shifts=[NIGHT], certificates=["child"]), week, make.SHANGHAI
    )

    assert shift.id == "nanjing/2026-11-28/night"
    assert shift.span == make.span("2026-11-28 14:00", "2026-11-29 00:00")
    assert shift.certificates == {"child"}
    assert shift.weekend


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 9), ("2026-W43", 11), ("2026-W48", 10)])
def test_a_night_ends_at_eight_also_when_clocks_change(week: str, hours: int) -> None:
    [shift] = shifts(make.desk(shifts=[NIGHT]), week_written(week), make.LONDON)

    assert shift.span.length == timedelta(hours=hours)
    assert shift.span.end.astimezone(make.LONDON).hour == 8


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 23), ("2026-W43", 25), ("2026-W48", 24)])
def test_full_day_duty_ends_when_it_began_also_when_clocks_change(week: str, hours: int) -> None:
    [shift] = shifts(make.desk(shifts=[FULL]), week_written(week), make.LONDON)

    assert shift.span.length == timedelta(hours=hours)
    assert shift.span.end.astimezone(make.LONDON).hour == 8


def test_a_shift_wholly_in_the_hour_that_is_skipped_does_not_take_place() -> None:
    early = make.template("early", ShiftKind.DAY, start="01:00", hours=1)

    found = shifts(make.desk(shifts=[early]), week_written("2026-W13"), make.LONDON)

    assert len(found) == 6


def test_a_shift_on_friday_night_is_no_weekend_shift() -> None:
    friday = make.template(days=[Weekday.FRI])

    [shift] = shifts(make.desk(shifts=[friday]), week_written("2026-W48"), make.SHANGHAI)

    assert not shift.weekend
