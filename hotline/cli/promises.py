"""`hotline callbacks` and `hotline messages`: what was promised to callers, and marking it kept."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.privacy import privacy_of
from hotline.store.exits import (
    Callback,
    Message,
    hear_message,
    keep_callback,
    open_callbacks,
    unheard_messages,
)


@click.command()
@click.option("--done", type=int, metavar="ID", help="This one was kept: the caller was reached.")
@json_option
@pass_surroundings
def callbacks(surroundings: Surroundings, done: int | None, as_json: bool) -> None:
    """Print the callbacks that callers agreed to and nobody has made yet, with the number.

    The numbers are encrypted in the database: this needs the site's HOTLINE_DATA_KEY.
    """
    with surroundings.parts() as parts:
        if done is not None:
            _keep(parts, done)
        with parts.store.reading() as db:
            found = open_callbacks(db)
        _show_callbacks(parts, found, as_json=as_json)


@click.command()
@click.option("--heard", type=int, metavar="ID", help="This one was listened to.")
@json_option
@pass_surroundings
def messages(surroundings: Surroundings, heard: int | None, as_json: bool) -> None:
    """Print the messages that nobody has listened to yet, by the carrier's recording."""
    with surroundings.parts() as parts:
        if heard is not None:
            _hear(parts, heard)
        with parts.store.reading() as db:
            found = unheard_messages(db)
        _show_messages(parts, found, as_json=as_json)


def _keep(parts: Parts, callback: int) -> None:
    with parts.store.writing() as db:
        if not keep_callback(db, callback, parts.clock()):
            raise HotlineError(f"There is no open callback {callback}.")


def _hear(parts: Parts, message: int) -> None:
    with parts.store.writing() as db:
        if not hear_message(db, message, parts.clock()):
            raise HotlineError(f"There is no unheard message {message}.")


def _show_callbacks(parts: Parts, found: tuple[Callback, ...], *, as_json: bool) -> None:
    privacy = privacy_of(parts.secrets) if found else None
    numbers = [privacy.opened(each.cipher) if privacy else "" for each in found]
    pairs = list(zip(found, numbers, strict=True))
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "line": each.line,
                    "number": number,
                    "asked": each.asked.isoformat(),
                    "due": each.due.isoformat(),
                }
                for each, number in pairs
            ]
        )
        return
    zone = parts.settings.site.zone
    table = plain_table(">id", "line", "number", "asked", "due")
    for each, number in pairs:
        asked, due = _shown(each.asked, zone), _shown(each.due, zone)
        table.add_row(str(each.id), each.line, number, asked, due)
    _print(table, found, "No callback is open.")


def _show_messages(parts: Parts, found: tuple[Message, ...], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "line": each.line,
                    "left": each.left.isoformat(),
                    "seconds": each.seconds,
                    "recording": each.recording,
                }
                for each in found
            ]
        )
        return
    table = plain_table(">id", "line", "left", ">seconds", "recording")
    for each in found:
        left = _shown(each.left, parts.settings.site.zone)
        table.add_row(str(each.id), each.line, left, str(each.seconds), each.recording)
    _print(table, found, "No message is unheard.")


def _print(table: object, found: tuple[object, ...], nothing: str) -> None:
    console().print(table if found else nothing)


def _shown(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%a %d %b %H:%M}"
