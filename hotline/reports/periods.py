"""Which days a report is about: a month, or some weeks, of the site's calendar."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hotline.errors import HotlineError
from hotline.rosters.week import Week, week_written

MONTH: Final = re.compile(r"(20\d{2}|19\d{2}|21\d{2})-(0[1-9]|1[0-2])")
MOST_WEEKS: Final = 53
A_DAY: Final = timedelta(days=1)


class PeriodError(HotlineError):
    """What was written names no time that a report can be about."""


@dataclass(frozen=True)
class Period:
    """Whole days, both included. name: `2026-11`, `2026-W45` or `2026-W45_2026-W48`."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Each of them."""
        return tuple(_days(self.first, self.last))

    @property
    def is_month(self) -> bool:
        """Whether it is a month of the calendar."""
        return MONTH.fullmatch(self.name) is not None


def month_written(text: str) -> Period:
    """The month that "2026-11" names. Raises PeriodError."""
    found = MONTH.fullmatch(text)
    if found is None:
        raise PeriodError(f"{text!r} is no month; write the year and the month, like 2026-11.")
    return _month(date(int(found[1]), int(found[2]), 1))


def month_of(day: date) -> Period:
    """The month that holds a day."""
    return _month(day.replace(day=1))


def _month(first: date) -> Period:
    days = calendar.monthrange(first.year, first.month)[1]
    return Period(f"{first:%Y-%m}", first, first.replace(day=days))


def weeks_written(first: str, last: str) -> Period:
    """From one week to another, both included. Raises PeriodError, WeekError."""
    return _weeks(week_written(first), week_written(last))


def _weeks(first: Week, last: Week) -> Period:
    if last < first:
        raise PeriodError(f"The last week, {last}, is before the first, {first}.")
    count = (last.monday - first.monday).days // 7 + 1
    if count > MOST_WEEKS:
        raise PeriodError(f"A report is about {MOST_WEEKS} weeks at most, not {count}.")
    name = str(first) if first == last else f"{first}_{last}"
    return Period(name, first.monday, last.days[-1])


def before(period: Period) -> Period:
    """The month before a month; else as many weeks before."""
    if period.is_month:
        return month_of(period.first - A_DAY)
    return _as_many_weeks(period, -1)


def after(period: Period) -> Period:
    """The same, after it."""
    if period.is_month:
        return month_of(period.last + A_DAY)
    return _as_many_weeks(period, 1)


def _as_many_weeks(period: Period, sign: int) -> Period:
    weeks = len(period.days) // 7
    first, _, last = period.name.partition("_")
    return _weeks(
        week_written(first).shifted(sign * weeks), week_written(last or first).shifted(sign * weeks)
    )


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
