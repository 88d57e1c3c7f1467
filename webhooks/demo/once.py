"""One evening and night of the sample site, played fast, and what happened to every call."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hotline.calls.states import Outcome
from hotline.config.settings import Settings
from hotline.numbers import line_dialled
from hotline.parts import Parts
from hotline.practice import StoppedClock, transcript
from hotline.rosters.week import instant
from hotline.samples.arrivals import arrivals
from hotline.store.people.everybody import active_people
from scheduling.problem import Span
from webhooks.demo.parties import Manner, caller, connect_partners, connect_phones
from webhooks.demo.site import SAMPLE_WEEK, sample_site, staff
from webhooks.played.stage import PUBLIC_URL, Stage, stage_over_http
from webhooks.played.verdict import Played, Verdict, verdict

EVENING: Final = time(18)
MORNING: Final = time(8)
TUESDAY: Final = 1
MANNER: Final = Manner(talk=timedelta(minutes=22), patience=timedelta(minutes=6))
SAID: Final[Mapping[Outcome, str]] = {
    Outcome.ANSWERED: "spoke with a volunteer",
    Outcome.CALLBACK: "agreed to a callback",
    Outcome.MESSAGE: "left a message",
    Outcome.REFERRED: "was put through to a partner",
    Outcome.EXITED: "heard the honest exit, chose nothing",
    Outcome.LEFT: "hung up while waiting",
    Outcome.UNPLACED: "was to be rung back, and no volunteer took it on",
    Outcome.UNREACHED: "was rung back in vain",
}


@dataclass(frozen=True)
class Night:
    """Which night to play. seed: other callers with another number."""

    calls_a_day: float
    seed: int
    transcripts: bool  # print what each caller heard and did, too


def play_once(settings: Settings, played: Night, out: Console) -> Verdict:
    """Tuesday evening to Wednesday morning of the sample week; prints every call."""
    zone = settings.site.zone
    days = SAMPLE_WEEK.days
    start = instant(days[TUESDAY], EVENING, zone)
    night = Span(start, instant(days[TUESDAY + 1], MORNING, zone))
    clock = StoppedClock(start)
    with sample_site(settings, PUBLIC_URL, clock) as parts:
        staff(parts, out.print)
        with stage_over_http(parts, clock) as stage:
            _dial(stage, night, played)
            stage.driver.run_to_end()
        found = verdict(stage.carrier, parts.store)
        _tell(out, parts, found)
        if played.transcripts:
            _tell_word_for_word(out, found, zone)
    return found


def _dial(stage: Stage, night: Span, played: Night) -> None:
    settings, chance = stage.parts.settings, random.Random(played.seed)
    connect_phones(stage.parts.store, stage.carrier.phone, chance)
    connect_partners(settings, stage.carrier.phone)
    for at in arrivals(night, played.calls_a_day, settings.site.zone, chance):
        stage.carrier.dial(caller(settings, at, MANNER, chance))


def _tell_word_for_word(out: Console, found: Verdict, zone: ZoneInfo) -> None:
    for call in found.calls:
        out.print(Text(transcript(call.record, zone)), "")


def _tell(out: Console, parts: Parts, found: Verdict) -> None:
    with parts.store.reading() as db:
        names = {person.address: person.name for person in active_people(db)}
    out.print(_table(parts.settings, found, names))
    for outcome, count in sorted(found.outcomes.items()):
        out.print(f"{count:4} {SAID[outcome]}")
    out.print(
        f"{len(found.calls):4} calls: {len(found.stranded)} stranded, "
        f"{len(found.double_booked)} double-booked."
    )


def _table(settings: Settings, found: Verdict, names: Mapping[str, str]) -> Table:
    table = Table("at", "line", "what happened", "waited", "spoke with", box=None)
    for call in found.calls:
        table.add_row(*_row(settings, call, names))
    return table


def _row(settings: Settings, call: Played, names: Mapping[str, str]) -> tuple[str, ...]:
    record = call.record
    line = line_dialled(settings.lines, record.line)
    ending = SAID[call.outcome] if call.outcome else "no outcome"
    return (
        _clock(record.arrived, settings),
        line.name if line else "?",
        f"STRANDED: {ending}" if call.stranded else ending,
        f"{record.waited.total_seconds():.0f} s" if record.waited is not None else "",
        names.get(record.talk.address, "") if record.talk else "",
    )


def _clock(at: datetime, settings: Settings) -> str:
    return f"{at.astimezone(settings.site.zone):%a %H:%M:%S}"
