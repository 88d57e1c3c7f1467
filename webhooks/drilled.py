"""A drill, as a terminal and programs are told of it."""

from datetime import timedelta

from rich.console import Console

from hotline.cli.printing import plain_table
from hotline.config.settings import Settings
from hotline.drills import Drill, LineDrilled


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
