"""`hotline purge`: forget what is older than the site keeps it, or only say what that is."""

from collections.abc import Mapping
from typing import Final

import click

from hotline.cli.context import Surroundings, json_option, pass_surroundings
from hotline.cli.printing import console, plain_table, print_json
from hotline.config.tables.retention import Retention
from hotline.retention.kinds import Kind
from hotline.retention.purging import purge as forget_old
from hotline.retention.purging import too_old

BY: Final = "command"  # who the trail names: whoever may run commands on this machine
CALLED: Final[Mapping[Kind, str]] = {
    Kind.NUMBERS: "callers' numbers",
    Kind.HASHES: "what callers are known again by, and what was decided about them",
    Kind.EVENTS: "what happened and was said in calls",
    Kind.LEDGER: "whom decisions considered",
    Kind.NOTES: "notes",
    Kind.HIGH_RISK_NOTES: "notes at high risk",
    Kind.RECORDINGS: "messages' recordings",
    Kind.CALLBACKS: "numbers of promises that are over",
    Kind.SESSIONS: "sessions and links",
    Kind.NOTICES: "what volunteers were told and rung for",
    Kind.LEFT: "details of people who left",
}


@click.command()
@click.option("--dry-run", is_flag=True, help="Change nothing, only say what would go.")
@json_option
@pass_surroundings
def purge(surroundings: Surroundings, *, dry_run: bool, as_json: bool) -> None:
    """Forget what is older than [retention] keeps it, as the worker does each night."""
    with surroundings.parts() as parts:
        kept = parts.settings.keeps
        if dry_run:
            found = too_old(parts.store, parts.settings, parts.clock())
        else:
            found = forget_old(parts.store, parts.settings, BY, parts.clock())
    if as_json:
        print_json({"dry_run": dry_run, "kinds": _document(found, kept)})
        return
    table = plain_table("kind", ">days", ">rows", "")
    for kind, number in found.items():
        table.add_row(kind.value, str(_days(kept, kind)), str(number), CALLED[kind])
    console().print(table)
    console().print("Nothing was changed." if dry_run else f"{sum(found.values())} rows went.")


def _days(kept: Retention, kind: Kind) -> int:
    days: int = getattr(kept, kind.value)
    return days


def _document(found: Mapping[Kind, int], kept: Retention) -> dict[str, object]:
    return {
        kind.value: {"days": _days(kept, kind), "rows": number} for kind, number in found.items()
    }
