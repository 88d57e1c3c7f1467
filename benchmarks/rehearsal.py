"""How fast is a week of many calls rehearsed, and does it agree with the exact values of Erlang A?

Run: python -m benchmarks.rehearsal [--calls N] [--erlang-calls N] [--json]. Both use the
telephone's own decision (hotline/rosters/rehearsal/switchboard.py). Seconds are of CPU, the
least of three.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config import settings_from
from hotline.config.settings import DeskName, Language, Settings
from hotline.duty import Duty, PersonId, Rota, Volunteer
from hotline.rosters.rehearsal.expected import ways_of
from hotline.rosters.rehearsal.switchboard import Roster
from hotline.samples.arrivals import hour_of_week
from scheduling.demand.answered.patience import Waits
from scheduling.problem import Span
from scheduling.rehearsal.callers import Habits, Rates, TalkLaw, drawn
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Outcome, Stage
from scheduling.rehearsal.tally import Tally

MONDAY: Final = datetime(2026, 11, 23, tzinfo=UTC)
WEEK: Final = Span(MONDAY, MONDAY + timedelta(weeks=1))
DUTY: Final = timedelta(hours=8)
HALF: Final = timedelta(minutes=30)
TALK: Final = timedelta(minutes=10)
LONG_AFTER: Final = datetime(2100, 1, 1, tzinfo=UTC)
TIMES: Final = 3
CASES: Final = ((1, 0.6, 0.5), (2, 1.5, 0.3), (4, 3.0, 0.3), (3, 6.0, 0.3), (8, 10.0, 0.3))
ENDLESS: Final = 10**8  # seconds


@dataclass(frozen=True)
class Speed:
    """One week."""

    calls: int
    people_at_once: int
    answered: int
    seconds: float

    @property
    def calls_a_second(self) -> float:
        """Of CPU time."""
        return self.calls / self.seconds


@dataclass(frozen=True)
class Agreement:
    """One desk, simulated and exact: load and patience in mean conversations, wait in seconds."""

    people: int
    load: float
    patience: float
    calls: int
    abandoned: tuple[float, float]
    wait: tuple[float, float]
    in_time: tuple[float, float]

    @property
    def off(self) -> tuple[float, ...]:
        """How far each simulated figure is from the exact one, as a share of it."""
        return tuple(
            seen / exact - 1.0 for seen, exact in (self.abandoned, self.wait, self.in_time)
        )


def speed(settings: Settings, calls: int, people: int) -> Speed:
    """A week of the sample site's lines, so many people at each desk at any time."""
    roster = Roster(settings, _rota(settings, people))
    lines: dict[str, Sequence[str]] = {line.name: line.desks for line in settings.lines}
    stage = Stage(WEEK, lines, roster.posts, ways_of(settings))
    rates = _rates(settings, calls)
    habits = Habits(TALK, timedelta(minutes=3), returning=0.3)
    best = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        tally = play(stage, drawn(rates, habits, seed=1), habits.returning, roster.telephone)
        best = min(best, time.process_time() - began)
    total, answered = _ended(tally)
    return Speed(total, people * len(settings.desks), answered, best)


def agreement(settings: Settings, case: tuple[int, float, float], calls: int) -> Agreement:
    """One desk whose callers are rung for at once, one person each, against Erlang A."""
    people, load, patience = case
    answering = replace(settings.answering, wave=1, longest_wait=ENDLESS)
    halves = int(calls / load * (TALK / HALF))
    span = Span(MONDAY, MONDAY + halves * HALF)
    line = settings.lines[0]
    team = _team(line.desks[0], people, settings)
    duties = tuple(Duty(who.id, line.desks[0], Span(span.start, span.end + DUTY)) for who in team)
    roster = Roster(replace(settings, answering=answering), Rota(team, duties))
    rates = Rates(span.start, {line.name: [calls / halves] * halves})
    habits = Habits(TALK, TALK * patience, TalkLaw.EXPONENTIAL)
    stage = Stage(span, {line.name: line.desks}, roster.posts)
    tally = play(stage, drawn(rates, habits, seed=1), 0.0, roster.telephone)
    exact, talk = Waits(people, load, patience), TALK.total_seconds()
    cells = [cell for each in tally.lines.values() for cell in each.values()]
    count = sum(cell.calls for cell in cells)
    return Agreement(
        *(people, load, patience, count),
        abandoned=(sum(cell.ends[Outcome.LEFT] for cell in cells) / count, exact.abandoned),
        wait=(sum(cell.waited_seconds for cell in cells) / count, exact.mean_wait * talk),
        in_time=(
            sum(cell.in_time for cell in cells) / count,
            exact.answered(stage.within / TALK),
        ),
    )


