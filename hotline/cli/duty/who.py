"""`hotline who`: whom the telephone would ring, and what keeps each other person out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import click
from rich.console import Console
from rich.padding import Padding

from hotline.cli.context import Surroundings, json_option, line_named, pass_surroundings
from hotline.cli.duty.replayed import show_story, story, story_document
from hotline.cli.duty.whys import REASONS
from hotline.cli.printing import console, day_and_time, print_json, titled
from hotline.cli.times import Read, instant_written
from hotline.config.settings import Line, Settings
from hotline.duty import (
    KeptOut,
    LineChange,
    OnDuty,
    Seat,
    Why,
    change_of,
    next_on_duty,
    on_duty,
    undisturbed,
)
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.store.duty.rosters import lead_people, rota_between
from scheduling.problem import Span

AHEAD = timedelta(days=14)  # how far the next duty of anybody is looked for


@dataclass(frozen=True)
class _Answer:
    line: Line
    at: datetime
    note: str | None
    duty: OnDuty
    next_at: datetime | None
    change: LineChange | None


@click.command()
@click.argument("line", required=False)
@click.option(
    "--call", metavar="CALL", help="A past call: its number in the log, or the carrier's id."
)
@click.option("--at", "when", metavar="INSTANT", help="Like 2026-11-24T23:10; else now.")
@json_option
@pass_surroundings
def who(
    surroundings: Surroundings, line: str | None, call: str | None, when: str | None, as_json: bool
) -> None:
    """Say who would be rung for LINE, and why nobody else; or who was rung for a past --call.

    In the order of ringing, and with what keeps each other person out. For another time than now,
    nobody's conversation or wrap-up counts.
    """
    if call is not None and not line and not when:
        return _replay(surroundings, call, as_json)
    if call is not None or not line:
        raise HotlineError("Say either a LINE, with --at or without, or --call and nothing else.")
    with surroundings.parts() as parts:
        answer = _answer(parts, line_named(parts.settings, line), when)
    if as_json:
        print_json(_document(answer))
    else:
        _show(console(), answer, parts.settings)
    return None


def _replay(surroundings: Surroundings, call: str, as_json: bool) -> None:
    with surroundings.parts() as parts, parts.store.reading() as db:
        told = story(db, call)
    if as_json:
        print_json(story_document(told))
    else:
        show_story(console(), told, parts.settings)


def _answer(parts: Parts, line: Line, when: str | None) -> _Answer:
    zone = parts.settings.site.zone
    read = instant_written(when, zone) if when else Read(parts.clock())
    with parts.store.reading() as db:
        rota = rota_between(db, Span(read.at, read.at + AHEAD))
        named = lead_people(db, read.at, parts.settings.lead.people or ())
    rota = replace(rota, leads=named)
    rota = undisturbed(rota) if when else rota
    duty = on_duty(rota, line, parts.settings, read.at)
    after = next_on_duty(rota, line, parts.settings, read.at)
    change = change_of(rota.changes, line, read.at)
    return _Answer(line, read.at, read.note, duty, after, change)


def _show(out: Console, answer: _Answer, settings: Settings) -> None:
    zone = settings.site.zone
    at = f"{answer.at.astimezone(zone):%a %d %b %Y %H:%M} ({zone.key})"
    out.print(f"{titled(answer.line, settings)}, {at}", style="bold")
    if answer.note:
        out.print(f"Note: {answer.note}")
    if answer.change:
        out.print(_changed(answer.change, settings), style="bold")
    _show_rung(out, answer, settings)
    for why, sentence in REASONS.items():
        kept = sorted((k for k in answer.duty.kept_out if k.why is why), key=_soonest)
        if kept:
            out.print(f"\n{len(kept)} {sentence}:")
            names = ", ".join(_kept(each, settings) for each in kept)
            out.print(Padding(names, (0, 0, 0, 2)), style="dim")


def _changed(change: LineChange, settings: Settings) -> str:
    until = day_and_time(change.span.end, settings.site.zone)
    if change.paused:
        return f"A supervisor has paused the line until {until}."
    return f"By a supervisor's word {', '.join(change.desks)} answer until {until}."


def _show_rung(out: Console, answer: _Answer, settings: Settings) -> None:
    if answer.duty.rung:
        out.print("\nWould be rung, in this order:")
        desks = {desk.name: titled(desk, settings) for desk in settings.desks}
        for place, seat in enumerate(answer.duty.rung, 1):
            name = f"{seat.volunteer.name} ({seat.volunteer.code})"
            out.print(f"  {place}. {name} at {desks[seat.desk]}{_marks(seat)}")
        return
    out.print("\nNobody would be rung: callers are offered the exit.", style="bold red")
    if answer.next_at:
        out.print(f"The next person is on duty {day_and_time(answer.next_at, settings.site.zone)}.")
    else:
        out.print("Nobody is on duty in the next two weeks by what is published.")


def _marks(seat: Seat) -> str:
    standby = ", on standby" if seat.standby else ""
    return f"{standby}, as duty lead" if seat.lead else standby


def _soonest(each: KeptOut) -> tuple[bool, str, str]:
    return each.until is None, each.until.isoformat() if each.until else "", each.volunteer.code


def _kept(each: KeptOut, settings: Settings) -> str:
    zone = settings.site.zone
    name = f"{each.volunteer.name} ({each.volunteer.code})"
    match each.why, each.until:
        case Why.NOT_ROSTERED, datetime() as until:
            return f"{name} from {day_and_time(until, zone)}"
        case Why.EXPIRED, datetime() as until:
            return f"{name}: {each.certificate} until {day_and_time(until, zone)}"
        case Why.UNTRAINED, _:
            return f"{name}: {each.certificate}"
        case Why.OUT_OF_REACH, datetime() as until:
            return f"{name}: {_silence(each)}, until {until.astimezone(zone):%H:%M}"
        case Why.ABSENT, datetime() as until:
            return f"{name} until {day_and_time(until, zone)}"
        case _, datetime() as until:
            return f"{name} until {until.astimezone(zone):%H:%M:%S}"
    return name


def _silence(each: KeptOut) -> str:
    presence = each.volunteer.presence
    if presence.refused:
        return "the carrier cannot ring the number"
    return f"missed {presence.missed} calls in a row"


def _document(answer: _Answer) -> dict[str, object]:
    return {
        "line": answer.line.name,
        "at": answer.at.isoformat(),
        "note": answer.note,
        "change": _change_document(answer.change),
        "rung": [
            {
                "person": s.volunteer.code,
                "name": s.volunteer.name,
                "desk": s.desk,
                "standby": s.standby,
                "lead": s.lead,
            }
            for s in answer.duty.rung
        ],
        "kept_out": [
            {
                "person": k.volunteer.code,
                "name": k.volunteer.name,
                "why": k.why.value,
                "until": k.until.isoformat() if k.until else None,
                "certificate": k.certificate,
                "desk": k.desk,
            }
            for k in answer.duty.kept_out
        ],
        "next_on_duty": answer.next_at.isoformat() if answer.next_at else None,
    }


def _change_document(change: LineChange | None) -> dict[str, object] | None:
    if change is None:
        return None
    return {
        "paused": change.paused,
        "desks": list(change.desks),
        "until": change.span.end.isoformat(),
    }
