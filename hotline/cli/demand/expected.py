"""`hotline demand` in detail: the half hours of lines and desks as strips of digits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from rich.console import Console

from hotline.cli.demand.demanded import Shown, floor_of
from hotline.cli.demand.overview import name_of, show_heading
from hotline.cli.demand.strips import Marks, Strips, digit, drawn, unit_for
from hotline.cli.printing import day_and_time, percent
from hotline.config.settings import Settings
from hotline.demand.foretelling import BAND, LineOutlook
from hotline.demand.importing import ImportedHistory
from hotline.demand.reading import HOUR, History
from hotline.demand.seating import DeskSeats, Seats
from scheduling.demand.expecting.methods import Method

CLOSED: Final = (".", "dim")
ABOVE: Final = "bold yellow"  # more people than the floor
SHORT: Final = "bold red"  # the calls need more than the target
FEW: Final = 0.05  # calls; fewer are not worth a sentence


def show_half_hours(out: Console, shown: Shown) -> None:
    """Print the calls expected of each line, and the people asked of each desk."""
    show_heading(out, shown)
    for line in shown.outlook.lines:
        _show_line(out, line, shown)
    for desk in shown.desks:
        _show_desk(out, desk, shown)


def show_imported(
    out: Console, done: ImportedHistory, history: History, settings: Settings
) -> None:
    """Print what a file brought, and what it left untold."""
    zone = settings.site.zone
    read = " and ".join("hours" if one == HOUR else "half hours" for one in sorted(history.lengths))
    counts = f"{done.added} half hours added, {done.changed} changed, {done.unchanged} as they were"
    out.print(f"Read as {read}: {counts}.", soft_wrap=True)
    for line in done.lines:
        ends = (line.span.start, line.span.end)
        start, end = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in ends)
        out.print(f"  {line.line}: {line.calls:g} calls from {start} to {end}", soft_wrap=True)
        if line.untold:
            out.print(f"    of {line.untold} half hours between them nothing is told: not known")


def _show_line(out: Console, line: LineOutlook, shown: Shown) -> None:
    out.print(f"\n{name_of(shown.settings.line(line.line), shown)}", style="bold")
    out.print(f"  {_why(line)}", soft_wrap=True)
    peak = shown.peak(line)
    if not peak.calls:
        out.print("  No calls are expected")
        return
    unit = unit_for(peak.calls)
    out.print(f"  A digit for each half hour, times {unit:g} calls; and the day's", style="dim")
    rows = {"expected": _digits(calls / unit for calls in line.forecast.mean)}
    if shown.in_detail:
        low, high = (line.forecast.bands[level] for level in BAND)
        rows |= {"low": _digits(low), "high": _digits(high)}
    strips = Strips(shown.outlook.starts, rows, _totals(line, shown))
    out.print(drawn(strips, shown.settings.site.zone))
    for sentence in _about_line(line, shown):
        out.print(f"  {sentence}", soft_wrap=True)


def _why(line: LineOutlook) -> str:
    match line.forecast.method:
        case Method.REGRESSION:
            return f"By regression: {line.weeks:.0f} weeks of calls are known, more than 26"
        case Method.MEANS:
            weeks = f"{line.weeks:.0f} weeks of calls are known, at least 4"
            return f"By the means of each half hour of the week: {weeks}"
        case Method.PRIOR:
            level = f"By {line.calls_a_day:g} calls a day, as configured, and what came so far"
            return f"{level}: {line.weeks:.1f} weeks of calls are known, fewer than 4"


def _totals(line: LineOutlook, shown: Shown) -> Mapping[date, str]:
    days: dict[date, float] = defaultdict(float)
    for at, calls in zip(shown.outlook.starts, line.forecast.mean, strict=True):
        days[shown.outlook.calendar.local(at)] += calls
    return {day: f"  {calls:.1f}" for day, calls in days.items()}


def _about_line(line: LineOutlook, shown: Shown) -> Iterator[str]:
    peak = shown.peak(line)
    yield (
        f"Busiest {day_and_time(peak.at, shown.settings.site.zone)}: {peak.calls:.2g} calls in the "
        f"half hour; four of five such half hours bring {peak.low:g} to {peak.high:g}"
    )
    if shown.lost[line.line] >= FEW:
        yield f"{shown.lost[line.line]:.1f} calls come while all desks of the line are closed"


def _show_desk(out: Console, desk: DeskSeats, shown: Shown) -> None:
    out.print(f"\n{name_of(shown.settings.desk(desk.desk), shown)}", style="bold")
    rows: dict[str, Marks] = {"target": [_target(half, desk) for half in desk.halves]}
    if shown.in_detail:
        rows["floor"] = _digits(half.floor for half in desk.halves)
        rows["needed"] = _digits(half.needed for half in desk.halves)
    out.print(f"  People wanted in each half hour, by {desk.source}", style="dim")
    out.print(drawn(Strips(shown.outlook.starts, rows), shown.settings.site.zone))
    for sentence in _about_desk(desk, shown):
        out.print(f"  {sentence}", soft_wrap=True)


def _target(half: Seats, desk: DeskSeats) -> tuple[str, str]:
    if not half.is_open:
        return CLOSED
    target = desk.target(half)
    style = SHORT if half in desk.short else ABOVE if target > half.floor else ""
    return digit(target), style


def _about_desk(desk: DeskSeats, shown: Shown) -> Iterator[str]:
    yield f"{desk.above_floor:g} person-hours above the floor"
    if desk.short:
        most = max(half.needed - desk.target(half) for half in desk.short)
        why = "it can seat" if desk.by_forecast else "its rows of cover ask for"
        yield f"In {len(desk.short) / 2:g} h the calls need more people than {why}, up to {most}"
    for name, people in (("target", desk.target), ("floor", floor_of)):
        share = shown.kept(desk, people)
        if share is not None:
            answered, hung_up = percent(share.in_time), percent(share.hung_up)
            yield f"With the {name} kept, {answered} are answered in time and {hung_up} hang up"


def _digits(numbers: Iterable[float]) -> Marks:
    return [(digit(number), "") for number in numbers]
