"""`hotline talks`, `hotline talks supervise` and `hotline forms`: conversations now, and after."""

from datetime import timedelta
from typing import Final

import click

from hotline.calls.colleagues.supervising import supervise
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Part
from hotline.calls.turn import Turn
from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, plain_table, print_json
from hotline.cli.refusing import Commands
from hotline.errors import HotlineError
from hotline.privacy import privacy_of
from hotline.store.duty.rosters import everybody
from hotline.store.talking.forms import forms_due
from hotline.store.talking.talks import open_talks

MODES: Final = (Part.LISTEN.value, Part.COACH.value, Part.JOIN.value)


@click.group(cls=Commands, invoke_without_command=True)
@json_option
@click.pass_context
def talks(ctx: click.Context, as_json: bool) -> None:
    """Print the conversations under way, the longest first."""
    if ctx.invoked_subcommand is None:
        _show(ctx.ensure_object(Surroundings), as_json=as_json)


@talks.command("supervise")
@click.argument("call", type=int)
@click.option("--by", "code", required=True, metavar="CODE", help="The supervisor who is rung.")
@click.option("--mode", type=click.Choice(MODES), default=MODES[0], show_default=True)
@json_option
@pass_surroundings
def supervise_talk(
    surroundings: Surroundings, call: int, code: str, mode: str, as_json: bool
) -> None:
    """Ring a supervisor into the conversation of CALL, to listen, coach or join."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        turn = Turn(db, parts.settings, privacy_of(parts.secrets), parts.clock())
        found = [each for each in everybody(db, turn.now) if each.code == code]
        if not found:
            raise HotlineError(f"There is nobody with the code {code!r}.")
        supervise(turn, CallId(call), found[0], Part(mode))
    if as_json:
        print_json({"call": call, "person": code, "mode": mode})
    else:
        console().print(f"The telephone of {code} rings, to {mode}.")


def _show(surroundings: Surroundings, *, as_json: bool) -> None:
    with surroundings.parts() as parts, parts.store.reading() as db:
        found, now = open_talks(db), parts.clock()
    if as_json:
        document = [
            {
                "call": each.call,
                "line": each.line,
                "person": each.person,
                "name": each.name,
                "since": each.since.isoformat(),
                "held": each.held,
            }
            for each in found
        ]
        print_json({"talks": document})
        return
    table = plain_table(">call", "line", "with", ">minutes")
    for each in found:
        minutes = int((now - each.since).total_seconds() // 60)
        table.add_row(str(each.call), each.line, f"{each.name} ({each.person})", str(minutes))
    console().print(table if found else "Nobody talks now.")


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True)
@json_option
@pass_surroundings
def forms(surroundings: Surroundings, days: int, as_json: bool) -> None:
    """Print the conversations of the last days whose form nobody has filled in, oldest first."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        found = forms_due(db, parts.clock() - timedelta(days=days))
    if as_json:
        document = [
            {
                "call": each.call,
                "line": each.line,
                "person": each.person,
                "name": each.name,
                "ended": each.ended.isoformat(),
                "risk": each.risk,
            }
            for each in found
        ]
        print_json({"forms": document})
        return
    zone = parts.settings.site.zone
    table = plain_table(">call", "line", "with", "ended", "risk")
    for each in found:
        who, ended = f"{each.name} ({each.person})", day_and_time(each.ended, zone)
        table.add_row(str(each.call), each.line, who, ended, each.risk or "")
    console().print(table if found else "No form is due.")
