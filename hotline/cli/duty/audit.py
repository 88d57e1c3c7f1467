"""`hotline audit`: did the telephones ring by the roster of each moment?"""

from datetime import timedelta
from typing import Final

import click

from hotline.calls.drift import Difference, Fault
from hotline.cli.context import Surroundings, day_written, json_option, pass_surroundings
from hotline.cli.duty.whys import REASONS
from hotline.cli.printing import console, print_json
from hotline.config.settings import Settings
from hotline.oversight.auditing import Audit, audited

FAULTS: Final = {
    Fault.RUNG: "{name} was rung, and the roster kept them out",
    Fault.TWICE: "{name} was rung while rung already",
    Fault.TURNED_AWAY: "the caller was told that nobody is on duty, and {name} was",
}


@click.command()
@click.option(
    "--day", metavar="DAY", help="Like 2026-11-24, by the site's calendar; else yesterday."
)
@json_option
@pass_surroundings
def audit(surroundings: Surroundings, day: str | None, as_json: bool) -> None:
    """Replay a day's rings against the roster of each moment, and say what differs.

    The worker does the same every night and raises an alarm. Exit code 1 if anything differs.
    """
    with surroundings.parts() as parts, parts.store.reading() as db:
        today = parts.clock().astimezone(parts.settings.site.zone).date()
        asked = day_written(day) if day else today - timedelta(days=1)
        found = audited(db, asked, parts.settings)
    if as_json:
        print_json(_document(found))
    else:
        _show(found, parts.settings)
    if found.differences:
        raise SystemExit(1)


def _show(found: Audit, settings: Settings) -> None:
    out = console()
    out.print(
        f"{found.day:%a %d %b %Y}: {found.rings} telephones rang, {found.decisions} decisions."
    )
    if not found.differences:
        out.print("Every one of them followed the roster of its moment.")
    for each in found.differences:
        at = f"{each.at.astimezone(settings.site.zone):%H:%M:%S}"
        out.print(f"{at}  call {each.call}: {_sentence(found, each)}.", style="bold red")


def _sentence(found: Audit, each: Difference) -> str:
    code, name = found.people[each.person]
    said = FAULTS[each.fault].format(name=f"{name} ({code})")
    return f"{said}: {REASONS[each.why]}" if each.why else said


def _document(found: Audit) -> dict[str, object]:
    return {
        "day": found.day.isoformat(),
        "rings": found.rings,
        "decisions": found.decisions,
        "differences": [
            {
                "fault": each.fault,
                "call": each.call,
                "person": found.people[each.person][0],
                "at": each.at.isoformat(),
                "why": each.why,
            }
            for each in found.differences
        ],
    }
