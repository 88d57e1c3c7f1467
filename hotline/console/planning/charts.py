"""The answer rate of each hour of a week as a picture: the value, and the band most runs lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.planning.found import FoundHour

WIDE: Final = 28  # of an hour
HIGH: Final = 120  # from nothing to every call in time
LEFT: Final = 44
TOP: Final = 10
HOURS: Final = 24


@dataclass(frozen=True)
class DayPicture:
    """One day. band, value: paths; quiet: x of hours in which no call came in any run.

    worst: the hour of the lowest share, and that share; None: no call is expected that day.
    """

    day: date
    band: str
    value: str
    quiet: tuple[int, ...]
    calls: float
    unanswered: float
    worst: tuple[datetime, float] | None


@dataclass(frozen=True)
class Picture:
    """A week, a row for each day; the same scale for all. target: y of the share promised."""

    width: int
    height: int
    days: tuple[DayPicture, ...]
    target: float | None


def drawn(
    hours: Sequence[FoundHour], start: datetime, zone: ZoneInfo, target: float | None
) -> Picture:
    """The picture of these hours, of which the first begins at `start`."""
    by_day: dict[date, list[tuple[datetime, FoundHour]]] = {}
    for n, hour in enumerate(hours):
        at = (start + timedelta(hours=n)).astimezone(zone)
        by_day.setdefault(at.date(), []).append((at, hour))
    days = tuple(_day(day, found) for day, found in by_day.items())
    wanted = None if target is None else y_of(target)
    return Picture(LEFT + HOURS * WIDE + 8, TOP + HIGH + 22, days, wanted)


def x_of(hour: int) -> int:
    """Where an hour of the day begins."""
    return LEFT + hour * WIDE


def y_of(share: float) -> float:
    """Where a share stands."""
    return round(TOP + HIGH * (1 - share), 1)


def _day(day: date, found: Sequence[tuple[datetime, FoundHour]]) -> DayPicture:
    rated = [(at, hour.in_time) for at, hour in found if hour.in_time is not None]
    worst = min(rated, key=lambda each: each[1].value, default=None)
    return DayPicture(
        day=day,
        band=" ".join(
            f"M{x_of(at.hour)} {y_of(band.high)}h{WIDE}V{y_of(band.low)}h-{WIDE}z"
            for at, band in rated
        ),
        value=" ".join(f"M{x_of(at.hour)} {y_of(band.value)}h{WIDE}" for at, band in rated),
        quiet=tuple(x_of(at.hour) for at, hour in found if hour.in_time is None),
        calls=sum(hour.calls for _, hour in found),
        unanswered=sum(hour.unanswered for _, hour in found),
        worst=(worst[0], worst[1].value) if worst else None,
    )
