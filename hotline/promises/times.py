"""When a caller may be rung back, and until when it is promised: on the site's clocks."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hotline.config.tables.promises import Promises
from hotline.promises.states import Safe
from hotline.rosters.week import instant
from scheduling.problem import Span

DAYS_AHEAD = 3  # two full days hold a window of each kind, whatever the hour


def may_ring(safe: Safe, promises: Promises, zone: ZoneInfo, at: datetime) -> bool:
    """Whether `at` is a time that the caller called safe."""
    return any(span.start <= at < span.end for span in _windows(safe, promises, zone, at))


def deadline(
    safe: Safe, within: timedelta, promises: Promises, zone: ZoneInfo, asked: datetime
) -> datetime:
    """Until when a callback asked for at `asked` is promised.

    That is `within` later; or the end of the first safe time, if none fits into that.
    """
    usual = asked + within
    coming = [s for s in _windows(safe, promises, zone, asked) if s.end > asked]
    if any(max(span.start, asked) < usual for span in coming):
        return usual
    return coming[0].end


def hours_of(safe: Safe, promises: Promises) -> tuple[time, time] | None:
    """From when to when, on the site's clocks; None: at any time."""
    if safe is Safe.ANY:
        return None
    if safe is Safe.DAYTIME:
        return promises.day_from, promises.day_to
    return promises.evening_from, promises.evening_to


def _windows(safe: Safe, promises: Promises, zone: ZoneInfo, around: datetime) -> Iterator[Span]:
    """The safe times from the day before `around` on, in order."""
    first = around.astimezone(zone).date() - timedelta(days=1)
    hours = hours_of(safe, promises)
    if hours is None:
        yield Span(around - timedelta(days=1), around + timedelta(days=DAYS_AHEAD))
        return
    for number in range(DAYS_AHEAD + 1):
        day = first + timedelta(days=number)
        yield Span(instant(day, hours[0], zone), instant(day, hours[1], zone))
