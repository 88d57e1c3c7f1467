"""Does a real day's traffic reach a person? Every call of it, through the signed webhooks.

Run: python -m benchmarks.replay FILE.csv.gz --day 1999-01-04 --people 30 [--json]

The file is a call centre's log (arrival, outcome, q_time, ser_time). A caller who hung up there
hangs up here after the same seconds, unless a person came first; a caller who was served talks as
long as there. Everybody in the roster is on duty all day. The clock runs ahead of the wall's.
"""

import argparse
import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import fmean
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

from hotline.calls.states import Outcome
from hotline.config import settings_from
from hotline.config.settings import Line, Settings
from hotline.practice import ACCEPTS, Behaviour, Caller, Phone, StoppedClock
from hotline.store import Session, Store
from hotline.store.tables import AssignmentRow, CertificateRow, PersonRow, RosterRow
from scheduling.problem import ShiftKind
from webhooks.demo.site import sample_site
from webhooks.played.stage import PUBLIC_URL, Stage, stage_over_http
from webhooks.played.verdict import Played, Verdict, verdict

COLUMNS: Final = frozenset({"arrival", "outcome", "q_time", "ser_time"})
SERVED: Final = "AGENT"
EXITS: Final = frozenset({Outcome.EXITED, Outcome.CALLBACK, Outcome.MESSAGE, Outcome.REFERRED})


@dataclass(frozen=True)
class Logged:
    """One call of the log. patience: None if it was served there."""

    at: datetime
    patience: timedelta | None
    talk: timedelta


class LogError(Exception):
    """The log cannot be replayed; a sentence says why."""


def logged_calls(path: Path, day: date, zone: ZoneInfo) -> list[Logged]:
    """The calls of `day`. Raises LogError."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if not set(rows.fieldnames or ()) >= COLUMNS:
                raise LogError(f"{path} lacks the columns {', '.join(sorted(COLUMNS))}.")
            found = [row for row in rows if row["arrival"].startswith(day.isoformat())]
    except OSError as error:
        raise LogError(f"{path} cannot be read: {error}.") from None
    if not found:
        raise LogError(f"{path} has no call on {day}.")
    mean = fmean(float(row["ser_time"]) for row in found if row["outcome"] == SERVED)
    return [_logged(row, mean, zone) for row in found]


def _logged(row: dict[str, str], mean: float, zone: ZoneInfo) -> Logged:
    served = row["outcome"] == SERVED
    at = datetime.fromisoformat(row["arrival"]).replace(tzinfo=zone).astimezone(UTC)
    patience = None if served else timedelta(seconds=float(row["q_time"]))
    return Logged(at, patience, timedelta(seconds=float(row["ser_time"]) if served else mean))


def replay(settings: Settings, calls: Sequence[Logged], people: int) -> Verdict:
    """Play `calls` to one line of `settings`, with so many people on duty."""
    line = settings.lines[0]
    clock = StoppedClock(min(call.at for call in calls) - timedelta(minutes=1))
    with sample_site(settings, PUBLIC_URL, clock) as parts:
        addresses = _everybody_on_duty(parts.store, settings, line, people, clock())
        with stage_over_http(parts, clock) as stage:
            _dial(stage, line, addresses, calls)
            stage.driver.run_to_end()
            return verdict(stage.carrier, parts.store)


def _everybody_on_duty(
    store: Store, settings: Settings, line: Line, people: int, start: datetime
) -> list[str]:
    """Publish a roster of the line's own desk with everybody on it for two days."""
    desk = line.desks[0]
    with store.writing() as db:
        rows = [_person(number, desk) for number in range(people)]
        roster = RosterRow(desk=desk, week="1999-W01", state="published", created_at=start)
        db.add_all([*rows, roster])
        db.flush()
        known = settings.desk(desk)
        _train(db, rows, known.certificates if known else (), start)
        db.add_all([_assignment(roster, row, start) for row in rows])
        return [row.address for row in rows]


def _person(number: int, desk: str) -> PersonRow:
    return PersonRow(
        code=f"p{number}",
        name=f"Volunteer {number}",
        address=f"client:p{number}",
        languages="zh en",
        desks=desk,
        shifts_a_week=7,
        hours_a_week=168,
        nights_a_week=7,
        nights_running=7,
    )


