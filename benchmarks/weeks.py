"""How good and how fast is a hotline's week? Demand by the real hour of the week, made-up people.

Run: python -m benchmarks.weeks [--people 60 ...] [--seconds 30] [--cells] [--province] [--json]
With --cells the baseline of `cells.py` solves each week of one desk, too, with the same limits.
Every solver has a process of its own, one after another, so that its memory is its own.
"""

import argparse
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks import cells
from benchmarks.made_up import (
    CALLS,
    EIGHT,
    FOUR,
    HOUR,
    Case,
    MissingDataError,
    Province,
    calls_by_hour,
    province,
    week,
)
from scheduling.problem import Problem
from scheduling.roster import LevelPrice, Result
from scheduling.solve import SolveLimits, build_roster
from scheduling.telling.levels import Level

Row = dict[str, object]
LARGEST_OF_EIGHT = 120  # people, where there are eight kinds of shift a day
PROVINCE = Province(people=2000, desks=40)
PROVINCE_SECONDS = 120.0
BASELINE = {  # columns of the table
    "cells": "status",
    "cells_s": "seconds",
    "cells_gap_%": "gap_percent",
    "times": "times_seconds",
    "levels_are": "levels_are",
}


def _rows(asked: argparse.Namespace, calls: Mapping[int, float]) -> Iterator[Row]:
    limits = SolveLimits(seconds=asked.seconds, seed=asked.seed, workers=asked.workers)
    for case in _cases(asked.people):
        problem = week(case, calls, asked.seed)
        row = {**_size(problem, len(case.templates), case.most_shifts), **_ours(problem, limits)}
        yield {**row, "cells": _theirs(problem, limits, row) if asked.cells else None}
    if asked.province:
        problem = province(PROVINCE, calls, asked.seed)
        longer = replace(limits, seconds=PROVINCE_SECONDS)
        yield {**_size(problem, len(FOUR), 3), **_ours(problem, longer), "cells": None}


def _cases(people: Sequence[int]) -> list[Case]:
    usual = [Case(count, FOUR, 3) for count in people]
    return [*usual, *(Case(count, EIGHT, 5) for count in people if count <= LARGEST_OF_EIGHT)]


def _size(problem: Problem, kinds: int, most_shifts: int) -> Row:
    return {
        "people": len(problem.people),
        "desks": len({shift.desk for shift in problem.shifts}),
        "shift_kinds": kinds,
        "most_shifts": most_shifts,
    }


def _ours(problem: Problem, limits: SolveLimits) -> Row:
    return _alone(_engine, problem, limits)


def _theirs(problem: Problem, limits: SolveLimits, ours: Row) -> Row:
    """The baseline, and how it compares: its seconds in ours, its levels beside ours."""
    row = _alone(_baseline, problem, limits)
    mine, other = _prices(ours), _prices(row)
    beside = "equal" if other == mine else "better" if other < mine else "worse"
    return {**row, "times_seconds": _times(row, ours), "levels_are": beside}


def _prices(row: Row) -> list[int]:
    levels = row["levels"]
    assert isinstance(levels, dict)
    return [level["price"] for level in levels.values()]


def _times(row: Row, ours: Row) -> float:
    theirs, mine = row["seconds"], ours["seconds"]
    assert isinstance(theirs, float)
    assert isinstance(mine, float)
    return round(theirs / max(0.01, mine), 1)


def _alone(
    solve: Callable[[Problem, SolveLimits], Row], problem: Problem, limits: SolveLimits
) -> Row:
    """What `solve` answers in a fresh process, with the load before and its most memory."""
    load = os.getloadavg()[0]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        row = process.submit(solve, problem, limits).result()
    return {**row, "load": round(load, 1)}


def _engine(problem: Problem, limits: SolveLimits) -> Row:
    result = build_roster(problem, limits)
    return {
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        **_judged(result.levels, result.seconds),
        "gaps": len(result.gaps),
        "head_hours_missing_below_floor": _below_floor(result),
        "patterns": result.patterns,
    }


def _baseline(problem: Problem, limits: SolveLimits) -> Row:
    outcome = cells.build_roster(problem, limits)
    return {"status": outcome.status.value, **_judged(outcome.levels, outcome.seconds)}


def _judged(levels: Sequence[LevelPrice], seconds: float) -> Row:
    return {
        "levels": {one.level: {"price": one.price, "bound": one.bound} for one in levels},
        "gap_percent": gap_percent(levels),
        "seconds": round(seconds, 2),
        "most_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def gap_percent(levels: Sequence[LevelPrice]) -> float:
    """All prices less all bounds, in hundredths of the prices of all levels without their sign."""
    apart = sum(one.price - one.bound for one in levels)
    return round(100 * apart / max(1, sum(abs(one.price) for one in levels)), 4)


def _below_floor(result: Result) -> float:
    return sum(gap.missing * (gap.span.length / HOUR) for gap in result.gaps if gap.below_floor)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.weeks", description=__doc__)
    parser.add_argument("--calls-file", type=Path, default=CALLS)
    parser.add_argument("--calls-a-day", type=float, default=60.0)
    parser.add_argument("--people", type=int, nargs="+", default=[30, 60, 120, 240, 300])
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    for name in ("--cells", "--province"):
        parser.add_argument(name, action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Print one row for each week; 2 when the calls are missing."""
    asked = _arguments(argv)
    try:
        calls = calls_by_hour(asked.calls_file, asked.calls_a_day)
    except MissingDataError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    rows = []
    for row in _rows(asked, calls):
        rows.append(row)
        if not asked.json:
            _print_row(_shown(row), first=len(rows) == 1)
    if asked.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    return 0


def _shown(row: Row) -> Row:
    """A row in narrow columns: of each level the price, and the bound where it is another."""
    shown = {
        "people": row["people"],
        "kinds": row["shift_kinds"],
        "status": row["status"],
        "seconds": row["seconds"],
        **_levels_of(row),
        "gap_%": row["gap_percent"],
        "load": row["load"],
        "MiB": row["most_memory_mib"],
    }
    baseline = row["cells"]
    if isinstance(baseline, dict):
        shown |= {title: baseline[name] for title, name in BASELINE.items()}
    return shown


def _levels_of(row: Row) -> Row:
    levels = row["levels"]
    assert isinstance(levels, dict)
    return {
        name: str(one["price"]) + (f">{one['bound']}" if one["bound"] < one["price"] else "")
        for name, one in levels.items()
    }


def _print_row(row: Mapping[str, object], *, first: bool) -> None:
    levels = {level.title for level in Level}
    widths = {name: max(len(name), 13 if name in levels else 8) for name in row}
    if first:
        sys.stdout.write("  ".join(f"{name:>{width}}" for name, width in widths.items()) + "\n")
    sys.stdout.write("  ".join(f"{row[name]!s:>{width}}" for name, width in widths.items()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
