"""`hotline messages`: what callers left and nobody has answered yet."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from hotline.errors import HotlineError
from hotline.oversight.alarms import AlarmKind
from hotline.parts import Parts
from hotline.privacy import privacy_of
from hotline.promises.states import MessageId
from hotline.store.owed.messages import Message, answer_message, hear_message, open_messages
from hotline.store.owed.recordings import recording_of
from hotline.store.sending.alarms import clear_alarm


@click.command()
@click.option("--heard", type=int, metavar="ID", help="This one was listened to.")
@click.option("--answered", type=int, metavar="ID", help="The caller of this one was answered.")
@click.option("--sound", type=int, metavar="ID", help="Write this one to standard output, as WAV.")
@json_option
@pass_surroundings
def messages(
    surroundings: Surroundings,
    heard: int | None,
    answered: int | None,
    sound: int | None,
    as_json: bool,
) -> None:
    """Print the messages that nobody has answered yet."""
    with surroundings.parts() as parts:
        if sound is not None:
            sys.stdout.buffer.write(_sound(parts, MessageId(sound)))
            return
        if heard is not None:
            _hear(parts, MessageId(heard))
        if answered is not None:
            _answer(parts, MessageId(answered))
        with parts.store.reading() as db:
            found = open_messages(db)
    if as_json:
        print_json([_document(each) for each in found])
        return
    _show(found, parts.settings.site.zone)


def _sound(parts: Parts, message: MessageId) -> bytes:
    with parts.store.reading() as db:
        cipher = recording_of(db, message)
    if cipher is None:
        raise HotlineError(
            f"Message {message} is not here: there is none, or it is not fetched yet."
        )
    return privacy_of(parts.secrets).opened_bytes(cipher)


def _hear(parts: Parts, message: MessageId) -> None:
    with parts.store.writing() as db:
        if not hear_message(db, message, parts.clock()):
            raise HotlineError(f"There is no unheard message {message}.")


def _answer(parts: Parts, message: MessageId) -> None:
    with parts.store.writing() as db:
        if not answer_message(db, message, parts.clock()):
            raise HotlineError(f"There is no message {message} that waits for an answer.")
        clear_alarm(db, AlarmKind.UNANSWERED, str(message), parts.clock())


def _document(each: Message) -> dict[str, object]:
    return {
        "id": each.id,
        "line": each.line,
        "left": each.left.isoformat(),
        "due": each.due.isoformat(),
        "seconds": each.seconds,
        "recording": each.recording,
        "fetched": each.fetched.isoformat() if each.fetched else None,
        "heard": each.heard.isoformat() if each.heard else None,
    }


def _show(found: tuple[Message, ...], zone: ZoneInfo) -> None:
    if not found:
        console().print("No message waits for an answer.")
        return
    table = plain_table(">id", "line", "left", "answer by", ">seconds", "state")
    for each in found:
        state = "heard" if each.heard else "to hear" if each.fetched else "at the carrier"
        left, due = _shown(each.left, zone), _shown(each.due, zone)
        table.add_row(str(each.id), each.line, left, due, str(each.seconds), state)
    console().print(table)


def _shown(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %d %b %H:%M}"
