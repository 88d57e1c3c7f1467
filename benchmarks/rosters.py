"""How good are rosters of many weeks? The public staff-scheduling files, audited independently.

Run: python -m benchmarks.rosters FILE... [--seconds 60] [--seed 1] [--json]
"""

import argparse
import json
import os
import resource
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from math import inf
from pathlib import Path
from time import monotonic

from scheduling.columns.solve import Limits, best_plan
from scheduling.formats import audit
from scheduling.formats.sections import FormatError
from scheduling.formats.shift_scheduling import read_file


def row(path: Path, limits: Limits) -> dict[str, object]:
    """One file solved and audited. Raises FormatError when it can't be read."""
    begun, load = monotonic(), os.getloadavg()[0]
    instance = read_file(path)
    found = best_plan(instance, limits)
    price = audit.price(instance, found.plan)
    return {
        "instance": path.stem,
        "price": price,
        "bound": found.bound,
        "status": found.status.value,
        "seconds": round(monotonic() - begun, 2),
        "gap_percent": round(100 * (price - found.bound) / max(1, price), 3),
        "breaches": list(audit.breaches(instance, found.plan)),
        "left_out": list(found.left_out),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "most_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main(argv: Sequence[str]) -> int:
    """Print one row a file; 2 when a file can't be read, 1 when the auditor objects."""
    asked = _arguments(argv)
    rows, unreadable = [], 0
    for path in asked.files:
        try:
            rows.append(row(path, Limits(seconds=asked.seconds, seed=asked.seed)))
        except FormatError as error:
            sys.stderr.write(f"{error}\n")
            unreadable = 2
            continue
        if not asked.json:
            _print_row(rows[-1], first=len(rows) == 1)
    if asked.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
    return unreadable or int(any(one["breaches"] for one in rows))


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.rosters", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--seconds", type=_seconds, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(argv)


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(text)) < inf:
            return seconds
    raise argparse.ArgumentTypeError(f"a number of seconds above 0 is asked for, not {text}")


def _print_row(one: Mapping[str, object], *, first: bool) -> None:
    shown = {name: value for name, value in one.items() if not isinstance(value, list) or value}
    if first:
        sys.stdout.write("  ".join(f"{name:>11}" for name in shown) + "\n")
    sys.stdout.write("  ".join(f"{value!s:>11}" for value in shown.values()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
