"""make fuzz: a hundred thousand hostile requests, and not one server error.

Twenty people on duty, a carrier that fails as it likes, a clock that goes on; the requests are
shared out among processes, each with a database and a seed of its own. Counted as errors: a status
of 500 and above, an exception, a line in the log that tells of one (the last wall turns it into
words), a document that the carrier cannot use.
"""

import argparse
import json
import logging
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Final

from sqlalchemy import event, select

from benchmarks.calls.ground import DATABASES, Asked, answer, database, site
from benchmarks.calls.hostile import Hostile, routes_of
from hotline.calls.ringing.sending import Sender, keep_calls_moving, send_due
from hotline.parts import Parts
from hotline.ports import (
    AnswerLostError,
    CallSid,
    Dialled,
    LegOrder,
    PortError,
    Recorded,
    system_clock,
)
from hotline.practice import StoppedClock
from hotline.practice.twiml.documents import document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.tables import TABLES
from webhooks.app import create_app

PROCESSES: Final = min(2, os.cpu_count() or 1)
ROUND: Final = 100  # requests between two looks at what is live, and at the outbox
LATEST: Final = 60  # calls and legs whose addresses are asked
TOLD: Final = 5000  # requests between two words on how far it came
LONGEST: Final = 3000  # signs of one error


@dataclass
class Found:
    """What came of it. errors: one sentence each, with the request."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    calls: int = 0

    @classmethod
    def together(cls, parts: Iterable["Found"]) -> "Found":
        """What several found."""
        all_of_it = cls()
        for part in parts:
            all_of_it.statuses += part.statuses
            all_of_it.errors += part.errors
            all_of_it.calls += part.calls
        return all_of_it


@dataclass(frozen=True)
class Share:
    """What one process asks."""

    requests: int
    seed: int
    database: str


class FitfulCarrier:
    """A carrier of which one request in three fails, each in its own way."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._legs = 0

    def ring(self, order: LegOrder) -> CallSid:
        """A leg, or trouble."""
        self._fail()
        self._legs += 1
        return CallSid(f"CB{self._legs:032x}")

    def move(self, sid: CallSid, path: str) -> None:
        """Done, or trouble."""
        self._fail()

    def release(self, sid: CallSid) -> None:
        """Done, or trouble."""
        self._fail()

    def hang_up(self, sid: CallSid) -> None:
        """Done, or trouble."""
        self._fail()

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Done, or trouble."""
        self._fail()

    def recording(self, sid: str) -> bytes:
        """Silence, or trouble."""
        self._fail()
        return b""

    def erase_recording(self, sid: str) -> None:
        """Done, or trouble."""
        self._fail()

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """Nothing, or trouble."""
        self._fail()
        return ()

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """Nothing, or trouble."""
        self._fail()
        return ()

    def _fail(self) -> None:
        if self._chance.random() < 0.3:
            trouble = (
                PortError("no", permanent=True),
                PortError("later", permanent=False),
                AnswerLostError("lost"),
            )
            raise self._chance.choice(trouble)


class Complaints(logging.Handler):
    """Keeps what is logged of exceptions."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        if record.exc_info:
            self.told.append(logging.Formatter().format(record))


def fuzz(parts: Parts, clock: StoppedClock, count: int, seed: int) -> Found:
    """Ask `count` times."""
    chance = random.Random(seed)
    app = create_app(parts)
    enemy = Hostile(parts, routes_of(app), chance)
    sender = Sender(
        parts.store, parts.settings, Privacy(parts.secrets), clock, FitfulCarrier(chance)
    )
    found, complaints = Found(), Complaints()
    root = logging.getLogger()
    root.addHandler(complaints)
    logging.getLogger("hotline").setLevel(logging.ERROR)
    logging.getLogger("webhooks").setLevel(logging.ERROR)
    try:
        for place in range(count):
            if place % ROUND == 0:
                _look_around(parts.store, enemy, sender)
            asked = enemy.next()
            _keep(found, _wrong(app, asked, found, complaints))
            if (place + 1) % TOLD == 0:
                sys.stderr.write(
                    f"seed {seed}: {place + 1} of {count}, errors: {len(found.errors)}\n"
                )
            clock.set(clock() + timedelta(seconds=chance.choice((0, 0, 0, 0.2, 1))))
    finally:
        root.removeHandler(complaints)
    found.calls = enemy.rung
    return found


def _keep(found: Found, wrong: Sequence[str]) -> None:
    """Each error is told as it comes: a run that is stopped has told what it found."""
    found.errors += wrong
    for error in wrong:
        sys.stderr.write(error[:LONGEST] + "\n\n")


def _look_around(store: Store, enemy: Hostile, sender: Sender) -> None:
    send_due(sender)
    keep_calls_moving(sender)
    enemy.calls, enemy.legs = _tokens(store, "call"), _tokens(store, "leg")


def _tokens(store: Store, table: str) -> Sequence[str]:
    columns = TABLES[table].c
    with store.reading() as db:
        latest = select(columns.token).order_by(columns.id.desc()).limit(LATEST)
        return [row.token for row in db.connection().execute(latest)]


def _wrong(app: object, asked: Asked, found: Found, complaints: Complaints) -> list[str]:
    try:
        status, kind, body = answer(app, asked)  # type: ignore[arg-type]  # Flask is one
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return [f"{asked}: raised {error!r}"]
    found.statuses[status] += 1
    wrong = [f"{asked}: {told}" for told in complaints.told]
    complaints.told.clear()
    if status >= 500:
        wrong.append(f"{asked}: answered {status}")
    elif status == 200 and asked.method == "POST" and asked.path.startswith("/voice"):
        try:
            document(Reply(status, kind, body), Setting.CALL)
        except Exception as error:  # noqa: BLE001 - likewise
            wrong.append(f"{asked}: an unusable document, {error}")
    return wrong


def main() -> int:
    """Ask, and print what came of it; 1 if anything went wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--requests", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1, help="of the first process")
    options.add_argument("--processes", type=int, default=PROCESSES)
    options.add_argument("--database", choices=DATABASES, default="sqlite")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    began = time.monotonic()
    found = Found.together(_shared_out(asked))
    _print(found, time.monotonic() - began, as_json=asked.json)
    return 1 if found.errors else 0


def _shared_out(asked: argparse.Namespace) -> Iterable[Found]:
    each, rest = divmod(asked.requests, asked.processes)
    shares = [
        Share(each + (place < rest), asked.seed + place, asked.database)
        for place in range(asked.processes)
    ]
    if len(shares) == 1:
        return [_asked(shares[0])]
    with ProcessPoolExecutor(len(shares), get_context("spawn")) as pool:
        return list(pool.map(_asked, shares))


def _asked(share: Share) -> Found:
    clock = StoppedClock(system_clock())
    with database(share.database) as url, site(url, clock) as parts:
        _without_waiting_for_the_disk(parts.store)
        return fuzz(parts, clock, share.requests, share.seed)


def _without_waiting_for_the_disk(store: Store) -> None:
    """What is asked here is not whether the disk keeps it."""
    if store.url.startswith("sqlite"):

        @event.listens_for(store.engine, "connect")
        def hurry(connection: object, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def _print(found: Found, seconds: float, *, as_json: bool) -> None:
    told = {
        "requests": sum(found.statuses.values()),
        "calls": found.calls,
        "statuses": {str(status): count for status, count in sorted(found.statuses.items())},
        "errors": len(found.errors),
        "seconds": round(seconds),
    }
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        sys.stdout.write("\n".join(f"{name:10} {value}" for name, value in told.items()) + "\n")


if __name__ == "__main__":
    sys.exit(main())
