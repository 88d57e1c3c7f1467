"""When a person can work: the weekly grid as written in the CSV, and the instants it means."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Weekday
from hotline.errors import HotlineError
from hotline.written.in_chinese import in_english
from scheduling.problem import Span

DAYS: Final = tuple(Weekday)
DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
ALWAYS: Final = "always"
AROUND: Final = timedelta(days=3)  # a shift that meets the horizon reaches no further beyond it
STRETCH: Final = re.compile(r"(?P<days>\S+) +(?P<start>\d{1,2}:\d\d) *- *(?P<end>\d{1,2}:\d\d)")
EXAMPLE: Final = "write it like Mon-Fri 18:00-22:00; Sat,Sun 08:00-24:00"


class AvailabilityError(HotlineError):
    """What was written is no weekly grid."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of each of some days, site time; past midnight it runs into the next day."""

    days: tuple[Weekday, ...]
    start: time
    length: timedelta  # by the wall clock, more than 0 and at most a day


@dataclass(frozen=True)
class Grid:
    """The stretches of a week, in the order they were written, and how they were written."""

    stretches: tuple[Stretch, ...] = ()
    text: str = ""


@lru_cache(maxsize=4096)  # everybody's grids are read for many a page, and few differ
def grid_written(text: str) -> Grid:
    """The grid that `text` describes, in either language; nothing written is never.

    Its own text is English. Raises AvailabilityError.
    """
    plain = " ".join(in_english(text).split())
    if plain.lower() == ALWAYS:
        return Grid((Stretch(DAYS, time(), DAY),), ALWAYS)
    parts = [part.strip() for part in plain.split(";") if part.strip()]
    return Grid(tuple(_stretch(part) for part in parts), "; ".join(parts))


def spans(grid: Grid, horizon: Span, zone: ZoneInfo) -> tuple[Span, ...]:
    """When the grid holds around `horizon`, merged and in order.

    A stretch that begins before the horizon or ends after it is kept whole, up to three days.
    Where clocks show a time twice it means the first, and one they skip is when they skip it, so
    stretches that touch on paper touch on these nights, too.
    """
    found = (span for stretch in grid.stretches for span in _instants(stretch, horizon, zone))
    return tuple(span for span in merged(found) if span.meets(horizon))


def merged(found: Iterable[Span]) -> Iterator[Span]:
    """The same time in as few spans as possible, in order; touching ones are joined."""
    current: Span | None = None
    for span in sorted(found):
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _stretch(part: str) -> Stretch:
    found = STRETCH.fullmatch(part)
    if found is None:
        raise AvailabilityError(f"{part!r} is no stretch of a week; {EXAMPLE}.")
    start, end = _minutes(found["start"], part), _minutes(found["end"], part)
    if start == 24 * 60:
        raise AvailabilityError(f"{part!r} begins at 24:00; write 00:00 of the next day.")
    length = timedelta(minutes=(end - start) % (24 * 60)) or DAY
    return Stretch(_days(found["days"], part), time(*divmod(start, 60)), length)


def _minutes(clock: str, part: str) -> int:
    hours, minutes = (int(number) for number in clock.split(":"))
    if minutes > 59 or hours * 60 + minutes > 24 * 60:
        raise AvailabilityError(f"{clock} in {part!r} is no time of day; use 00:00 to 24:00.")
    return hours * 60 + minutes


def _days(written: str, part: str) -> tuple[Weekday, ...]:
    """Mon-Fri,Sun and the like; a range may run over the end of the week."""
    found: set[Weekday] = set()
    for piece in written.split(","):
        first, _, last = piece.partition("-")
        start = _day(first, part)
        count = (_day(last or first, part) - start) % 7 + 1
        found |= {DAYS[(start + n) % 7] for n in range(count)}
    return tuple(day for day in DAYS if day in found)


def _day(name: str, part: str) -> int:
    try:
        return DAYS.index(Weekday(name.capitalize()))
    except ValueError:
        raise AvailabilityError(f"{name!r} in {part!r} is no day; use {', '.join(DAYS)}.") from None


def _instants(stretch: Stretch, horizon: Span, zone: ZoneInfo) -> Iterator[Span]:
    day = (horizon.start - AROUND).astimezone(zone).date()
    last = (horizon.end + AROUND).astimezone(zone).date()
    while day <= last:
        if DAYS[day.weekday()] in stretch.days:
            wall = datetime.combine(day, stretch.start)
            start, end = _first(wall, zone), _first(wall + stretch.length, zone)
            if start < end:  # else it lies wholly in the hour that is skipped
                yield Span(start, end)
        day += DAY


def _first(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which the clocks show `wall` or, where they skip it, a later time."""
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if _shown(instant, zone) == wall:
        return instant
    while _shown(instant - MINUTE, zone) > wall:
        instant -= MINUTE
    return instant


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