def _train(db: Session, rows: Sequence[PersonRow], names: Sequence[str], start: datetime) -> None:
    later = start + timedelta(days=365)
    for row in rows:
        assert row.id is not None
        db.add_all(
            [
                CertificateRow(person_id=row.id, name=name, last_day=later.date(), until=later)
                for name in names
            ]
        )


def _assignment(roster: RosterRow, row: PersonRow, start: datetime) -> AssignmentRow:
    assert roster.id is not None
    assert row.id is not None
    return AssignmentRow(
        roster_id=roster.id,
        person_id=row.id,
        shift="replay",
        kind=ShiftKind.FULL_DAY,
        starts=start,
        ends=start + timedelta(hours=47),
    )


def _dial(stage: Stage, line: Line, addresses: Sequence[str], calls: Sequence[Logged]) -> None:
    chance = Random(1)
    for address in addresses:
        stage.carrier.phone(Phone(address, lambda _: _answers(chance)))
    for number, call in enumerate(calls):
        stage.carrier.dial(
            Caller(
                number=f"+86130{number:08d}",
                dials=line.numbers[0],
                at=call.at,
                patience=call.patience,
                talk=call.talk,
            )
        )


def _answers(chance: Random) -> Behaviour:
    """A person who picks up within 2 to 8 seconds and presses 1."""
    return Behaviour(ACCEPTS.habit, timedelta(seconds=chance.uniform(2, 8)))


@dataclass(frozen=True)
class Hour:
    """What came of the calls that arrived in one hour. waited: mean seconds to a person."""

    hour: str
    calls: int
    answered: int
    waited: float
    left: int
    exits: int


def hours(found: Verdict, zone: ZoneInfo) -> Iterator[Hour]:
    """One row an hour, in order."""
    groups: dict[str, list[Played]] = {}
    for call in found.calls:
        groups.setdefault(f"{call.record.arrived.astimezone(zone):%H:00}", []).append(call)
    for name in sorted(groups):
        yield _hour(name, groups[name])


def _hour(name: str, calls: Sequence[Played]) -> Hour:
    outcomes = Counter(call.outcome for call in calls)
    waits = [
        (c.record.talk.started - c.record.arrived).total_seconds() for c in calls if c.record.talk
    ]
    return Hour(
        hour=name,
        calls=len(calls),
        answered=outcomes[Outcome.ANSWERED],
        waited=round(fmean(waits), 1) if waits else 0.0,
        left=outcomes[Outcome.LEFT],
        exits=sum(outcomes[outcome] for outcome in EXITS),
    )


def summary(found: Verdict, zone: ZoneInfo, people: int, seconds: float) -> dict[str, object]:
    """What --json prints."""
    rows = list(hours(found, zone))
    return {
        "calls": len(found.calls),
        "answered": sum(row.answered for row in rows),
        "left": sum(row.left for row in rows),
        "exits": sum(row.exits for row in rows),
        "stranded": len(found.stranded),
        "double_booked": len(found.double_booked),
        "people": people,
        "seconds": round(seconds, 1),
        "hours": [vars(row) for row in rows],
    }


def _print(result: dict[str, object], rows: Sequence[Hour]) -> None:
    sys.stdout.write(
        f"{'hour':6}{'calls':>7}{'answered':>10}{'waited s':>10}{'left':>6}{'exits':>7}\n"
    )
    for row in rows:
        sys.stdout.write(
            f"{row.hour:6}{row.calls:7}{row.answered:10}{row.waited:10}{row.left:6}{row.exits:7}\n"
        )
    sys.stdout.write(
        f"{'day':6}{result['calls']:7}{result['answered']:10}{'':10}{result['left']:6}"
        f"{result['exits']:7}\n"
        f"stranded {result['stranded']}, double-booked {result['double_booked']}; "
        f"{result['people']} people; {result['seconds']} s of the wall's clock.\n"
    )


def main() -> int:
    """Replay one day; exit code 1 if anybody was stranded or double-booked, 2 for a bad log."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--day", type=date.fromisoformat, required=True)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    settings = settings_from(Path("config.toml"))
    zone = settings.site.zone
    started = monotonic()
    try:
        calls = logged_calls(given.file, given.day, zone)
    except LogError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    found = replay(settings, calls, given.people)
    result = summary(found, zone, given.people, monotonic() - started)
    if given.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        _print(result, list(hours(found, zone)))
    return 0 if found.sound else 1


if __name__ == "__main__":
    sys.exit(main())
