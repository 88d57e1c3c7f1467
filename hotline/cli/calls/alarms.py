"""`hotline alarms` and `hotline alarms clear`: what is wrong now, and marking it seen to."""

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, day_and_time, print_json
from hotline.cli.refusing import Commands
from hotline.errors import HotlineError
from hotline.notices.wording import alarm_sentence
from hotline.oversight.alarms import OpenAlarm
from hotline.store.sending.alarms import clear_alarm_numbered, open_alarms


@click.group(cls=Commands, invoke_without_command=True)
@json_option
@click.pass_context
def alarms(ctx: click.Context, as_json: bool) -> None:
    """Print what is wrong until somebody sees to it, the oldest first."""
    if ctx.invoked_subcommand is None:
        _show(ctx.ensure_object(Surroundings), as_json=as_json)


@alarms.command("clear")
@click.argument("number", type=int)
@json_option
@pass_surroundings
def clear(surroundings: Surroundings, number: int, as_json: bool) -> None:
    """Say that the alarm of that NUMBER has been seen to; the same may be raised anew."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        if not clear_alarm_numbered(db, number, parts.clock()):
            raise HotlineError(f"There is no open alarm {number}; look at: hotline alarms")
    if as_json:
        print_json({"cleared": number})
    else:
        console().print(f"Alarm {number} is cleared.")


def _show(surroundings: Surroundings, *, as_json: bool) -> None:
    with surroundings.parts() as parts:
        with parts.store.reading() as db:
            found = open_alarms(db)
        site = parts.settings.site
    if as_json:
        print_json({"alarms": [_document(each) for each in found]})
        return
    for each in found:
        sentence = alarm_sentence(each.alarm, site.language)
        console().print(f"{each.id}. {sentence} ({day_and_time(each.raised, site.zone)})")
        if each.alarm.detail:
            console().print(f"   {each.alarm.detail}", style="dim")
    if not found:
        console().print("Nothing is wrong.")


def _document(each: OpenAlarm) -> dict[str, object]:
    return {
        "alarm": each.id,
        "kind": each.alarm.kind.value,
        "subject": each.alarm.subject,
        "detail": each.alarm.detail,
        "raised": each.raised.isoformat(),
    }
