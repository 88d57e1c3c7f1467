"""`hotline caller`: what was decided about a caller, who is found by one of their calls."""

import sys

import click

from hotline.calls.arrival.repeating import CallerStanding
from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, print_json
from hotline.cli.refusing import Commands
from hotline.knowing import (
    Deciding,
    Known,
    Risk,
    block,
    known,
    note_plan,
    promise_person,
    set_standing,
    unblock,
)
from hotline.parts import Parts
from hotline.privacy import privacy_of


@click.group(cls=Commands)
def caller() -> None:
    """Callers who call again: notes, standing, blocks. By call, never by number."""


call_option = click.option("--call", required=True, metavar="CALL", help="One of their calls.")
by_option = click.option("--by", required=True, metavar="PERSON", help="The code of who decides.")
why_option = click.option("--why", required=True, metavar="REASON", help="It is kept, encrypted.")


def _by(parts: Parts, call: str, by: str, why: str) -> Deciding:
    return Deciding(privacy_of(parts.secrets), call, by, why, parts.clock())


@caller.command("show")
@call_option
@json_option
@pass_surroundings
def show_caller(surroundings: Surroundings, call: str, as_json: bool) -> None:
    """Show how the caller is treated, and who decided what and why."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        found = known(db, privacy_of(parts.secrets), call)
        zone = parts.settings.site.zone
    if as_json:
        print_json(_document(found))
        return
    out = console()
    out.print(f"Standing: {found.caller.standing}")
    if found.note:
        out.print(f"Volunteers hear: {found.note}")
    for act, why in found.acts:
        until = f" until {day_and_time(act.until, zone)}" if act.until else ""
        out.print(f"{day_and_time(act.at, zone)} {act.act}{until}, by {act.by}: {why}")


@caller.command("note")
@call_option
@by_option
@why_option
@pass_surroundings
def note(surroundings: Surroundings, call: str, by: str, why: str) -> None:
    """Read from stdin what volunteers hear before they accept; nothing takes it back."""
    text = sys.stdin.read()
    with surroundings.parts() as parts, parts.store.writing() as db:
        note_plan(db, _by(parts, call, by, why), text)
    click.echo("It is read to volunteers." if text.strip() else "Nothing is read any more.")


@caller.command("standing")
@click.argument("standing", type=click.Choice([each.value for each in CallerStanding]))
@call_option
@by_option
@why_option
@pass_surroundings
def standing(surroundings: Surroundings, standing: str, call: str, by: str, why: str) -> None:
    """Treat the caller by rule (usual), after everybody else (delayed), or like anybody."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        set_standing(db, _by(parts, call, by, why), CallerStanding(standing))
    click.echo(f"The caller's standing is {standing}.")


@caller.command("block")
@click.option("--days", required=True, type=int, help="How long.")
@click.option(
    "--risk",
    required=True,
    type=click.Choice([each.value for each in Risk]),
    help="What is known of the danger they are in.",
)
@call_option
@by_option
@why_option
@pass_surroundings
def block_caller(
    surroundings: Surroundings, days: int, risk: str, call: str, by: str, why: str
) -> None:
    """Ring nobody for the caller for a time; key 9 in an emergency still does."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        until = block(db, parts.settings, _by(parts, call, by, why), days, Risk(risk))
        zone = parts.settings.site.zone
    click.echo(f"The caller is blocked until {day_and_time(until, zone)}.")


@caller.command("unblock")
@call_option
@by_option
@why_option
@pass_surroundings
def unblock_caller(surroundings: Surroundings, call: str, by: str, why: str) -> None:
    """Answer the caller again."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        unblock(db, _by(parts, call, by, why))
    click.echo("The caller is answered again.")


@caller.command("promise")
@click.argument("person")
@click.option("--hours", required=True, type=int, help="How long it holds.")
@call_option
@by_option
@why_option
@pass_surroundings
def promise(
    surroundings: Surroundings, person: str, hours: int, call: str, by: str, why: str
) -> None:
    """Ring PERSON first for the caller, when on duty and free."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        until = promise_person(db, _by(parts, call, by, why), person, hours)
        zone = parts.settings.site.zone
    click.echo(f"{person} is rung first until {day_and_time(until, zone)}.")


def _document(found: Known) -> dict[str, object]:
    blocked = found.caller.blocked_until
    return {
        "standing": found.caller.standing.value,
        "note": found.note,
        "blocked_until": blocked.isoformat() if blocked else None,
        "acts": [
            {
                "at": act.at.isoformat(),
                "act": act.act,
                "by": act.by,
                "call": act.call,
                "until": act.until.isoformat() if act.until else None,
                "why": why,
            }
            for act, why in found.acts
        ],
    }
