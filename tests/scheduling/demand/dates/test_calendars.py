"""Which days of China's years are special, and which are not yet known?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduling.demand.counts import DemandError
from scheduling.demand.dates.announced import SPRING_FESTIVAL, overrides_from, public_calendar
from scheduling.problem import Span
from tests.scheduling.demand.days import LONDON, SHANGHAI

MADE_UP_2026 = [
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
]
OVERRIDES = """
announced = 2026-11-05

[years.2027]
workdays = [2027-02-20]

[years.2027.holidays]
"Spring Festival" = [2027-02-05, 2027-02-06, 2027-02-07]
"""


def test_the_make_up_workdays_of_2026_are_known() -> None:
    # when
    china = public_calendar("CN", [2026], SHANGHAI)
    # then
    assert sorted(day for day in china.special if china.is_made_up(day)) == MADE_UP_2026
    assert china.acts_as(date(2026, 2, 14)) < 5  # a Saturday, worked
    assert china.acts_as(date(2026, 10, 2)) == 6  # a Friday off
    assert china.acts_as(date(2026, 3, 3)) == 1  # a Tuesday like others


def test_a_day_off_belongs_to_the_festival_beside_it() -> None:
    china = public_calendar("CN", [2026], SHANGHAI)
    assert china.holiday(date(2026, 2, 23)) == SPRING_FESTIVAL  # moved from the 28th
    assert china.holiday(date(2026, 10, 7)) == "National Day"
    assert china.holiday(date(2026, 2, 28)) is None  # worked
    assert china.holiday(date(2026, 3, 3)) is None


def test_a_year_without_make_up_days_is_provisional() -> None:
    # given
    china = public_calendar("CN", [2026, 2027], SHANGHAI)
    new_year = datetime(2026, 12, 31, 16, tzinfo=UTC)  # in China
    # then
    assert not china.is_provisional(Span(datetime(2026, 12, 1, tzinfo=UTC), new_year))
    assert china.is_provisional(Span(new_year, datetime(2027, 1, 2, tzinfo=UTC)))
    assert china.is_provisional(Span(datetime(2026, 12, 1, tzinfo=UTC), new_year.replace(hour=17)))


def test_an_announced_year_replaces_the_library_s_and_is_final() -> None:
    # when
    china = public_calendar("CN", [2026, 2027], SHANGHAI, overrides_from(OVERRIDES))
    # then
    january = datetime(2027, 1, 10, tzinfo=UTC)
    assert not china.is_provisional(Span(january, january.replace(month=3)))
    assert china.is_made_up(date(2027, 2, 20))
    assert china.special[date(2027, 2, 20)].name == SPRING_FESTIVAL
    assert china.holiday(date(2027, 2, 6)) == SPRING_FESTIVAL
    assert china.holiday(date(2027, 10, 1)) is None  # not told: not off
    assert china.holiday(date(2026, 10, 1)) == "National Day"  # other years stay


def test_a_country_that_moves_no_workday_is_final() -> None:
    wales = public_calendar("GB", [2027], LONDON, region="WLS")
    assert wales.holiday(date(2027, 12, 27)) is not None
    assert not wales.is_provisional(
        Span(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC))
    )


@pytest.mark.parametrize(("country", "region"), [("XX", None), ("GB", "XYZ")])
def test_an_unknown_place_is_named(country: str, region: str | None) -> None:
    with pytest.raises(DemandError, match=country):
        public_calendar(country, [2026], ZoneInfo("UTC"), region=region)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("announced = ", "not TOML"),
        ("[years.2027]", "`announced`"),
        ("announced = 2026-11-05T10:00:00\n[years]", "`announced`"),
        ("announced = 2026-11-05\nyears = 3", "`announced`"),
        ("announced = 2026-11-05\nelse = 1\n[years]", "`announced`"),
        ("announced = 2026-11-05\n[years.soon]", "names a year"),
        ("announced = 2026-11-05\n[years]\n2027 = 1", "names a year"),
        ("announced = 2026-11-05\n[years.2027]\nworkdays = []", "names a year"),
        (OVERRIDES.replace("2027-02-20", "2027-02-22"), "2027-02-22 is no weekend day"),
        (OVERRIDES.replace("2027-02-20", "2027-02-06"), "2027-02-06 is no weekend day"),
        (OVERRIDES.replace("2027-02-20", "2026-02-20"), "2026-02-20 is no date of that year"),
        (OVERRIDES.replace("2027-02-20", '"soon"'), "soon is no date"),
        (OVERRIDES.replace("[2027-02-20]", "2027-02-20"), "in a list"),
        ("announced = 2026-11-05\n[years.2027]\nworkdays = []\nholidays = 1", "each festival"),
        ("announced = 2026-11-05\n[years.2027]\nworkdays = []\nholidays = {}", "no festival"),
    ],
)
def test_wrong_overrides_are_named(text: str, why: str) -> None:
    with pytest.raises(DemandError, match=why):
        overrides_from(text)
