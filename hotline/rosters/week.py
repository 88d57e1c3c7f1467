"""Which stretch of time a week is: ISO weeks of the site's own calendar."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.errors import HotlineError
from scheduling.problem import Span

MOST_TOGETHER = 13  # weeks that are built as one: a quarter of a year
WRITTEN = re.compile(r"((?:19|20|21)\d{2})-W(\d{2})")


class WeekError(HotlineError):
    """What was written names no week."""


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday to Sunday, written 2026-W48. Source of the count: ISO 8601."""

    year: int
    number: int

    def __post_init__(self) -> None:
        last = _weeks_in(self.year)
        if not 1 <= self.number <= last:
            raise WeekError(f"There is no week {self}: the last week of {self.year} is W{last}.")

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days, Monday first."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    def horizon(self, zone: ZoneInfo) -> Span:
        """From Monday 00:00 to the next, on the site's clocks: 167, 168 or 169 hours."""
        after = self.monday + timedelta(days=7)
        return Span(instant(self.monday, time(), zone), instant(after, time(), zone))

    def shifted(self, weeks: int) -> "Week":
        """The week so many weeks later, or earlier when negative."""
        return _week_holding(self.monday + timedelta(weeks=weeks))


def week_written(text: str) -> Week:
    """The week that "2026-W48" names. Raises WeekError when it names none."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise WeekError(f"{text!r} is not a week; write the year and its week, like 2026-W48.")
    return Week(int(found[1]), int(found[2]))


def week_of(at: datetime, zone: ZoneInfo) -> Week:
    """The week that an instant falls in on the site's calendar."""
    return _week_holding(at.astimezone(zone).date())


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the site's clocks show `clock` on `day`.

    On the nights clocks change: the first of two such instants, and for a time that is skipped
    the one that a clock left unchanged would show.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _week_holding(day: date) -> Week:
    year, number, _ = day.isocalendar()
    return Week(year, number)


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week  # 28 December is always in the last one
