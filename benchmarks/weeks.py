"""How fast is a hotline's week proven best? Demand by the real hour of the week, made-up people.

Run: python -m benchmarks.weeks [--people 60 ...] [--seconds 30] [--json]
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.made_up import (
    CALLS,
    EIGHT,
    FOUR,
    HOUR,
    Case,
    MissingDataError,
    calls_by_hour,
    week,
)
from scheduling.roster import Result
from scheduling.solve import SolveLimits, build_roster


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
