"""Required against rostered, half hour by half hour, and the rates. Where who lacks: `gaps`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, DeskName, Line, LineName, Settings
from hotline.duty import Rota, Volunteer, on_duty, on_standby, rostered, undisturbed
from hotline.duty.stretches import stretches
from hotline.rates import Rates as Rates
from hotline.rates import Share as Share
from hotline.rates import of_hours
from hotline.rosters.question.needs import needs
from hotline.rosters.question.raising import AS_WRITTEN, NO_MORE, Raised, raised
from scheduling.problem import Need, ShiftKind, Span

HALF_HOUR = timedelta(minutes=30)


class Level(StrEnum):
    """How well a half hour is staffed, worst first."""

    SHORT = "short"  # fewer people than the floor
    UNCERTIFIED = "uncertified"  # enough people, but not enough with a certificate it asks for
    FLOOR = "floor"  # the floor is kept, the target is not
    TARGET = "target"
    CLOSED = "closed"  # nobody is asked for


@dataclass(frozen=True)
class Certified:
    """How many with a certificate, or on standby, a half hour must have, and has."""

    name: str
    floor: int
    rostered: int


@dataclass(frozen=True)
class HalfHour:
    """One desk's half hour, as it stands when it starts."""

    start: datetime
    floor: int
    target: int
    rostered: int
    certified: tuple[Certified, ...] = ()

    @property
    def required(self) -> bool:
        """Whether anybody must be there."""
        return self.floor > 0 or any(each.floor > 0 for each in self.certified)

    @property
    def level(self) -> Level:
        """How well it is staffed."""
        if self.rostered < self.floor:
            return Level.SHORT
        if any(each.rostered < each.floor for each in self.certified):
            return Level.UNCERTIFIED
        if self.rostered < self.target:
            return Level.FLOOR
        return Level.TARGET if self.required or self.target else Level.CLOSED

    @property
    def kept(self) -> bool:
        """Whether every floor is kept."""
        return self.level not in (Level.SHORT, Level.UNCERTIFIED)


@dataclass(frozen=True)
class DeskCoverage:
    """One desk's half hours, and the share of the required ones in which the floors are kept."""

    desk: DeskName
    halves: tuple[HalfHour, ...]
    rates: Rates


@dataclass(frozen=True)
class LineCoverage:
    """The share of all half hours in which somebody is on duty who may answer the line."""

    line: LineName
    rates: Rates


@dataclass(frozen=True)
class Coverage:
    """All desks and lines over one span; `rates` is over all desks together."""

    span: Span
    desks: tuple[DeskCoverage, ...]
    lines: tuple[LineCoverage, ...]
    rates: Rates


def coverage(
    settings: Settings,
    rota: Rota,
    span: Span,
    more: Raised = NO_MORE,
    only: Collection[DeskName] | None = None,
) -> Coverage:
    """What is required in `span`, `more` where calls raised targets, and what `rota`, which must
    hold it, gives. only: desks, if not of all; lines are told with their whole chains.
    """
    zone = settings.site.zone
    starts = tuple(_half_hours(span))
    expected = undisturbed(rota)
    shown = [desk for desk in settings.desks if only is None or desk.name in only]
    asked = [
        tuple(raised(needs(desk, span, zone), more.get(desk.name, AS_WRITTEN))) for desk in shown
    ]
    pairs = zip(shown, asked, strict=True)
    desks = tuple(_desk_coverage(desk, expected, starts, needed, zone) for desk, needed in pairs)
    lines = tuple(_line_coverage(line, settings, expected, starts) for line in settings.lines)
    return Coverage(span, desks, lines, _rates_of(desks, zone))


def _half_hours(span: Span) -> Iterator[datetime]:
    at = span.start
    while at < span.end:
        yield at
        at += HALF_HOUR


def _desk_coverage(
    desk: Desk, rota: Rota, starts: Sequence[datetime], asked: Sequence[Need], zone: ZoneInfo
) -> DeskCoverage:
    cuts = [at for need in asked for at in (need.span.start, need.span.end)]
    halves: list[HalfHour] = []
    for same, there in stretches(rota, {desk.name}, starts, cuts):
        half = _half_hour(desk, asked, there, same[0])
        counted = (half.floor, half.target, half.rostered, half.certified)
        halves.extend(HalfHour(at, *counted) for at in same)
    return DeskCoverage(desk.name, tuple(halves), _rates_of_halves(halves, zone))


def _half_hour(desk: Desk, asked: Sequence[Need], rota: Rota, at: datetime) -> HalfHour:
    people = rostered(rota, desk, at)
    now = [need for need in asked if need.span.start <= at < need.span.end]
    heads = next((need for need in now if need.certificate is None and not need.standby), None)
    waiting = tuple(
        Certified(ShiftKind.STANDBY.value, need.floor, len(on_standby(rota, desk, at)))
        for need in now
        if need.standby
    )
    return HalfHour(
        start=at,
        floor=heads.floor if heads else 0,
        target=heads.target if heads else 0,
        rostered=len(people),
        certified=tuple(
            Certified(need.certificate, need.floor, _holding(people, need.certificate, at))
            for need in now
            if need.certificate is not None
        )
        + waiting,
    )


def _holding(people: Iterable[Volunteer], certificate: str, at: datetime) -> int:
    never = datetime.min.replace(tzinfo=UTC)
    return sum(at < person.certificates.get(certificate, never) for person in people)


def _line_coverage(
    line: Line, settings: Settings, rota: Rota, starts: Sequence[datetime]
) -> LineCoverage:
    desks = {*line.desks, *(desk for each in rota.changes for desk in each.desks)}
    cuts = starts if line.certificates else ()  # which it may ask for by the clock
    reached: list[tuple[datetime, bool]] = []
    for same, there in stretches(rota, desks, starts, cuts):
        staffed = on_duty(there, line, settings, same[0]).staffed
        reached.extend((at, staffed) for at in same)
    return LineCoverage(line.name, _rates(reached, settings.site.zone))


def _rates_of(desks: Iterable[DeskCoverage], zone: ZoneInfo) -> Rates:
    return _rates_of_halves([half for desk in desks for half in desk.halves], zone)


def _rates_of_halves(halves: Iterable[HalfHour], zone: ZoneInfo) -> Rates:
    return _rates([(half.start, half.kept) for half in halves if half.required], zone)


def _rates(answers: Sequence[tuple[datetime, bool]], zone: ZoneInfo) -> Rates:
    local = [(at.astimezone(zone).hour, met) for at, met in answers]
    return of_hours(partial(_share, local))


def _share(answers: Sequence[tuple[int, bool]], counts: Callable[[int], bool]) -> Share:
    counted = [met for hour, met in answers if counts(hour)]
    return Share(sum(counted), len(counted))
