"""`hotline callbacks`: what was promised to callers, without numbers; settling and reviving."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from hotline.errors import HotlineError
from hotline.oversight.alarms import AlarmKind
from hotline.parts import Parts
from hotline.promises.states import CallbackId
from hotline.store import Session
from hotline.store.owed.callbacks import (
    Callback,
    callbacks_waited_for,
    revive_callback,
    settle_callback,
)
from hotline.store.sending.alarms import clear_alarm


@click.command()
@click.option("--done", type=int, metavar="ID", help="This one was kept, by other means.")
@click.option("--again", type=int, metavar="ID", help="Promise this one anew: it ran out.")
@json_option
@pass_surroundings
def callbacks(
    surroundings: Surroundings, done: int | None, again: int | None, as_json: bool
) -> None:
    """Print the callbacks that callers agreed to and that are not kept yet. No numbers."""
    with surroundings.parts() as parts:
        if done is not None:
            _settle(parts, CallbackId(done))
        if again is not None:
            _revive(parts, CallbackId(again))
        with parts.store.reading() as db:
            found = callbacks_waited_for(db)
    if as_json:
        print_json([_document(each) for each in found])
        return
    _show(found, parts.settings.site.zone)


def _settle(parts: Parts, callback: CallbackId) -> None:
    with parts.store.writing() as db:
        if not settle_callback(db, callback, parts.clock()):
            raise HotlineError(f"There is no callback {callback} that waits to be kept.")
        _clear(db, callback, parts.clock())


def _revive(parts: Parts, callback: CallbackId) -> None:
    now = parts.clock()
    due = now + timedelta(seconds=parts.settings.answering.callback_due)
    with parts.store.writing() as db:
        if not revive_callback(db, callback, now, due):
            raise HotlineError(f"There is no callback {callback} that has run out.")
        _clear(db, callback, now)


def _clear(db: Session, callback: CallbackId, now: datetime) -> None:
    """Supervisors need to know of it no more."""
    for kind in (AlarmKind.UNKEPT, AlarmKind.UNREACHED):
        clear_alarm(db, kind, str(callback), now)


def _document(each: Callback) -> dict[str, object]:
    return {
        "id": each.id,
        "line": each.line,
        "state": each.state.value,
        "asked": each.asked.isoformat(),
        "due": each.due.isoformat(),
        "safe": each.safe.value,
        "leave_word": each.leave_word,
        "urgent": each.urgent,
        "attempts": each.attempts,
        "not_before": each.next_at.isoformat(),
        "tries": [
            {
                "offered": attempt.offered.isoformat(),
                "rung": attempt.rung.isoformat() if attempt.rung else None,
                "result": attempt.result.value if attempt.result else None,
            }
            for attempt in each.tries
        ],
    }


def _show(found: tuple[Callback, ...], zone: ZoneInfo) -> None:
    if not found:
        console().print("No callback is open.")
        return
    table = plain_table(">id", "line", "state", "asked", "due", "safe", ">rung", "last")
    for each in found:
        results = [attempt.result for attempt in each.tries if attempt.result]
        table.add_row(
            str(each.id),
            each.line,
            f"{each.state}, urgent" if each.urgent else each.state.value,
            _shown(each.asked, zone),
            _shown(each.due, zone),
            each.safe.value,
            str(each.attempts),
            results[-1].value if results else "",
        )
    console().print(table)


def _shown(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %d %b %H:%M}"
