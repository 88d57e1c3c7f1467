"""A week is where the site's calendar says it is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rosters.week import Week, WeekError, week_of, week_written
from tests import make

HOUR = timedelta(hours=1)
ZONES = st.sampled_from(
    [make.SHANGHAI, make.LONDON, ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")]
)
WEEKS = st.builds(Week, st.integers(1990, 2090), st.integers(1, 52))


def test_a_week_runs_from_monday_to_monday_on_the_sites_clocks() -> None:
    horizon = week_written("2026-W48").horizon(make.SHANGHAI)

    assert horizon == make.span("2026-11-22 16:00", "2026-11-29 16:00")


@pytest.mark.parametrize(("week", "hours"), [("2026-W13", 167), ("2026-W43", 169)])
def test_the_weeks_in_which_london_changes_its_clocks_are_an_hour_off(
    week: str, hours: int
) -> None:
    assert week_written(week).horizon(make.LONDON).length == hours * HOUR


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "2026-W00"])
def test_a_week_that_does_not_exist_is_refused_with_the_last_one_of_its_year(text: str) -> None:
    with pytest.raises(WeekError, match=r"no week .* the last week of \d{4} is W5[23]"):
        week_written(text)


@pytest.mark.parametrize("text", ["", "48", "2026W48", "2026-W5", "2026-w48", "next", "0026-W48"])
def test_what_is_no_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(WeekError, match="like 2026-W48"):
        week_written(text)


def test_a_long_year_has_a_week_53() -> None:
    assert week_written("2026-W53").days[-1] == date(2027, 1, 3)


def test_the_first_week_after_the_year_ends_follows_the_last() -> None:
    assert week_written("2026-W53").shifted(1) == week_written("2027-W01")


def test_sunday_night_before_midnight_belongs_to_the_old_week_and_after_it_to_the_new() -> None:
    late = make.local("2026-11-22 23:59")

    assert str(week_of(late, make.SHANGHAI)) == "2026-W47"
    assert str(week_of(late + timedelta(minutes=1), make.SHANGHAI)) == "2026-W48"


@given(WEEKS, ZONES, st.integers(0, 166))
def test_every_hour_of_a_week_is_in_that_week_alone(week: Week, zone: ZoneInfo, hours: int) -> None:
    horizon = week.horizon(zone)

    assert week_of(horizon.start + hours * HOUR, zone) == week
    assert week_of(horizon.end, zone) == week.shifted(1)
    assert week.shifted(1).horizon(zone).start == horizon.end
    assert week.shifted(1).shifted(-1) == week


@given(WEEKS)
def test_what_is_written_can_be_read(week: Week) -> None:
    assert week_written(str(week)) == week
