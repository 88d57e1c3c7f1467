"""How a week's coverage is drawn: a row a day, a bar for each stretch of equal coverage."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from hotline.coverage import HALF_HOUR, HalfHour, Level

SLOTS = 48  # half hours of a wall-clock day


@dataclass(frozen=True)
class Bar:
    """A stretch of one day with the same coverage, `slots` half hours long."""

    slots: int
    level: Level
    rostered: int = 0
    wanted: int = 0
    lacking: tuple[str, ...] = ()  # certificates that too few hold
    past: bool = False


@dataclass(frozen=True)
class Day:
    """A row of the picture: its bars fill the 48 half hours of the wall clock."""

    day: date
    bars: tuple[Bar, ...]


def days_drawn(halves: Iterable[HalfHour], zone: ZoneInfo, now: datetime) -> tuple[Day, ...]:
    """The rows, one for each local day that `halves` touches.

    Where clocks go back, the worse of the two half hours that share a place is drawn; where
    they go forward, the missing hour is drawn as closed.
    """
    places: dict[date, dict[int, HalfHour]] = {}
    for half in halves:
        local = half.start.astimezone(zone)
        row = places.setdefault(local.date(), {})
        slot = (local.hour * 60 + local.minute) // 30
        row[slot] = min(row.get(slot, half), half, key=_how_good)
    return tuple(Day(day, tuple(_bars(row, now))) for day, row in sorted(places.items()))


def _how_good(half: HalfHour) -> tuple[int, int]:
    return (list(Level).index(half.level), half.rostered - half.target)


def _bars(row: Mapping[int, HalfHour], now: datetime) -> Iterator[Bar]:
    slots = (_bar(row.get(slot), now) for slot in range(SLOTS))
    for bar, same in groupby(slots):
        yield Bar(len(list(same)), bar.level, bar.rostered, bar.wanted, bar.lacking, bar.past)


def _bar(half: HalfHour | None, now: datetime) -> Bar:
    if half is None:
        return Bar(1, Level.CLOSED)
    return Bar(
        slots=1,
        level=half.level,
        rostered=half.rostered,
        wanted=half.target,
        lacking=tuple(each.name for each in half.certified if each.rostered < each.floor),
        past=half.level is not Level.CLOSED and half.start + HALF_HOUR <= now,
    )
