"""`hotline erase`: a caller who asks to be forgotten, and somebody who worked here and left."""

import sys
from dataclasses import asdict
from typing import Final

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import print_json
from hotline.cli.refusing import Commands
from hotline.parts import Parts
from hotline.privacy import privacy_of
from hotline.retention.callers import (
    Notes,
    Wanted,
    erase_caller,
    hashes_of_call,
    hashes_of_number,
    in_the_way,
)
from hotline.retention.leavers import erase_person, in_their_way, leaver
from hotline.store import Session
from hotline.store.upkeep.erasing_callers import of_caller

BY: Final = "command"  # who the trail names: whoever may run commands on this machine
dry_run_option = click.option("--dry-run", is_flag=True, help="Change nothing, only say what is.")
cancel_option = click.option(
    "--cancel-promises", is_flag=True, help="Nobody keeps what is still open."
)


@click.group(cls=Commands)
def erase() -> None:
    """Forget a caller, or somebody who worked here."""


@erase.command("caller")
@click.option("--call", metavar="CALL", help="One of their calls; else the number, from stdin.")
@click.option("--notes", type=click.Choice([each.value for each in Notes]), help="What of notes.")
@cancel_option
@dry_run_option
@json_option
@pass_surroundings
def caller(
    surroundings: Surroundings,
    call: str | None,
    notes: str | None,
    *,
    cancel_promises: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Forget whoever calls from the number read from stdin: what counts stays, and names nobody."""
    text = "" if call else sys.stdin.readline()
    wanted = Wanted(cancel_promises, Notes(notes) if notes else None)
    with surroundings.parts() as parts, parts.store.writing() as db:
        hashes = _hashes(parts, db, call, text)
        if dry_run:
            found = of_caller(db, hashes)
            problems = list(in_the_way(found, wanted))
        else:
            found, problems = erase_caller(db, hashes, wanted, BY, parts.clock()), []
    _print(asdict(found), problems, dry_run=dry_run, as_json=as_json)


@erase.command("person")
@click.argument("code")
@cancel_option
@dry_run_option
@json_option
@pass_surroundings
def person(
    surroundings: Surroundings, code: str, *, cancel_promises: bool, dry_run: bool, as_json: bool
) -> None:
    """Forget who has CODE: name, telephone, account. Past shifts stay, under the code alone."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        if dry_run:
            found = leaver(db, code, parts.clock())
            problems = list(in_their_way(found, cancel_promises=cancel_promises))
        else:
            now = parts.clock()
            found = erase_person(db, code, BY, now, cancel_promises=cancel_promises)
            problems = []
    said = {"code": code, "shifts": found.shifts, **asdict(found.waits)}
    _print(said, problems, dry_run=dry_run, as_json=as_json)


def _hashes(parts: Parts, db: Session, call: str | None, text: str) -> frozenset[str]:
    if call:
        return hashes_of_call(db, call)
    country = parts.settings.promised.country_code
    return hashes_of_number(privacy_of(parts.secrets), text, country)


def _print(found: dict[str, object], problems: list[str], *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json({"erased": not dry_run, "found": found, "in_the_way": problems})
        return
    for name, value in found.items():
        click.echo(f"{name.replace('_', ' ')}: {'-' if value is None else value}")
    for problem in problems:
        click.echo(problem)
    click.echo("Nothing was changed." if dry_run else "Forgotten.")
