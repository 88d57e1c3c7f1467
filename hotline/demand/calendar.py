"""Which holidays and seasons does the configuration make the forecast heed?"""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from hotline.config.contradictions.demand import month_and_day
from hotline.config.tables.demand import Demand, SeasonDays
from scheduling.demand.dates.announced import overrides_from, public_calendar
from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.dates.seasons import Season, festive, yearly


def calendar_of(demand: Demand, years: Sequence[int], zone: ZoneInfo) -> Calendar:
    """The site's holidays and make-up workdays of `years`, as far as they are announced.

    Raises DemandError for a country that nobody has holidays of.
    """
    told = demand.overrides and overrides_from(Path(demand.overrides).read_text(encoding="utf-8"))
    return public_calendar(demand.country, years, zone, told or None, demand.region)


def seasons_of(demand: Demand, calendar: Calendar, years: Sequence[int]) -> tuple[Season, ...]:
    """The seasons of `years`, those that reach into the first from the year before included."""
    around = range(min(years) - 1, max(years) + 1)
    return tuple(_season(season, calendar, around) for season in demand.seasons)


def _season(season: SeasonDays, calendar: Calendar, years: Sequence[int]) -> Season:
    if season.festival is not None:
        return festive(season.name, season.festival, calendar, season.factor)
    first, last = month_and_day(season.first or ""), month_and_day(season.last or "")
    assert first is not None  # demand_checks refuses anything else
    assert last is not None
    return yearly(season.name, first, last, years, season.factor)
