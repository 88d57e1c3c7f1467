"""Practice callers through the live configuration, on a copy of the site and a stopped clock."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import LineName, Settings
from hotline.config.tables.drills import Drills
from hotline.duty import Rota
from hotline.numbers import line_dialled
from hotline.oversight.drills import Drill, LineDrilled
from hotline.parts import Parts
from hotline.practice import ACCEPTS, RINGS_OUT, Caller, Phone, StoppedClock
from hotline.store.duty.rosters import rota_at
from hotline.store.sending.drills import copy_site
from webhooks.demo.parties import connect_partners
from webhooks.demo.site import sample_site
from webhooks.played.stage import PUBLIC_URL, Stage, stage_in_process
from webhooks.played.verdict import Played, Verdict, verdict

APART: Final = timedelta(seconds=30)
TALK: Final = timedelta(minutes=1)


def play_drill(parts: Parts, wanted: Drills, at: datetime) -> Drill:
    """What becomes of callers who ring at `at`; the live database is only read."""
    return _told(at, _played(parts, wanted, at), parts.settings)


def _played(parts: Parts, wanted: Drills, at: datetime) -> Verdict:
    with _copied(parts, at) as (copy, clock):
        stage = stage_in_process(copy, clock)
        _connect(stage, wanted, at)
        for line in parts.settings.lines:
            for number in range(wanted.callers):
                caller = Caller(
                    number=f"+861380000{number:04d}",
                    dials=line.numbers[0],
                    at=at + number * APART,
                    talk=TALK,
                )
                stage.carrier.dial(caller)
        stage.driver.run_to_end()
        return verdict(stage.carrier, copy.store)


@contextmanager
def _copied(parts: Parts, at: datetime) -> Iterator[tuple[Parts, StoppedClock]]:
    """The site without its past and its secrets, in a database that is gone afterwards."""
    settings, clock = replace(parts.settings, handshake=None, drills=None), StoppedClock(at)
    with sample_site(settings, PUBLIC_URL, clock) as copy:
        with parts.store.reading() as live, copy.store.writing() as scratch:
            copy_site(live, scratch)
        yield copy, clock


def _connect(stage: Stage, wanted: Drills, at: datetime) -> None:
    """Practice telephones for everybody on duty; the first of them ring in vain."""
    with stage.parts.store.reading() as db:
        rota: Rota = rota_at(db, at + timedelta(minutes=1))
    for place, person in enumerate(sorted(rota.volunteers, key=lambda who: who.code)):
        stage.carrier.phone(
            Phone(person.address, RINGS_OUT if place < wanted.phones_off else ACCEPTS)
        )
    connect_partners(stage.parts.settings, stage.carrier.phone)


def _told(at: datetime, found: Verdict, settings: Settings) -> Drill:
    lines = tuple(
        _line(line.name, [c for c in found.calls if _of(c, settings) == line.name])
        for line in settings.lines
    )
    return Drill(at, lines, len(found.stranded), len(found.double_booked))


def _of(call: Played, settings: Settings) -> str | None:
    line = line_dialled(settings.lines, call.record.line)
    return line.name if line else None


def _line(name: LineName, calls: list[Played]) -> LineDrilled:
    waits = [c.record.waited for c in calls if c.record.talk and c.record.waited is not None]
    return LineDrilled(
        line=name,
        callers=len(calls),
        answered=len(waits),
        longest_wait=max(waits, default=None),
        outcomes=Counter(c.outcome for c in calls if c.outcome),
    )
