"""How gaps are told: each one below the floor, and how much is missing above it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.console import Console

from hotline.cli.printing import from_to
from scheduling.problem import Span
from scheduling.roster import Gap


def show_gaps(out: Console, gaps: Iterable[Gap], zone: ZoneInfo) -> None:
    """A line for each gap below the floor, and one for all that is missing to the target."""
    found = tuple(gaps)
    below = sorted((gap for gap in found if gap.below_floor), key=_by_time)
    for span, group in groupby(below, key=lambda gap: gap.span):
        missing = " and ".join(missing_in(gap) for gap in group)
        out.print(f"  gap {from_to(span, zone)}: missing {missing}")
    above = [gap for gap in found if not gap.below_floor]
    if above:
        hours = sum((gap.span.length * gap.missing for gap in above), timedelta())
        out.print(
            f"  above the floor, {hours / timedelta(hours=1):g} person-hours missing to the target",
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


def missing_in(gap: Gap) -> str:
    """Like "2 people" or "1 with crisis"."""
    if gap.certificate:
        return f"{gap.missing} with {gap.certificate}"
    return "1 person" if gap.missing == 1 else f"{gap.missing} people"


def _by_time(gap: Gap) -> tuple[Span, str]:
    return gap.span, gap.certificate or ""
