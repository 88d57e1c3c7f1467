"""make bench-calls: what answering costs beside a bare Flask route, on both databases."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from benchmarks.calls.ground import DATABASES, database, hang_up_all, site
from benchmarks.calls.inside import costs, first_and_last_phone, remember_past_calls, slower
from benchmarks.calls.outside import greeting, nothing, open_loop, rate, server
from benchmarks.calls.watching import board_share, supervisor
from hotline.dispatching import Dispatcher
from hotline.parts import Parts


@dataclass(frozen=True)
class Row:
    """One figure, and what it shall be. less: whether less is better."""

    database: str
    what: str
    found: float
    wanted: float
    less: bool = True

    @property
    def good(self) -> bool:
        """Whether it is as wanted."""
        return self.found <= self.wanted if self.less else self.found >= self.wanted


@dataclass(frozen=True)
class Size:
    """How much is asked."""

    times: int
    past: int
    seconds: float


def rows(kind: str, size: Size) -> Iterator[Row]:
    """Every figure on one database."""
    with database(kind) as url, site(url) as parts:
        yield from _phones(kind, parts)
        yield from _watched(kind, parts, size)
        spent = costs(parts, size.times)
        bare = spent["bare"]
        yield Row(kind, "CPU of a greeting / of a bare route", spent["greeting"] / bare, 5)
        visit = spent["visit"] / spent["greeting"]
        yield Row(kind, "CPU of a visit / of a greeting", visit, 1)
        yield from _served(kind, parts, size)
    with database(kind) as old, site(old) as parts, database(kind) as new, site(new) as young:
        yield from _with_a_past(kind, parts, young, size)


def _phones(kind: str, parts: Parts) -> Iterator[Row]:
    first, last = first_and_last_phone(parts)
    yield Row(kind, "first telephone rings after, s", first, 0.15)
    yield Row(kind, "20th telephone rings after, s", last, 0.4)


def _watched(kind: str, parts: Parts, size: Size) -> Iterator[Row]:
    """While nothing happens; and while somebody waits, so that running times move at each look."""
    token = supervisor(parts)
    with server(parts) as port:
        hang_up_all(parts.store, parts.clock())
        share = board_share(port, token, size.seconds)
        yield Row(kind, "50 people at a quiet board, share of a core", share, 0.05)
        rate(port, greeting(parts), 8)
        share = board_share(port, token, size.seconds)
        yield Row(kind, "50 people while 8 callers wait, share of a core", share, 0.05)


def _served(kind: str, parts: Parts, size: Size) -> Iterator[Row]:
    """In turn, for the machine may have other things to do. Callers hang up after a second."""
    with server(parts) as port, callers_leaving(parts):
        rate(port, greeting(parts), 80)
        shares = [
            1 / rate(port, nothing(parts), size.times) * rate(port, greeting(parts), size.times)
            for _ in range(3)
        ]
        least = {"sqlite": 0.25, "postgresql": 0.2}[kind]
        yield Row(kind, "rate of greetings / of a bare route", median(shares), least, less=False)
        for a_second, most in ((50, 50), (200, 150)):
            _, slowest = open_loop(port, greeting(parts), a_second, size.seconds)
            yield Row(kind, f"p99 at {a_second} a second, ms", slowest, most)


@contextmanager
def callers_leaving(parts: Parts) -> Iterator[None]:
    """Whoever has waited for a second is gone: a hotline has no thousands of callers at once."""

    def hang_up() -> int:
        hang_up_all(parts.store, parts.clock() - timedelta(seconds=1))
        return 0

    leaving = Dispatcher(hang_up, nap=0.5)
    leaving.start()
    try:
        yield
    finally:
        leaving.stop()


def _with_a_past(kind: str, parts: Parts, young: Parts, size: Size) -> Iterator[Row]:
    """parts, young: empty ones. Of both the planner knows what is in them, as on any real site."""
    remember_past_calls(parts.store, size.past)
    remember_past_calls(young.store, 1)
    for what, times in slower(parts, young, size.times).items():
        yield Row(kind, f"time of a {what} with {size.past:,} past calls / with 1", times, 1.1)


def main() -> int:
    """Measure and print; 0 whatever came out, for a busy machine is no mistake of the code."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--times", type=int, default=400, help="requests of each kind")
    options.add_argument("--past", type=int, default=1_000_000, help="calls that are over")
    options.add_argument("--seconds", type=float, default=10.0, help="of each open loop")
    options.add_argument("--database", choices=DATABASES, action="append")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    size = Size(asked.times, asked.past, asked.seconds)
    found = []
    for kind in asked.database or DATABASES:
        for row in rows(kind, size):
            found.append(row)
            if not asked.json:
                _print(row)
    if asked.json:
        shown = [{**vars(row), "good": row.good} for row in found]
        sys.stdout.write(json.dumps(shown) + "\n")
    return 0


def _print(row: Row) -> None:
    bound = f"{'at most' if row.less else 'at least'} {row.wanted:g}"
    sign = "" if row.good else "  MISSED"
    sys.stdout.write(f"{row.database:11} {row.what:58} {row.found:8.3f}   {bound}{sign}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