def _team(desk: DeskName, count: int, settings: Settings, first: int = 1) -> tuple[Volunteer, ...]:
    return tuple(
        Volunteer(
            id=PersonId(number),
            code=f"p{number:04}",
            name=f"p{number:04}",
            address="",
            languages=frozenset(Language),
            desks=frozenset({desk}),
            certificates=dict.fromkeys(settings.certificates, LONG_AFTER),
        )
        for number in range(first, first + count)
    )


def _rota(settings: Settings, people: int) -> Rota:
    """Shifts of eight hours; everybody works every third one."""
    volunteers: list[Volunteer] = []
    duties: list[Duty] = []
    for desk in settings.desks:
        team = _team(desk.name, 3 * people, settings, first=len(volunteers) + 1)
        volunteers += team
        for turn in range(-1, 23):
            span = Span(MONDAY + turn * DUTY, MONDAY + (turn + 1) * DUTY)
            mine = team[turn % 3 * people :][:people]
            duties += [Duty(who.id, desk.name, span) for who in mine]
    return Rota(tuple(volunteers), tuple(duties))


def _rates(settings: Settings, calls: int) -> Rates:
    zone: ZoneInfo = settings.site.zone
    local = [(MONDAY + n * HALF).astimezone(zone) for n in range(WEEK.length // HALF)]
    each = calls / len(settings.lines) / 2
    usual = [hour_of_week()[at.weekday(), at.hour] * each for at in local]
    return Rates(MONDAY, {line.name: usual for line in settings.lines})


def _ended(tally: Tally) -> tuple[int, int]:
    cells = [cell for line in tally.lines.values() for cell in line.values()]
    answered = sum(cell.ends[Outcome.ANSWERED] for cell in cells)
    return sum(cell.calls for cell in cells), answered


def _row(row: Speed | Agreement) -> dict[str, object]:
    match row:
        case Speed():
            return {
                "calls": row.calls,
                "people_at_once": row.people_at_once,
                "answered": round(row.answered / row.calls, 4),
                "seconds": round(row.seconds, 2),
                "calls_a_second": round(row.calls_a_second),
            }
        case Agreement():
            off = zip(("abandoned", "wait", "in_time"), row.off, strict=True)
            return {
                **{name: getattr(row, name) for name in ("people", "load", "patience", "calls")},
                **{f"{name}_off": round(share, 4) for name, share in off},
            }


GOALS: Final = {
    "week": "10,000 calls in under 2 s of CPU",
    "erlang_a": "every figure within 0.02 of the exact one",
}


def main(argv: Sequence[str]) -> int:
    """Print both tables, with what is asked of them; 2 for a wrong number."""
    parser = argparse.ArgumentParser(prog="benchmarks.rehearsal", description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000, help="of a week")
    parser.add_argument("--erlang-calls", type=int, default=200_000, help="of each desk")
    parser.add_argument("--config", type=Path, default=Path("config.toml"))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(argv)
    if asked.calls < 1 or asked.erlang_calls < 1000:
        sys.stderr.write("Give at least 1 call a week, and 1000 beside Erlang A.\n")
        return 2
    settings = settings_from(asked.config)
    tables: dict[str, Iterator[Speed | Agreement]] = {
        "week": (speed(settings, asked.calls, people) for people in (3, 5)),
        "erlang_a": (agreement(settings, case, asked.erlang_calls) for case in CASES),
    }
    if asked.json:
        found = {name: [_row(row) for row in rows] for name, rows in tables.items()}
        sys.stdout.write(json.dumps({"goals": GOALS, **found}, indent=1) + "\n")
        return 0
    for name, rows in tables.items():
        _print(name, rows)
    return 0


def _print(name: str, rows: Iterable[Speed | Agreement]) -> None:
    sys.stdout.write(f"{name} (goal: {GOALS[name]})\n")
    for number, row in enumerate(_row(each) for each in rows):
        if number == 0:
            sys.stdout.write("  " + "  ".join(f"{key:>14}" for key in row) + "\n")
        sys.stdout.write("  " + "  ".join(f"{value!s:>14}" for value in row.values()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
