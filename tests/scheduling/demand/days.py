"""Made-up histories, calendars and horizons for the tests of demand."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduling.demand.counts import HALF_HOUR, Counts
from scheduling.demand.dates.calendars import Calendar, DayKind, SpecialDay
from scheduling.problem import Span

UTC_ZONE = ZoneInfo("UTC")
LONDON = ZoneInfo("Europe/London")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
PLAIN = Calendar(UTC_ZONE, {}, frozenset(range(2020, 2030)))
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def evening_peak(hour: float) -> float:
    """Calls in a half hour: one by day, four from 18 to 22, none from 2 to 6."""
    if 2 <= hour < 6:
        return 0.0
    return 4.0 if 18 <= hour < 22 else 1.0


def history(days: int, end: datetime = MONDAY, weekend: float = 1.0) -> Counts:
    """Half hours without chance up to `end`, Saturdays and Sundays multiplied."""
    start = end - days * DAY
    instants = [start + number * HALF_HOUR for number in range(48 * days)]
    calls = (
        evening_peak(one.hour + one.minute / 60) * (weekend if one.weekday() > 4 else 1.0)
        for one in instants
    )
    return Counts(start, tuple(calls))


def days_after(end: datetime = MONDAY, days: int = 28) -> Span:
    """So many days from `end` on."""
    return Span(end, end + days * DAY)


def holidays(*days: date, name: str = "festival") -> dict[date, SpecialDay]:
    """Those days as holidays of one festival."""
    return {day: SpecialDay(DayKind.HOLIDAY, name) for day in days}
