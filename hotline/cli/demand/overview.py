"""`hotline demand` at a glance: what applies to the days, and a row for each line and desk."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table

from hotline.cli.demand.demanded import Shown, floor_of
from hotline.cli.printing import day_and_time, percent, plain_table, titled
from hotline.config.settings import Desk, Line
from hotline.demand.foretelling import LineOutlook
from hotline.demand.seating import DeskSeats
from scheduling.demand.dates.calendars import DayKind
from scheduling.demand.expecting.methods import Method


def show_heading(out: Console, shown: Shown) -> None:
    """Print which days these are, what is promised, and what applies to them."""
    for sentence in _heading(shown):
        out.print(sentence, soft_wrap=True)


def show_overview(out: Console, shown: Shown) -> None:
    """Print a row for each line and each desk, and where to read on."""
    show_heading(out, shown)
    out.print()
    out.print(_lines(shown))
    out.print()
    out.print(_desks(shown))
    line, desk = shown.outlook.lines[0].line, shown.desks[0].desk
    out.print(f"\nHalf hour by half hour: add --line {line} or --desk {desk}; or --json")


def name_of(thing: Line | Desk | None, shown: Shown) -> str:
    """A line or desk by name and title."""
    assert thing is not None  # what is foretold is configured
    return titled(thing, shown.settings)


def learned_from(line: LineOutlook) -> str:
    """The method, and how many weeks of calls it had, in a few words."""
    match line.forecast.method:
        case Method.REGRESSION:
            return f"regression, {line.weeks:.0f} weeks"
        case Method.MEANS:
            return f"means, {line.weeks:.0f} weeks"
        case Method.PRIOR:
            return f"configured, {line.weeks:.1f} weeks"


def _heading(shown: Shown) -> Iterator[str]:
    outlook, demand, zone = shown.outlook, shown.demand, shown.settings.site.zone
    start, end = (day_and_time(at, zone) for at in (outlook.span.start, outlook.span.end))
    yield f"Expected from {start} to {end}"
    yield (
        f"Promised: {demand.share * 100:g} % of calls answered in {demand.within_seconds} s; "
        f"a call takes {demand.talk_minutes:g} minutes"
    )
    if outlook.provisional:
        yield "Provisional: not all days off and make-up workdays of these years are announced"
    for words, days in _special(shown).items():
        yield f"{words}: {', '.join(days)}"
    for season in outlook.seasons:
        yield f"Season {season.name}: calls times {season.factor:g}, as configured"


def _special(shown: Shown) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for day, special in shown.special.items():
        kind = "Holiday" if special.kind is DayKind.HOLIDAY else "Worked to make up"
        found[f"{kind}, {special.name}"].append(f"{day:%a %d %b}")
    return found


def _lines(shown: Shown) -> Table:
    table = plain_table("line", ">a day", "busiest half hour", ">calls", "learned from")
    for line in shown.outlook.lines:
        peak = shown.peak(line)
        table.add_row(
            line.line,  # without its title: 80 columns hold no more
            f"{shown.calls_a_day(line):.1f}",
            day_and_time(peak.at, shown.settings.site.zone),
            f"{peak.calls:.2g} ({peak.low:g}-{peak.high:g})",
            learned_from(line),
        )
    return table


def _desks(shown: Shown) -> Table:
    table = plain_table("desk", "targets by", ">above floor", ">short", ">in time", ">at floor")
    for desk in shown.desks:
        name = name_of(shown.settings.desk(desk.desk), shown)
        table.add_row(name, desk.source, *_figures(desk, shown))
    return table


def _figures(desk: DeskSeats, shown: Shown) -> Iterator[str]:
    yield f"{desk.above_floor:g} h"
    yield f"{len(desk.short) / 2:g} h"
    for people in (desk.target, floor_of):
        share = shown.kept(desk, people)
        yield percent(share.in_time if share else None)
