"""`hotline absence add`, `list` and `remove`: who cannot come, whatever is published."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, from_to, print_json
from hotline.cli.refusing import Commands
from hotline.cli.times import Read, instant_written
from hotline.corrections.absences import coming
from hotline.errors import HotlineError
from hotline.handshake.stand_ins.away import Announced, TakenBack, announce, take_back
from hotline.rosters.week import week_of
from hotline.store.duty.absences import Absence
from scheduling.problem import Span


@click.group(cls=Commands)
def absence() -> None:
    """Who cannot come, whatever they said before or were promised."""


@absence.command("add")
@click.argument("person")
@click.option("--from", "first", required=True, metavar="WHEN", help="2026-11-24, or with a time.")
@click.option("--to", "last", required=True, metavar="WHEN", help="A date counts to its end.")
@click.option("--no-search", is_flag=True, help="Look for nobody; you fill what falls free.")
@json_option
@pass_surroundings
def add_absence(
    surroundings: Surroundings, person: str, first: str, last: str, no_search: bool, as_json: bool
) -> None:
    """Note that PERSON cannot come: not rung any more, and the worker asks who stands in."""
    with surroundings.parts() as parts:
        zone = parts.settings.site.zone
        start, end = _start(first, zone), _end(last, zone)
        if end.at <= start.at:
            raise HotlineError(f"The absence ends, {last}, no later than it begins, {first}.")
        with parts.store.writing() as db:
            span = Span(start.at, end.at)
            done = announce(db, person, span, parts.clock(), seeking=not no_search)
    if as_json:
        shifts = [promise.shift for promise in done.meets]
        print_json({**_document(done.absence), "published_shifts": shifts, "sought": done.sought})
        return
    for read in (start, end):
        if read.note:
            console().print(f"Note: {read.note}")
    _show_announced(console(), done, zone)


def _show_announced(out: Console, done: Announced, zone: ZoneInfo) -> None:
    out.print(_line(done.absence, zone))
    for promise in done.meets:
        out.print(f"  published: {promise.shift}, {from_to(promise.span, zone)}")
    if done.sought:
        out.print("The worker asks who stands in; see: hotline standin list")
    for promise in (fall.promise for fall in done.falls):
        week, shift = week_of(promise.span.start, zone), promise.shift
        who = promise.person
        out.print(f"Who steps in? hotline roster repair --week {week} --without {who}={shift}")


@absence.command("list")
@json_option
@pass_surroundings
def list_absences(surroundings: Surroundings, as_json: bool) -> None:
    """Print all absences that are not over."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        found = coming(db, parts.clock())
    if as_json:
        print_json({"absences": [_document(each) for each in found]})
        return
    for each in found:
        console().print(_line(each, parts.settings.site.zone))
    if not found:
        console().print("Nobody is absent from now on.")


@absence.command("remove")
@click.argument("number", type=int)
@json_option
@pass_surroundings
def remove_absence(surroundings: Surroundings, number: int, as_json: bool) -> None:
    """Forget the absence of that NUMBER; what is published counts again."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        done = take_back(db, parts.settings, number, parts.clock())
    if as_json:
        ended, filled = ([search.id for search in each] for each in (done.ended, done.filled))
        print_json({"removed": number, "searches_ended": ended, "searches_filled": filled})
        return
    console().print(f"Absence {number} is removed.")
    _show_taken_back(console(), done, parts.settings.site.zone)


def _show_taken_back(out: Console, done: TakenBack, zone: ZoneInfo) -> None:
    for search in done.ended:
        out.print(f"  nobody is looked for any more: {search.desk}, {from_to(search.span, zone)}")
    for search in done.filled:
        out.print(
            f"  somebody comes already: {search.desk}, {from_to(search.span, zone)}; "
            "see: hotline override list"
        )


def _start(text: str, zone: ZoneInfo) -> Read:
    return instant_written(text, zone)


def _end(text: str, zone: ZoneInfo) -> Read:
    """A bare date means its last instant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return instant_written(text, zone)
    return instant_written(datetime.combine(day + timedelta(days=1), time()).isoformat(), zone)


def _line(each: Absence, zone: ZoneInfo) -> str:
    return f"{each.id}. {each.name} ({each.person}), {from_to(each.span, zone)}"


def _document(each: Absence) -> dict[str, object]:
    return {
        "absence": each.id,
        "person": each.person,
        "name": each.name,
        "from": each.span.start.isoformat(),
        "to": each.span.end.isoformat(),
    }
