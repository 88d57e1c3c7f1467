"""How a person's week and the price of each floor are told."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hotline.cli.printing import from_to, plain_table
from hotline.cli.rosters.differing import cover_document
from hotline.config.settings import Settings
from hotline.rosters.reasons.weeks import ToldPerson
from scheduling.telling.burden import Burden
from scheduling.telling.difference import CoverChange
from scheduling.telling.floors import FloorCost
from scheduling.telling.levels import Level
from scheduling.telling.person_week import Contribution, PersonWeek


def show_person(
    out: Console, told: ToldPerson, names: Mapping[str, str], settings: Settings
) -> None:
    """What each shift is for, which wishes were kept, and how the burden compares."""
    code, zone = told.week.person, settings.site.zone
    out.print(Text(f"\n{names.get(code, code)} ({code})", style="bold"))
    if not told.week.shifts:
        out.print("  no shift in this week")
    for each in told.week.shifts:
        _print(out, f"{each.shift.id}, {from_to(each.shift.span, zone)}", 2)
        for line in _worth(each, zone):
            _print(out, line, 4)
    for line in _wishes(told.week):
        _print(out, line, 2)
    table = plain_table("  burden", ">theirs", ">before", ">mean", "of those who share it")
    for burden in told.burdens:
        table.add_row(*_burden_row(burden))
    out.print(table)


def person_document(told: ToldPerson, names: Mapping[str, str]) -> dict[str, object]:
    """The same as it stands in JSON."""
    week = told.week
    return {
        "person": week.person,
        "name": names.get(week.person, week.person),
        "shifts": [
            {
                "shift": each.shift.id,
                "from": each.shift.span.start.isoformat(),
                "to": each.shift.span.end.isoformat(),
                "without": [cover_document(change) for change in each.without],
                "points": dict(each.points),
            }
            for each in week.shifts
        ],
        "wishes_kept": dict(week.kept),
        "wishes_broken": dict(week.broken),
        "fairness": dict(week.fairness),
        "burdens": [_burden_document(burden) for burden in told.burdens],
    }


def show_floors(out: Console, costs: Sequence[FloorCost]) -> None:
    """What the roster would save if each floor (and its target) were one head lower."""
    out.print("\nWHAT EACH FLOOR COSTS: points saved with one head less", style="bold")
    table = plain_table("  desk", "of holders", *(f">{level.title}" for level in Level), "")
    for cost in costs:
        doubt = "" if cost.proven else "at least"
        saved = (str(points) for points in cost.saved)
        table.add_row(f"  {cost.desk}", cost.certificate or "", *saved, doubt)
    out.print(table)


def floor_document(cost: FloorCost) -> dict[str, object]:
    """The same as it stands in JSON."""
    levels = zip(Level, cost.saved, strict=True)
    return {
        "desk": cost.desk,
        "certificate": cost.certificate,
        "saved": {level.title: points for level, points in levels},
        "proven": cost.proven,
    }


def _worth(each: Contribution, zone: ZoneInfo) -> Iterator[str]:
    for change in each.without:
        yield f"without them {_missing(change)}, {from_to(change.span, zone)}"
    if not each.without:
        yield "no floor and no target needs them there"
    if each.points:
        told = ", ".join(f"{name} {points:+}" for name, points in each.points.items())
        yield f"the roster without it: {told} points"


def _missing(change: CoverChange) -> str:
    bound = "floor" if change.becomes < change.floor else "target"
    wanted = change.floor if bound == "floor" else change.target
    held = f" with {change.certificate}" if change.certificate else ""
    return f"{change.becomes}{held} of {wanted} at {change.desk}, below the {bound}"


def _wishes(week: PersonWeek) -> Iterator[str]:
    for title, wishes in (
        ("wishes kept", week.kept),
        ("wishes broken", week.broken),
        ("fairness", week.fairness),
    ):
        if wishes:
            told = ", ".join(f"{name} {points:+}" for name, points in wishes.items())
            yield f"{title}: {told} points"


def _burden_row(burden: Burden) -> tuple[str, ...]:
    before = f"{burden.before:+}" if burden.before else ""
    sharing = f"{burden.sharing}" if burden.shares else f"{burden.sharing}, not shared by them"
    measure = f"  {burden.measure.value}"
    return measure, f"{burden.mine:g}", before, f"{burden.mean:.1f}", sharing


def _burden_document(burden: Burden) -> dict[str, object]:
    return {
        "measure": burden.measure.value,
        "theirs": burden.mine,
        "before": burden.before,
        "mean": round(burden.mean, 3),
        "sharing": burden.sharing,
        "shares": burden.shares,
    }


def _print(out: Console, text: str, indent: int) -> None:
    out.print(Padding(Text(text), (0, 0, 0, indent), expand=False))
