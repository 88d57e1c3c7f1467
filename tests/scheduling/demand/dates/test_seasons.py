"""Are the calls of a season raised, once, on its own days?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling.demand.counts import DemandError
from scheduling.demand.dates.announced import SPRING_FESTIVAL, public_calendar
from scheduling.demand.dates.seasons import (
    Season,
    festive,
    raised,
    raised_calls,
    yearly,
)
from scheduling.demand.expecting.methods import Method
from scheduling.demand.forecast import Forecast
from tests.scheduling.demand.days import SHANGHAI

CHINA = public_calendar("CN", [2026], SHANGHAI)


def hours(start: datetime, count: int) -> Forecast:
    return Forecast(start, timedelta(hours=1), (2.0,) * count, {}, 0.0, Method.MEANS, False)


def test_a_season_begins_at_the_site_s_midnight() -> None:
    # given: 28 February 22:00 to 02:00 in China
    night = hours(datetime(2026, 2, 28, 14, tzinfo=UTC), 4)
    spring = yearly("spring", (3, 1), (5, 31), [2026], 1.5)
    # then
    assert raised_calls(night, [spring], CHINA) == (2.0, 2.0, 3.0, 3.0)


def test_of_two_seasons_the_stronger_counts_alone() -> None:
    june = hours(datetime(2026, 6, 8, tzinfo=UTC), 1)
    seasons = [
        Season(name, factor, ((date(2026, 6, 7), date(2026, 6, 9)),))
        for name, factor in (("exam", 1.5), ("graduation", 1.2))
    ]
    assert raised_calls(june, seasons, CHINA) == (3.0,)


def test_without_a_season_nothing_is_raised() -> None:
    assert raised_calls(hours(datetime(2026, 7, 20, tzinfo=UTC), 2), [], CHINA) == (2.0, 2.0)


def test_a_festival_lasts_from_its_eve_to_its_last_day_off() -> None:
    season = festive("new year", SPRING_FESTIVAL, CHINA, 1.3)
    assert season.stretches == ((date(2026, 2, 16), date(2026, 2, 23)),)
    assert season.name == "new year"
    assert not festive("carnival", "Carnival", CHINA, 1.3).stretches


def test_bands_rise_with_the_calls() -> None:
    night = replace(hours(datetime(2026, 2, 28, 14, tzinfo=UTC), 4), bands={0.9: (4.0,) * 4})
    spring = yearly("spring", (3, 1), (5, 31), [2026], 2.0)

    found = raised(night, [spring], CHINA)

    assert found.mean == (2.0, 2.0, 4.0, 4.0)
    assert found.bands == {0.9: (4.0, 4.0, 7.0, 7.0)}  # of a Poisson


def test_a_season_may_run_over_the_new_year_and_end_on_a_leap_day() -> None:
    season = yearly("winter", (12, 20), (2, 29), [2026, 2027], 1.1)
    assert season.holds(date(2027, 1, 1))
    assert season.stretches[0][1] == date(2027, 2, 28)
    assert season.stretches[1][1] == date(2028, 2, 29)


@pytest.mark.parametrize("factor", [0, -1, float("inf"), float("nan")])
def test_a_factor_that_raises_nothing_is_refused(factor: float) -> None:
    with pytest.raises(DemandError, match="exam has the factor"):
        Season("exam", factor, ())


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DemandError, match="before it begins"):
        Season("exam", 1.2, ((date(2026, 6, 9), date(2026, 6, 7)),))
