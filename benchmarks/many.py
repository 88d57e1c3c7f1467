"""How long do the weeks of many desks take, here, in processes, and on a Dask cluster?

Run: python -m benchmarks.many [--desks 200] [--people 12] [--json]
Every way solves the same weeks in the same run; the rosters must be equal. The cluster is a
scheduler and two workers on 127.0.0.1, started before the clock is.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from benchmarks.loopback import NotStartedError, loopback
from benchmarks.made_up import CALLS, FOUR, Case, MissingDataError, calls_by_hour, week
from scheduling.many import Task, solve_many
from scheduling.places import Place
from scheduling.places.cluster import Cluster
from scheduling.places.local import Here, Processes
from scheduling.roster import Roster
from scheduling.solve import SolveLimits

CALLS_A_PERSON = 0.5  # a day; a desk is as large as its calls ask for


def _tasks(asked: argparse.Namespace) -> list[Task]:
    calls = calls_by_hour(asked.calls_file, CALLS_A_PERSON * asked.people)
    case, limits = Case(asked.people, FOUR, 3), SolveLimits(asked.seconds)
    return [Task(week(case, calls, asked.seed + n), limits) for n in range(asked.desks)]


def _rows(tasks: Sequence[Task]) -> Iterator[dict[str, object]]:
    """One row for each place, with the share of the time that solving here takes."""
    first = inline = None
    with loopback(workers=2) as cluster:
        places: list[tuple[str, int, Place]] = [
            ("here", 1, Here()),
            ("processes", 1, Processes(1)),
            ("processes", 2, Processes(2)),
            ("cluster", 2, Cluster(cluster.address, patience=60)),
        ]
        for name, workers, place in places:
            begun = monotonic()
            rosters, price = _solved(tasks, place)
            seconds = monotonic() - begun
            first, inline = first or rosters, inline or seconds
            yield {
                "place": name,
                "workers": workers,
                "desks": len(tasks),
                "seconds": round(seconds, 2),
                "share": round(seconds / inline, 3),
                "price": price,
                "same_rosters": rosters == first,
                "load": round(os.getloadavg()[0], 1),
            }


def _solved(tasks: Sequence[Task], place: Place) -> tuple[list[Roster], int]:
    results = [answer.result for answer in solve_many(tasks, place)]
    solved = [result for result in results if result is not None]
    return [result.roster for result in solved], sum(result.price for result in solved)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.many", description=__doc__)
    parser.add_argument("--calls-file", type=Path, default=CALLS)
    parser.add_argument("--desks", type=int, default=200)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(argv)


def main(argv: Sequence[str]) -> int:
    """Print one row for each place."""
    asked = _arguments(argv)
    rows = []
    try:
        for row in _rows(_tasks(asked)):
            rows.append(row)
            if not asked.json:
                _print_row(row, first=len(rows) == 1)
    except (MissingDataError, NotStartedError) as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    if asked.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    return 0 if all(row["same_rosters"] for row in rows) else 1


def _print_row(row: dict[str, object], *, first: bool) -> None:
    widths = {name: max(len(name), 9) for name in row}
    if first:
        sys.stdout.write("  ".join(f"{name:>{width}}" for name, width in widths.items()) + "\n")
    sys.stdout.write("  ".join(f"{row[name]!s:>{w}}" for name, w in widths.items()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
