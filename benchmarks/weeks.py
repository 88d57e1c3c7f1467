"""How fast is a hotline's week proven best? Demand by the real hour of the week, made-up people.

Run: python -m benchmarks.weeks [--people 60 ...] [--seconds 30] [--json]
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from scheduling.roster import Result
from scheduling.solve import SolveLimits, build_roster

CALLS: Final = Path("../shared/data/calls/crisis_hour_of_week.csv")
MONDAY: Final = datetime(2026, 11, 22, 16, tzinfo=UTC)  # 2026-11-23 00:00 in Asia/Shanghai
HOUR: Final = timedelta(hours=1)
WEEK: Final = Span(MONDAY, MONDAY + 168 * HOUR)
TALK: Final = timedelta(minutes=30)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DESK: Final = "hotline"


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
    return Problem(WEEK, people, tuple(_shifts(case.templates)), tuple(_needs(calls)))


def _shifts(templates: Sequence[Template]) -> Iterator[Shift]:
    for day in range(7):
        for one in templates:
            span = _hours(24 * day + one.start, one.hours)
            yield Shift(f"{DESK}/{day + 1}/{one.name}", DESK, one.kind, span, weekend=day > 4)


def _needs(calls: Mapping[int, float]) -> Iterator[Need]:
    for hour in range(168):
        heads = heads_needed(calls[hour], TALK, CoverageTarget())
        yield Need(DESK, _hours(hour, 1), 2, max(2, heads))
        if hour % 24 >= 22 or hour % 24 < 8:
            yield Need(DESK, _hours(hour, 1), 1, 1, "crisis")


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


def _row(case: Case, result: Result) -> dict[str, object]:
    below = sum(gap.missing * (gap.span.length / HOUR) for gap in result.gaps if gap.below_floor)
    return {
        "people": case.people,
        "shift_kinds": len(case.templates),
        "most_shifts": case.most_shifts,
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        "gap_percent": round(100 * (result.price - result.bound) / max(1, abs(result.price)), 4),
        "gaps": len(result.gaps),
        "head_hours_missing_below_floor": below,
        "patterns": result.patterns,
        "seconds": round(result.seconds, 2),
    }


def _cases(people: Sequence[int]) -> list[Case]:
    usual = [Case(count, FOUR, 3) for count in people]
    return [*usual, Case(people[0], EIGHT, 5)]


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.weeks", description=__doc__)
    parser.add_argument("--calls-file", type=Path, default=CALLS)
    parser.add_argument("--calls-a-day", type=float, default=60.0)
    parser.add_argument("--people", type=int, nargs="+", default=[60, 30, 120, 240])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Print one row for each number of people, and one with eight shift kinds a day."""
    asked = _arguments(argv)
    try:
        calls = calls_by_hour(asked.calls_file, asked.calls_a_day)
    except MissingDataError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    rows = []
    for case in _cases(asked.people):
        limits = SolveLimits(seconds=asked.seconds, seed=asked.seed)
        rows.append(_row(case, build_roster(week(case, calls, asked.seed), limits)))
        if not asked.json:
            _print_row(rows[-1], first=len(rows) == 1)
    if asked.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    return 0


def _print_row(row: Mapping[str, object], *, first: bool) -> None:
    if first:
        sys.stdout.write("  ".join(row) + "\n")
    cells = (f"{value!s:>{len(name)}}" for name, value in row.items())
    sys.stdout.write("  ".join(cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
