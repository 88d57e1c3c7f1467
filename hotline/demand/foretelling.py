"""How many calls will come to each line in the days ahead, and why should that be believed?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from hotline.config.settings import Line, LineName, Settings
from hotline.config.tables.demand import Demand
from hotline.demand.calendar import calendar_of, seasons_of
from hotline.demand.history import histories, last_midnight
from hotline.errors import HotlineError
from hotline.store import Session
from scheduling.demand.counts import (
    HALF_HOUR,
    Counts,
    DemandError,
    half_hours,
    half_hours_around,
)
from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.dates.seasons import Season, raised
from scheduling.demand.expecting.prior import Prior
from scheduling.demand.forecast import Forecast, forecast
from scheduling.problem import Span

WEEK: Final = timedelta(weeks=1)
BAND: Final = (0.1, 0.9)  # four half hours of five lie between


class ForecastError(HotlineError):
    """Calls cannot be foretold with what is configured."""


@dataclass(frozen=True)
class LineOutlook:
    """What is expected of one line.

    forecast: raised by the seasons; weeks: of known half hours it learned from; calls_a_day: what
    the configuration says, which counts while these are under four.
    """

    line: LineName
    forecast: Forecast
    weeks: float
    calls_a_day: float


@dataclass(frozen=True)
class Outlook:
    """What is expected of all lines in `span`, which is whole half hours.

    seasons: those that raise a day of it.
    """

    span: Span
    calendar: Calendar
    seasons: tuple[Season, ...]
    lines: tuple[LineOutlook, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether `span` reaches into a year whose days off are not all announced."""
        return self.calendar.is_provisional(self.span)

    @property
    def starts(self) -> tuple[datetime, ...]:
        """The half hours of `span`."""
        return tuple(half_hours(self.span))


def outlook(db: Session, settings: Settings, span: Span, now: datetime) -> Outlook:
    """What came until last midnight says of `span`; of a span that has begun, what came before it.

    Raises ForecastError if nothing is configured, or for a span over a year away.
    """
    if settings.demand is None:
        raise ForecastError("The configuration has no table [demand]: nothing can be expected.")
    whole = half_hours_around(span)
    until = min(last_midnight(now, settings.site.zone), whole.start)
    try:
        return _foretold(settings, settings.demand, histories(db, settings, until), whole)
    except DemandError as wrong:
        raise ForecastError(str(wrong)) from wrong


def days_of(span: Span, calendar: Calendar) -> tuple[date, ...]:
    """The site's days that `span` touches, oldest first."""
    return tuple(dict.fromkeys(map(calendar.local, half_hours(span))))


def _foretold(
    settings: Settings, demand: Demand, known: Mapping[LineName, Counts], span: Span
) -> Outlook:
    zone = settings.site.zone
    earliest = min((counts.start for counts in known.values()), default=span.start)
    years = range(earliest.astimezone(zone).year, span.end.astimezone(zone).year + 1)
    calendar = calendar_of(demand, years, zone)
    days = days_of(span, calendar)
    asked = seasons_of(demand, calendar, years)
    seasons = tuple(season for season in asked if any(map(season.holds, days)))
    outlook = Outlook(span, calendar, seasons)
    lines = tuple(_of_line(line, known[line.name], demand, outlook) for line in settings.lines)
    return replace(outlook, lines=lines)


def _of_line(line: Line, history: Counts, demand: Demand, outlook: Outlook) -> LineOutlook:
    calls_a_day = demand.calls_a_day if line.calls_a_day is None else line.calls_a_day
    prior = Prior(calls_a_week=7 * calls_a_day, busy=demand.busy)
    plain = forecast(history, outlook.span, outlook.calendar, prior, BAND)
    known = sum(calls is not None for calls in history.calls)
    return LineOutlook(
        line=line.name,
        forecast=raised(plain, outlook.seasons, outlook.calendar),
        weeks=known * HALF_HOUR / WEEK,
        calls_a_day=calls_a_day,
    )
