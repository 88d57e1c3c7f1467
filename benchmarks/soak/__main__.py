"""Break one thing after another while callers call, and tell what became of them.

python -m benchmarks.soak [--minutes 10] [--only FAULT] [--json]
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from benchmarks.soak.breaking import FAULTS, Fault, telephones
from benchmarks.soak.house import House, open_house
from benchmarks.soak.judging import Evidence, Figures, bound_people, with_outcome
from benchmarks.soak.people import caller
from hotline.ports import CallSid, system_clock

SECONDS_OF_CALLS: Final = 8.0  # of each fault
CALLS_A_SECOND: Final = 1.0
SECONDS_AFTER: Final = (
    15.0  # at most, before the next fault; who waits longer is counted all the same
)
LAST_CALLS_END: Final = 150.0
LAST_OUTCOMES: Final = 75.0  # a caller who fell silent is noted after 45


@click.command()
@click.option("--minutes", default=10.0, show_default=True, type=click.FloatRange(min=0.2))
@click.option("--only", multiple=True, metavar="FAULT", help="These faults alone, by their names.")
@click.option("--seed", default=1, show_default=True, help="Other callers with another number.")
@click.option("--logs", type=click.Path(path_type=Path, file_okay=False), help="Keep the logs.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def soak(
    minutes: float, only: tuple[str, ...], seed: int, logs: Path | None, as_json: bool
) -> None:
    """Exit code 1 unless every figure but calls and waits is 0."""
    chosen = [fault for fault in FAULTS if not only or fault.name in only]
    if unknown := set(only) - {fault.name for fault in FAULTS}:
        raise click.UsageError(f"There is no fault {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        place = logs or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        rows, bound, told = _played(place, chosen, minutes, seed)
    if as_json:
        click.echo(json.dumps({"faults": [row.as_json() for row in rows], "still_bound": bound}))
    else:
        _show(rows, bound)
    for story in told:
        click.echo(story, err=True)
    sys.exit(0 if not bound and all(row.sound for row in rows) else 1)


def _played(
    folder: Path, faults: Sequence[Fault], minutes: float, seed: int
) -> tuple[tuple[Figures, ...], int, list[str]]:
    chance, dialled = random.Random(seed), dict[CallSid, str]()
    with open_house(folder) as house:
        for fault in _while_there_is_time(faults, minutes * 60):
            dialled |= dict.fromkeys(_one(house, fault, chance), fault.name)
        _until(LAST_CALLS_END, lambda: _all_ended(house, list(dialled)))
        _until(LAST_OUTCOMES, lambda: set(dialled) <= with_outcome(house.store))
        _until(LAST_OUTCOMES, lambda: not bound_people(house.store))
        evidence = Evidence(house.carrier, house.store, dialled)
        return evidence.rows(), bound_people(house.store), list(evidence.stories())


def _while_there_is_time(faults: Sequence[Fault], seconds: float) -> Iterator[Fault]:
    last = time.monotonic() + seconds
    for fault in cycle(faults):
        if time.monotonic() >= last:
            return
        yield fault


def _one(house: House, fault: Fault, chance: random.Random) -> list[CallSid]:
    """Play one fault, and wait a while for its calls to end. Returns who called."""
    telephones(house, chance, fault)
    now = system_clock()
    times = [chance.uniform(0, 1) for _ in range(fault.burst)]
    times += [
        chance.uniform(0, SECONDS_OF_CALLS) for _ in range(round(SECONDS_OF_CALLS * CALLS_A_SECOND))
    ]
    with fault.breaks(house):
        sids = [
            house.carrier.dial(caller(chance, now + timedelta(seconds=at), fault.patience))
            for at in times
        ]
        time.sleep(SECONDS_OF_CALLS)
    _until(SECONDS_AFTER, lambda: _all_ended(house, sids))
    return sids


def _until(seconds: float, ask: Callable[[], bool]) -> None:
    last = time.monotonic() + seconds
    while time.monotonic() < last and not ask():
        time.sleep(0.5)


def _all_ended(house: House, sids: Sequence[CallSid]) -> bool:
    ended = {call.sid for call in house.carrier.calls() if call.ended_at is not None}
    return ended.issuperset(sids)


def _show(rows: Sequence[Figures], bound: int) -> None:
    table = Table(box=None)
    for heading in (
        "what breaks",
        "calls",
        "stranded",
        "double-booked",
        "ringing for nobody",
        "outcomes missing",
        "longest wait",
    ):
        table.add_column(heading, justify="left" if heading == "what breaks" else "right")
    for row in rows:
        figures = (
            row.calls,
            row.stranded,
            row.double_booked,
            row.ringing_for_nobody,
            row.outcomes_missing,
        )
        table.add_row(row.fault, *map(str, figures), f"{row.longest_wait:.0f} s")
    out = Console(width=None if sys.stdout.isatty() else 130)
    out.print(table)
    out.print(f"{bound} people still bound to a call at the end.")


if __name__ == "__main__":
    soak()
