"""`hotline people`: volunteers from and to a file, and how each is told things."""

import sys
from pathlib import Path

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import print_json
from hotline.cli.refusing import Commands
from hotline.cli.telephones import drills, reached_again, ring
from hotline.errors import HotlineError
from hotline.notices.contacts import keep_urls_of
from hotline.people import people_from
from hotline.people.importing import (
    export_people,
    export_workbook,
    import_people,
)
from hotline.people.reaching import reached_anew
from hotline.phones.pins import keep_pin_of
from hotline.privacy import privacy_of


@click.group(cls=Commands)
def people() -> None:
    """Volunteers, their certificates and when they can."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_surroundings
def take_in(surroundings: Surroundings, file: Path, as_json: bool) -> None:
    """Take in a CSV or XLSX of volunteers, whole or not at all; others stay as they are."""
    with surroundings.parts() as parts:
        listed = people_from(file, parts.settings)
        with parts.store.writing() as db:
            done = import_people(db, listed)
            reached_anew(db, done.renumbered, parts.clock())
    if as_json:
        print_json({"added": done.added, "changed": done.changed, "unchanged": done.unchanged})
    else:
        click.echo(f"{done.added} added, {done.changed} changed, {done.unchanged} as they were.")


@people.command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@pass_surroundings
def give_back(surroundings: Surroundings, file: Path | None) -> None:
    """Write all volunteers to FILE.csv or FILE.xlsx, to be taken in again; else print a CSV."""
    if file is not None and file.suffix not in (".csv", ".xlsx"):
        raise HotlineError(f"{file} must end in .csv or .xlsx, which says how it is written.")
    with surroundings.parts() as parts, parts.store.reading() as db:
        if file is None:
            click.echo(export_people(db), nl=False)
        elif file.suffix == ".csv":
            _keep(file, export_people(db).encode())
        else:
            _keep(file, export_workbook(db))


def _keep(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise HotlineError(f"{file} cannot be written: {error.strerror}.") from None


@people.command("notify")
@click.argument("code")
@json_option
@pass_surroundings
def notify(surroundings: Surroundings, code: str, as_json: bool) -> None:
    """Read from stdin the apprise URLs that CODE is told things by; nothing forgets them."""
    lines = sys.stdin.read().splitlines()
    with surroundings.parts() as parts:
        privacy = privacy_of(parts.secrets)
        with parts.store.writing() as db:
            count = keep_urls_of(db, code, lines, privacy)
    if as_json:
        print_json({"person": code, "urls": count})
    elif count:
        click.echo(
            f"{code} is told by {count} URL{'s' if count > 1 else ''}, the first that works."
        )
    else:
        click.echo(f"{code} is told by no URL any more.")


@people.command("pin")
@click.argument("code")
@json_option
@pass_surroundings
def set_pin(surroundings: Surroundings, code: str, as_json: bool) -> None:
    """Read from stdin the PIN by which CODE dials in; it unlocks them, too."""
    given = _typed_hidden() if sys.stdin.isatty() else sys.stdin.readline()
    with surroundings.parts() as parts, parts.store.writing() as db:
        keep_pin_of(db, code, given.strip())
    if as_json:
        print_json({"person": code})
    else:
        click.echo(f"{code} has a new PIN.")


def _typed_hidden() -> str:
    return str(click.prompt("PIN", hide_input=True, confirmation_prompt=True, err=True))


for command in (ring, reached_again, drills):
    people.add_command(command)
