"""`hotline absence add`, `list` and `remove`: who cannot come, whatever is published."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import click

from hotline.absences import coming, note, remove
from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, from_to, print_json
from hotline.cli.refusing import Commands
from hotline.cli.times import Read, instant_written
from hotline.errors import HotlineError
from hotline.rosters.week import week_of
from hotline.store.absences import Absence
from scheduling.problem import Span


@click.group(cls=Commands)
def absence() -> None:
    """Who cannot come, whatever they said before or were promised."""


@absence.command("add")
@click.argument("person")
@click.option("--from", "first", required=True, metavar="WHEN", help="2026-11-24, or with a time.")
@click.option("--to", "last", required=True, metavar="WHEN", help="A date counts to its end.")
@json_option
@pass_surroundings
def add_absence(
    surroundings: Surroundings, person: str, first: str, last: str, as_json: bool
) -> None:
    """Note that PERSON cannot come; the telephone rings them no more in that time."""
    with surroundings.parts() as parts:
        zone = parts.settings.site.zone
        start, end = _start(first, zone), _end(last, zone)
        if end.at <= start.at:
            raise HotlineError(f"The absence ends, {last}, no later than it begins, {first}.")
        with parts.store.writing() as db:
            noted = note(db, person, Span(start.at, end.at), parts.clock())
    if as_json:
        shifts = [promise.shift for promise in noted.meets]
        print_json({**_document(noted.absence), "published_shifts": shifts})
        return
    out = console()
    for read in (start, end):
        if read.note:
            out.print(f"Note: {read.note}")
    out.print(_line(noted.absence, zone))
    for promise in noted.meets:
        out.print(f"  published: {promise.shift}, {from_to(promise.span, zone)}")
    for promise in noted.meets:
        week, shift = week_of(promise.span.start, zone), promise.shift
        out.print(f"Who steps in? hotline roster repair --week {week} --without {person}={shift}")


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
        remove(db, number, parts.clock())
    if as_json:
        print_json({"removed": number})
    else:
        console().print(f"Absence {number} is removed.")


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
