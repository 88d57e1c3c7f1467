"""A drill that somebody asked for, as a terminal and programs are told of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from rich.console import Console

from hotline.cli.printing import plain_table
from hotline.config.settings import Settings
from hotline.config.tables.drills import Drills
from hotline.handshake.trying import drill_telephones
from hotline.oversight.drilling import report
from hotline.oversight.drills import Drill, LineDrilled, Trial
from hotline.parts import Parts
from hotline.store.duty.trial_rings import phones_of
from webhooks.played.drilling import play_drill

CAME: Final = {
    Trial.UNDER_WAY: "is rung by the worker within 20 minutes; see `hotline drill --last`",
    Trial.REACHED: "reached",
    Trial.SILENT: "picked up, and pressed no key",
    Trial.UNANSWERED: "did not pick up",
    Trial.UNSENT: "was not rung: not free in time, or the carrier refused",
    Trial.NEEDED: "was hung up on, for a caller came",
}


def play_and_report(parts: Parts, wanted: Drills, at: datetime | None) -> Drill:
    """Play it as of `at`, or now; keep what came of it, and have telephones rung if they shall."""
    now = parts.clock()
    played = play_drill(parts, wanted, at or now)
    with parts.store.writing() as db:
        number = report(db, played, now)
        if wanted.volunteers:
            drill_telephones(db, parts.settings, number, now)
        return replace(played, phones=phones_of(db, number))


def show_drill(out: Console, drill: Drill, settings: Settings) -> None:
    """Line by line, and whether all was well."""
    zone = settings.site.zone
    out.print(f"Drill of {drill.at.astimezone(zone):%a %d %b %Y %H:%M} ({zone.key})", style="bold")
    table = plain_table("line", ">callers", ">answered", ">longest wait", "otherwise")
    for line in drill.lines:
        wait = (
            f"{line.longest_wait.total_seconds():.0f} s" if line.longest_wait is not None else "-"
        )
        row = (line.line, str(line.callers), str(line.answered), wait, _otherwise(line))
        table.add_row(*row)
    out.print(table)
    out.print(
        f"{drill.callers} callers: {drill.answered} answered, {drill.stranded} stranded, "
        f"{drill.double_booked} double-booked.",
        style="" if drill.sound else "bold red",
    )
    for phone in drill.phones:
        out.print(f"{phone.name} ({phone.code}): {CAME[phone.came]}.")


def _otherwise(line: LineDrilled) -> str:
    others = (
        f"{count} {name}" for name, count in sorted(line.outcomes.items()) if name != "answered"
    )
    return ", ".join(others)


def drill_document(drill: Drill) -> dict[str, object]:
    """The same for programs."""
    return {
        "at": drill.at.isoformat(),
        "sound": drill.sound,
        "stranded": drill.stranded,
        "double_booked": drill.double_booked,
        "phones": [{"person": phone.code, "came": phone.came.value} for phone in drill.phones],
        "lines": [
            {
                "line": line.line,
                "callers": line.callers,
                "answered": line.answered,
                "longest_wait": _seconds(line.longest_wait),
                "outcomes": dict(sorted(line.outcomes.items())),
            }
            for line in drill.lines
        ],
    }


def _seconds(wait: timedelta | None) -> float | None:
    return None if wait is None else wait.total_seconds()
