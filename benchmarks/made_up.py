"""Made-up weeks for the benchmarks: demand by the real hour of the week, people from a seed."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from scheduling.demand.erlang import CoverageTarget, heads_needed
from scheduling.problem import (
    Certificate,
    Limits,
    Need,
    Person,
    Problem,
    Shift,
    ShiftKind,
    Span,
)

CALLS: Final = Path("../shared/data/calls/crisis_hour_of_week.csv")
MONDAY: Final = datetime(2026, 11, 22, 16, tzinfo=UTC)  # 2026-11-23 00:00 in Asia/Shanghai
HOUR: Final = timedelta(hours=1)
WEEK: Final = Span(MONDAY, MONDAY + 168 * HOUR)
TALK: Final = timedelta(minutes=30)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DESK: Final = "hotline"
REGIONS: Final = 4


@dataclass(frozen=True)
class Template:
    """A shift of every day, site time."""

    name: str
    kind: ShiftKind
    start: int
    hours: int


FOUR: Final = (
    Template("morning", ShiftKind.DAY, 8, 5),
    Template("afternoon", ShiftKind.DAY, 13, 5),
    Template("evening", ShiftKind.EVENING, 18, 4),
    Template("night", ShiftKind.NIGHT, 22, 10),
)
EIGHT: Final = (
    Template("early", ShiftKind.DAY, 8, 4),
    Template("late-morning", ShiftKind.DAY, 10, 4),
    Template("noon", ShiftKind.DAY, 12, 4),
    Template("afternoon", ShiftKind.DAY, 14, 4),
    Template("late-afternoon", ShiftKind.DAY, 16, 4),
    Template("evening", ShiftKind.EVENING, 18, 4),
    Template("late", ShiftKind.EVENING, 20, 4),
    Template("night", ShiftKind.NIGHT, 22, 10),
)


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    people: int
    templates: tuple[Template, ...]
    most_shifts: int


@dataclass(frozen=True)
class Province:
    """The row of many desks, of which `REGIONS` work by night only."""

    people: int
    desks: int


class MissingDataError(Exception):
    """The real input is not where it should be."""


def calls_by_hour(path: Path, calls_a_day: float) -> Mapping[int, float]:
    """Expected calls in each hour of the week (Monday 00:00 is 0), scaled to a daily mean."""
    if not path.is_file():
        raise MissingDataError(f"The calls by hour of the week are missing: no file at {path}.")
    with path.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    counts = {DAYS.index(r["event_dow"]) * 24 + int(r["event_hour"]): int(r["n"]) for r in rows}
    scale = 7 * calls_a_day / sum(counts.values())
    return {hour: counts[hour] * scale for hour in range(168)}


def week(case: Case, calls: Mapping[int, float], seed: int) -> Problem:
    """A complete week for one desk."""
    draw = Random(seed)
    people = tuple(_person(draw, number, case) for number in range(case.people))
    return Problem(WEEK, people, tuple(_shifts(DESK, case.templates)), tuple(_needs(DESK, calls)))


def province(case: Province, calls: Mapping[int, float], seed: int) -> Problem:
    """A complete week of all desks. Each city answers by day, its region's desk by night.

    Everybody belongs to a city and to the night desk of their region, every fifth to the next
    region's as well, so that nothing of it can be planned for itself.
    """
    draw = Random(seed)
    made = Case(case.people, FOUR, 3)
    people = (_person(draw, number, made) for number in range(case.people))
    cities = [f"city-{number:02}" for number in range(case.desks - REGIONS)]
    nights = [f"night-{number}" for number in range(REGIONS)]
    shifts = [s for city in cities for s in _shifts(city, FOUR[:3])]
    shifts += [s for night in nights for s in _shifts(night, FOUR[3:])]
    needs = [n for city in cities for n in _needs(city, calls) if not _is_night(n)]
    share = len(cities) / REGIONS
    together = {hour: count * share for hour, count in calls.items()}
    needs += [n for night in nights for n in _needs(night, together) if _is_night(n)]
    settled = (_settled(cities, nights, number, person) for number, person in enumerate(people))
    return Problem(WEEK, tuple(settled), tuple(shifts), tuple(needs))


def _settled(cities: Sequence[str], nights: Sequence[str], number: int, person: Person) -> Person:
    """The person at the desks that their number gives them."""
    city = number % len(cities)
    region = city * REGIONS // len(cities)
    desks = {cities[city], nights[region]}
    if number % 5 == 0:
        desks.add(nights[(region + 1) % REGIONS])
    return replace(person, desks=frozenset(desks), history=())


def _is_night(need: Need) -> bool:
    hour = (need.span.start - MONDAY) // HOUR % 24
    return hour >= 22 or hour < 8


def _shifts(desk: str, templates: Sequence[Template]) -> Iterator[Shift]:
    for day in range(7):
        for one in templates:
            span = _hours(24 * day + one.start, one.hours)
            yield Shift(f"{desk}/{day + 1}/{one.name}", desk, one.kind, span, weekend=day > 4)


def _needs(desk: str, calls: Mapping[int, float]) -> Iterator[Need]:
    for hour in range(168):
        heads = heads_needed(calls[hour], TALK, CoverageTarget())
        yield Need(desk, _hours(hour, 1), 2, max(2, heads))
        if hour % 24 >= 22 or hour % 24 < 8:
            yield Need(desk, _hours(hour, 1), 1, 1, "crisis")


def _person(draw: Random, number: int, case: Case) -> Person:
    """Somebody with days they can't, times they'd rather, limits, and a past."""
    until = MONDAY + timedelta(days=draw.choice([3, 200, 200, 200, 200]))
    return Person(
        id=f"volunteer-{number:03}",
        desks=frozenset({DESK}),
        certificates=(Certificate("crisis", until),) if draw.random() < 0.4 else (),
        available=tuple(_available(draw)),
        limits=Limits(
            shifts=draw.randint(1, case.most_shifts),
            hours=draw.choice([8, 12, 16, 20]) * HOUR * (case.most_shifts / 3),
            nights=draw.choice([0, 1, 1, 2]),
            nights_running=1,
        ),
        preferred=tuple(_hours(24 * day + 6, 18) for day in range(7) if draw.random() < 0.15),
        unwanted=tuple(_hours(24 * day + 12, 12) for day in range(7) if draw.random() < 0.15),
        history=(_sunday_night(),) if number < 3 else (),
        nights_before=draw.choice([-1, 0, 0, 0, 1]),
        weekends_before=draw.choice([-1, 0, 0, 0, 1]),
    )


def _available(draw: Random) -> Iterator[Span]:
    """Most days something: all of it, the day, from noon, or the evening and night."""
    for day in range(7):
        start, hours = draw.choice([(6, 28), (6, 28), (6, 16), (12, 22), (17, 17), (0, 0)])
        if hours:
            yield _hours(24 * day + start, hours)


def _sunday_night() -> Shift:
    return Shift("last-week/night", DESK, ShiftKind.NIGHT, _hours(-2, 10), weekend=True)


def _hours(start: int, hours: int) -> Span:
    return Span(MONDAY + start * HOUR, MONDAY + (start + hours) * HOUR)
