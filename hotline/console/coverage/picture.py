"""How two weeks of a desk are drawn: a row a day, a bar for each stretch of equal half hours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from hotline.coverage import HALF_HOUR, HalfHour, Level
from hotline.handshake.heads import Heads
from hotline.rates import Rates, Share

SLOTS: Final = 48  # half hours of a wall-clock day
NOBODY: Final = Heads(0, 0, 0)
Known = tuple[HalfHour, Heads]


@dataclass(frozen=True)
class Bar:
    """A stretch of one day, `slots` half hours long. at: its first instant; None: no such time."""

    slots: int
    level: Level
    at: datetime | None = None
    rostered: int = 0
    wanted: int = 0
    confirmed: int = 0
    present: int = 0
    lacking: tuple[str, ...] = ()  # certificates that too few hold
    past: bool = False

    @property
    def hour(self) -> str:
        """When it begins, in the zone that it was drawn in."""
        return f"{self.at:%H:%M}" if self.at else ""


@dataclass(frozen=True)
class Day:
    """A row of the picture: its bars fill the 48 half hours of the wall clock."""

    day: date
    bars: tuple[Bar, ...]


def days_of(known: Iterable[Known], zone: ZoneInfo, now: datetime) -> tuple[Day, ...]:
    """The rows. Of two half hours that share a place when clocks go back, the worse is drawn."""
    places: dict[date, dict[int, Known]] = {}
    for each in known:
        local = each[0].start.astimezone(zone)
        row = places.setdefault(local.date(), {})
        slot = (local.hour * 60 + local.minute) // 30
        row[slot] = min(row.get(slot, each), each, key=_how_good)
    return tuple(Day(day, tuple(_bars(row, zone, now))) for day, row in sorted(places.items()))


def _how_good(known: Known) -> tuple[int, int]:
    half = known[0]
    return list(Level).index(half.level), half.rostered - half.target


def _bars(row: Mapping[int, Known], zone: ZoneInfo, now: datetime) -> Iterator[Bar]:
    slots = [(row.get(slot), _bar(row.get(slot), now)) for slot in range(SLOTS)]
    for like, same in groupby(slots, key=lambda each: each[1]):
        run = list(same)
        first = run[0][0]
        at = first[0].start.astimezone(zone) if first else None
        yield _lasting(like, len(run), at)


def _lasting(like: Bar, slots: int, at: datetime | None) -> Bar:
    counted = (like.rostered, like.wanted, like.confirmed, like.present)
    return Bar(slots, like.level, at, *counted, like.lacking, like.past)


def _bar(known: Known | None, now: datetime) -> Bar:
    if known is None:
        return Bar(1, Level.CLOSED)
    half, heads = known
    past = half.level is not Level.CLOSED and half.start + HALF_HOUR <= now
    there = NOBODY if past else heads
    return Bar(
        slots=1,
        level=half.level,
        rostered=half.rostered,
        wanted=half.target,
        confirmed=there.confirmed,
        present=there.present,
        lacking=tuple(each.name for each in half.certified if each.rostered < each.floor),
        past=past,
    )


WIDE: Final = 320  # of the picture of a trend
HIGH: Final = 90
LEFT: Final = 40
TOP: Final = 8


@dataclass(frozen=True)
class Point:
    """A week in a trend. y: None: there was nothing to meet."""

    x: float
    y: float | None


def trend(shares: Iterable[Share]) -> tuple[Point, ...]:
    """A point for each week, oldest first, over the whole width."""
    many = tuple(shares)
    step = (WIDE - LEFT - 10) / max(1, len(many) - 1)
    return tuple(
        Point(round(LEFT + n * step, 1), None if share.value is None else height(share.value))
        for n, share in enumerate(many)
    )


def height(share: float) -> float:
    """Where a share stands in it."""
    return round(TOP + HIGH * (1 - share), 1)


def path(points: Iterable[Point]) -> str:
    """A line through them; broken where a week has nothing."""
    said, drawing = [], False
    for point in points:
        if point.y is None:
            drawing = False
            continue
        said.append(f"{'L' if drawing else 'M'}{point.x} {point.y}")
        drawing = True
    return "".join(said)


def kinds(rates: Rates) -> tuple[Share, ...]:
    """All hours, evenings, nights: in the order they are told."""
    return rates.all_hours, rates.evenings, rates.nights
