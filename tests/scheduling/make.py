"""Small problems for the engine's tests; Monday 2026-11-23 00:00 UTC is hour 0."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from scheduling.problem import (
    Certificate,
    Limits,
    Need,
    Person,
    Pin,
    Prices,
    Problem,
    Rest,
    Shift,
    ShiftKind,
    Span,
)
from scheduling.roster import Assignment, Roster

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
AFTER_ALL = MONDAY + timedelta(days=400)


def at(hour: float) -> datetime:
    """The instant so many hours after Monday 00:00 UTC."""
    return MONDAY + timedelta(hours=hour)


def span(start: float, end: float) -> Span:
    """From hour to hour."""
    return Span(at(start), at(end))


def shift(
    name: str,
    start: float,
    end: float,
    kind: ShiftKind = ShiftKind.DAY,
    *,
    desk: str = "nanjing",
    certificates: Iterable[str] = (),
    weekend: bool = False,
    most: int | None = None,
    day: int | None = None,
    handover: float = 0,
) -> Shift:
    """A shift from hour to hour; handover: hours after its end."""
    held, after = frozenset(certificates), timedelta(hours=handover)
    return Shift(name, desk, kind, span(start, end), held, weekend, most, day, after)


def limits(shifts: int = 7, hours: float = 168, nights: int = 7, nights_running: int = 7) -> Limits:
    """Limits that bind only where a test says so."""
    return Limits(shifts, timedelta(hours=hours), nights, nights_running)


def person(
    name: str,
    *,
    desks: Iterable[str] = ("nanjing",),
    certificates: Iterable[Certificate] = (),
    available: Iterable[Span] | None = None,
    most: Limits | None = None,
    preferred: Iterable[Span] = (),
    unwanted: Iterable[Span] = (),
    history: Iterable[Shift] = (),
    nights_before: int = 0,
    weekends_before: int = 0,
    absent: Iterable[Span] = (),
) -> Person:
    """A person who can always come, unless a test says otherwise."""
    return Person(
        id=name,
        desks=frozenset(desks),
        certificates=tuple(certificates),
        available=(span(-48, 240),) if available is None else tuple(available),
        limits=most or limits(),
        preferred=tuple(preferred),
        unwanted=tuple(unwanted),
        history=tuple(history),
        nights_before=nights_before,
        weekends_before=weekends_before,
        absent=tuple(absent),
    )


def certificate(name: str, since: float | None = None, until: float = 9600) -> Certificate:
    """A certificate valid from hour to hour."""
    return Certificate(name, at(until), None if since is None else at(since))


def need(
    start: float,
    end: float,
    floor: int = 1,
    target: int | None = None,
    *,
    desk: str = "nanjing",
    certificate: str | None = None,
) -> Need:
    """So many heads from hour to hour; the target equals the floor unless given."""
    return Need(desk, span(start, end), floor, floor if target is None else target, certificate)


def problem(
    people: Iterable[Person],
    shifts: Iterable[Shift],
    needs: Iterable[Need] = (),
    pins: Iterable[tuple[str, str]] = (),
    *,
    rest: Rest | None = None,
    prices: Prices | None = None,
    hours: float = 168,
) -> Problem:
    """One week from Monday 00:00 UTC."""
    return Problem(
        horizon=span(0, hours),
        people=tuple(people),
        shifts=tuple(shifts),
        needs=tuple(needs),
        pins=tuple(Pin(who, what) for who, what in pins),
        rest=rest or Rest(),
        prices=prices or Prices(),
    )


def roster(*assignments: tuple[str, str]) -> Roster:
    """A roster of (person, shift)."""
    return Roster(tuple(sorted(Assignment(what, who) for who, what in assignments)))
