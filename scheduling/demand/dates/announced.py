"""What has been announced about the holidays and make-up workdays of a year?"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from scheduling.demand.counts import DemandError
from scheduling.demand.dates.calendars import Calendar, DayKind, SpecialDay

SPRING_FESTIVAL: Final = "Spring Festival"
MOVES_WORKDAYS: Final = frozenset({"CN"})  # a year is final once its make-up days are announced
SATURDAY: Final = 5


@dataclass(frozen=True)
class Overrides:
    """Years told by hand, from a public notice; each replaces all that the library says of it."""

    announced: date
    years: Mapping[int, Mapping[date, SpecialDay]]


def public_calendar(
    country: str,
    years: Collection[int],
    zone: ZoneInfo,
    overrides: Overrides | None = None,
    region: str | None = None,
) -> Calendar:
    """The public holidays and make-up workdays of `years`, overridden where told.

    country, region: ISO 3166 codes, as `CN`, or `GB` and `WLS`. A Chinese year is final only with
    its make-up days, which the State Council announces the autumn before. Source: the holidays
    package. Raises DemandError for a place that it does not know.
    """
    told = overrides.years if overrides else {}
    special = {day: what for day, what in _listed(country, region, years) if day.year not in told}
    moved = {day.year for day, what in special.items() if what.kind is DayKind.MAKE_UP}
    final = moved if country in MOVES_WORKDAYS else set(years)
    for days in told.values():
        special.update(days)
    return Calendar(zone, special, frozenset(final | set(told)))


def _listed(
    country: str, region: str | None, years: Collection[int]
) -> Iterator[tuple[date, SpecialDay]]:
    from holidays import country_holidays  # costs start-up time, and only forecasts ask

    try:
        found = country_holidays(country, region, years=years, language="en_US")
    except NotImplementedError as unknown:
        place = f"{country}, {region}" if region else country
        raise DemandError(f"No public holidays are known for {place}.") from unknown
    named = {day: _plain(name) for day, name in found.items() if "substituted" not in name}
    for day in found:
        yield day, SpecialDay(DayKind.HOLIDAY, _nearest(day, named))
    for day in found.weekend_workdays:
        if day.year in years:  # the library lists some of other years too
            yield day, SpecialDay(DayKind.MAKE_UP, _nearest(day, named))


def _plain(name: str) -> str:
    if name.startswith("Chinese New Year"):
        return SPRING_FESTIVAL
    return name.removesuffix(" (observed)")


def _nearest(day: date, named: Mapping[date, str]) -> str:
    """The festival that a day off moved beside it, or worked for it, belongs to."""
    return named[min(named, key=lambda other: (abs(other - day), other))]


def overrides_from(text: str) -> Overrides:
    """The overrides written in a TOML file; docs/demand.md shows one.

    Raises DemandError, naming the first thing wrong.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise DemandError(f"The calendar's overrides are not TOML: {wrong}.") from wrong
    announced, years = told.get("announced"), told.get("years")
    if type(announced) is not date or not isinstance(years, dict) or len(told) > 2:
        raise DemandError("Overrides are `announced`, the notice's date, and [years.2027] or so.")
    told_years = {year: dict(_told(year, years[year])) for year in years}
    return Overrides(announced, {int(year): days for year, days in told_years.items()})


def _told(year: str, told: object) -> Iterator[tuple[date, SpecialDay]]:
    if not year.isdecimal() or not isinstance(told, dict) or set(told) != {"holidays", "workdays"}:
        raise DemandError(f"[years.{year}] names a year and holds `holidays` and `workdays` only.")
    off = dict(_festivals(year, told["holidays"]))
    if not off:
        raise DemandError(f"[years.{year}.holidays] names no festival; leave the year out instead.")
    for day, name in off.items():
        yield day, SpecialDay(DayKind.HOLIDAY, name)
    for day in _days(year, told["workdays"]):
        if day.weekday() < SATURDAY or day in off:
            raise DemandError(f"{day} is no weekend day that can be worked to make up.")
        yield day, SpecialDay(DayKind.MAKE_UP, _nearest(day, off))


def _festivals(year: str, told: object) -> Iterator[tuple[date, str]]:
    if not isinstance(told, dict):
        raise DemandError(f"[years.{year}.holidays] gives the days of each festival.")
    for name, days in told.items():
        for day in _days(year, days):
            yield day, name


def _days(year: str, told: object) -> list[date]:
    if not isinstance(told, list):
        raise DemandError(f"[years.{year}]: days stand in a list, as [{year}-02-05].")
    for day in told:
        if type(day) is not date or day.year != int(year):
            raise DemandError(f"[years.{year}]: {day} is no date of that year.")
    return told
