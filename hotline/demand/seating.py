"""How many people do the expected calls ask of each desk, beside its floor and its cover?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, DeskName, LineName, Settings
from hotline.config.tables.demand import Demand, Targets
from hotline.demand.foretelling import Outlook
from hotline.rosters.question.needs import needs
from hotline.rosters.question.shifts import shifts
from hotline.rosters.week import week_of
from scheduling.demand.answered.busy import MOST
from scheduling.demand.counts import HALF_HOUR, half_hours, half_hours_around
from scheduling.demand.desks import Stream, asked_of_desks, unreached
from scheduling.demand.erlang import CoverageTarget
from scheduling.demand.seats import Promise
from scheduling.problem import ShiftKind, Span

HOUR: Final = timedelta(hours=1)
BEFORE: Final = timedelta(days=3)  # a shift that runs into the span began within so long before


@dataclass(frozen=True)
class Seats:
    """One desk's half hour.

    floor, cover: as its rows of cover say; needed: what the expected calls need; most: as many as
    the desk can seat, None if any number; load: conversations at once, in erlangs.
    """

    start: datetime
    floor: int
    cover: int
    needed: int
    most: int | None
    load: float

    @property
    def is_open(self) -> bool:
        """Whether the rows of cover ask for anybody."""
        return self.cover > 0

    @property
    def wanted(self) -> int:
        """What the forecast makes of the target: at least what is written, at most what fits."""
        fitting = self.needed if self.most is None else min(self.needed, self.most)
        return max(self.cover, fitting) if self.is_open else 0


@dataclass(frozen=True)
class DeskSeats:
    """One desk's half hours, and where its targets come from."""

    desk: DeskName
    source: Targets
    halves: tuple[Seats, ...]

    @property
    def by_forecast(self) -> bool:
        """Whether the target is `wanted`, not `cover` alone."""
        return self.source is Targets.FORECAST

    def target(self, half: Seats) -> int:
        """What a roster is asked for in one of the half hours."""
        return half.wanted if self.by_forecast else half.cover

    @property
    def above_floor(self) -> float:
        """The person-hours that the targets ask for beyond the floors."""
        return sum(self.target(half) - half.floor for half in self.halves) * (HALF_HOUR / HOUR)

    @property
    def short(self) -> tuple[Seats, ...]:
        """The open half hours whose calls need more people than the target."""
        return tuple(h for h in self.halves if h.is_open and h.needed > self.target(h))


def desks_seats(settings: Settings, outlook: Outlook) -> tuple[DeskSeats, ...]:
    """The seats of every desk in the outlook's half hours, in the order of the configuration."""
    assert settings.demand is not None  # or there were no outlook
    zone = settings.site.zone
    written = {desk.name: _written(desk, outlook, zone) for desk in settings.desks}
    promise = promise_of(settings.demand)
    asked = asked_of_desks(_streams(settings, outlook), _opened(written), promise, HALF_HOUR)
    return tuple(
        DeskSeats(
            desk=desk.name,
            source=desk.targets or Targets.COVER,
            halves=tuple(
                Seats(at, *covered, needed, most, load)
                for at, covered, needed, most, load in zip(
                    outlook.starts,
                    written[desk.name],
                    asked[desk.name].people,
                    _rooms(desk, outlook, zone),
                    asked[desk.name].load,
                    strict=True,
                )
            ),
        )
        for desk in settings.desks
    )


def lost_calls(settings: Settings, outlook: Outlook) -> Mapping[LineName, float]:
    """Of each line the expected calls that come while every desk of its chain is closed."""
    zone = settings.site.zone
    opened = _opened({desk.name: _written(desk, outlook, zone) for desk in settings.desks})
    pairs = zip(outlook.lines, _streams(settings, outlook), strict=True)
    return {line.line: sum(unreached(stream, opened)) for line, stream in pairs}


def promise_of(demand: Demand) -> Promise:
    """What callers are promised. The floor is no part of it: it stands in the rows of cover."""
    target = CoverageTarget(demand.share, timedelta(seconds=demand.within_seconds))
    return Promise(timedelta(minutes=demand.talk_minutes), target, floor=0)


def _streams(settings: Settings, outlook: Outlook) -> tuple[Stream, ...]:
    """The lines as desks see them."""
    return tuple(
        Stream(found.forecast.mean, min(found.forecast.busy, MOST), line.desks)
        for line, found in zip(settings.lines, outlook.lines, strict=True)
    )


def _written(desk: Desk, outlook: Outlook, zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """Floor and target of each half hour, as the desk's rows of cover have them."""
    asked = needs(desk, outlook.span, zone)
    heads = [need for need in asked if need.certificate is None and not need.standby]
    found = {at: (need.floor, need.target) for need in heads for at in _met(need.span)}
    return tuple(found.get(at, (0, 0)) for at in outlook.starts)


def _opened(
    written: Mapping[DeskName, Sequence[tuple[int, int]]],
) -> Mapping[str, tuple[bool, ...]]:
    """In which half hours each desk is open: where its rows of cover ask for anybody."""
    return {desk: tuple(target > 0 for _, target in halves) for desk, halves in written.items()}


def _rooms(desk: Desk, outlook: Outlook, zone: ZoneInfo) -> tuple[int | None, ...]:
    """How many people the desk's shifts hold in each half hour; None: any number."""
    first, last = week_of(outlook.span.start - BEFORE, zone), week_of(outlook.span.end, zone)
    rooms: dict[datetime, int | None] = {}
    week = first
    while week <= last:
        for shift in shifts(desk, week, zone):
            for at in () if shift.kind is ShiftKind.STANDBY else _met(shift.span):
                before = rooms.get(at, 0)
                rooms[at] = None if shift.most is None or before is None else before + shift.most
        week = week.shifted(1)
    return tuple(rooms.get(at) for at in outlook.starts)


def _met(span: Span) -> Iterator[datetime]:
    return half_hours(half_hours_around(span))
