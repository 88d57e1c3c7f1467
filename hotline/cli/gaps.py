"""How gaps are told: each one below the floor, and how much is missing above it."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from rich.console import Console

from hotline.cli.printing import from_to
from scheduling.roster import Gap


def show_gaps(out: Console, gaps: Iterable[Gap], zone: ZoneInfo) -> None:
    """A line for each gap below the floor, and one for all that is missing to the target."""
    found = tuple(gaps)
    for gap in found:
        if gap.below_floor:
            out.print(f"  gap {from_to(gap.span, zone)}: {_missing(gap)}")
    above = [gap for gap in found if not gap.below_floor]
    if above:
        hours = sum((gap.span.length * gap.missing for gap in above), timedelta())
        out.print(
            f"  {hours / timedelta(hours=1):g} person-hours missing to the target, floor kept",
            style="dim",
        )


def gap_document(gap: Gap) -> dict[str, object]:
    """A gap as it stands in JSON."""
    return {
        "desk": gap.desk,
        "from": gap.span.start.isoformat(),
        "to": gap.span.end.isoformat(),
        "missing": gap.missing,
        "below_floor": gap.below_floor,
        "certificate": gap.certificate,
    }


def _missing(gap: Gap) -> str:
    heads = "1 person" if gap.missing == 1 else f"{gap.missing} people"
    return f"{heads} with {gap.certificate} missing" if gap.certificate else f"{heads} missing"
