"""How `hotline demand` looks in a terminal: sentences, and strips of digits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from rich.console import Console

from hotline.cli.demanded import Shown
from hotline.cli.printing import day_and_time, percent, titled
from hotline.cli.strips import Strips, digit, drawn, unit_for
from hotline.config.settings import Settings
from hotline.demand.foretelling import BAND, LineOutlook
from hotline.demand.importing import ImportedHistory
from hotline.demand.reading import HOUR, History
from hotline.demand.seating import DeskSeats, Seats
from scheduling.demand.calendars import DayKind
from scheduling.demand.methods import Method

ABOVE: Final = "bold yellow"  # more people than the floor
SHORT: Final = "bold red"  # the calls would need more than the target
LOST: Final = 0.05  # calls; fewer are not worth a sentence


def show_demand(out: Console, shown: Shown) -> None:
    """Print the calls expected of each line and the people asked of each desk."""
    for sentence in _heading(shown):
        out.print(sentence)
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
    out.print(
        f"Read as {read}: {done.added} half hours added, {done.changed} changed, "
        f"{done.unchanged} as they were."
    )
    for line in done.lines:
        start, end = day_and_time(line.span.start, zone), day_and_time(line.span.end, zone)
        out.print(f"  {line.line}: {line.calls:g} calls from {start} to {end}", soft_wrap=True)
        if line.untold:
            out.print(f"    {line.untold} half hours between them are untold: not known, not quiet")


def _heading(shown: Shown) -> Iterator[str]:
    outlook, demand, zone = shown.outlook, shown.demand, shown.settings.site.zone
    start, end = (day_and_time(at, zone) for at in (outlook.span.start, outlook.span.end))
    yield f"Expected from {start} to {end}"
    yield (
        f"Promised: {demand.share * 100:g} % of calls answered in {demand.within_seconds} s, "
        f"{demand.talk_minutes:g} minutes each with notes"
    )
    if outlook.provisional:
        yield "Provisional: days off and make-up workdays of a year shown are not all announced"
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


def _show_line(out: Console, line: LineOutlook, shown: Shown) -> None:
    title = shown.settings.line(line.line)
    assert title is not None
    out.print(f"\n{titled(title, shown.settings)}", style="bold")
    out.print(f"  Expected {_why(line)}", soft_wrap=True)
    if not any(line.forecast.mean):
        out.print("  No calls are expected")
        return
    unit = unit_for(max(line.forecast.mean))
    out.print(f"  A digit for each half hour: times {unit:g} calls; the day's calls", style="dim")
    rows = {"": _digits(calls / unit for calls in line.forecast.mean)}
    if shown.in_detail:
        low, high = (line.forecast.bands[level] for level in BAND)
        rows |= {"low": _digits(low), "high": _digits(high)}
    strips = Strips(shown.outlook.starts, rows, _totals(line, shown))
    out.print(drawn(strips, shown.settings.site.zone))
    out.print(f"  {_busiest(line, shown)}", soft_wrap=True)
    if shown.lost[line.line] >= LOST:
        out.print(f"  {shown.lost[line.line]:.1f} calls come while all its desks are closed")


def _why(line: LineOutlook) -> str:
    match line.forecast.method:
        case Method.REGRESSION:
            return f"by regression on {line.weeks:.0f} weeks of its calls"
        case Method.MEANS:
            return f"by the means of each half hour of the week in {line.weeks:.0f} weeks of calls"
        case Method.PRIOR:
            return (
                f"by {line.calls_a_day:g} calls a day from the configuration, drawn towards the "
                f"{line.weeks:.1f} weeks of calls that are known; from 4 weeks on they alone count"
            )


def _totals(line: LineOutlook, shown: Shown) -> Mapping[date, str]:
    days: dict[date, float] = defaultdict(float)
    for at, calls in zip(shown.outlook.starts, line.forecast.mean, strict=True):
        days[shown.outlook.calendar.local(at)] += calls
    return {day: f"  {calls:.1f}" for day, calls in days.items()}


def _busiest(line: LineOutlook, shown: Shown) -> str:
    mean = line.forecast.mean
    place = mean.index(max(mean))
    at = day_and_time(shown.outlook.starts[place], shown.settings.site.zone)
    low, high = (line.forecast.bands[level][place] for level in BAND)
    return (
        f"Busiest {at}: {mean[place]:.2g} calls in half an hour; "
        f"of five such half hours four bring {low:g} to {high:g}"
    )


def _show_desk(out: Console, desk: DeskSeats, shown: Shown) -> None:
    title = shown.settings.desk(desk.desk)
    assert title is not None
    out.print(f"\n{titled(title, shown.settings)}", style="bold")
    out.print(f"  Targets by {'the forecast' if desk.by_forecast else 'its rows of cover'}")
    rows = {"target": [_target(half, desk) for half in desk.halves]}
    if shown.in_detail:
        rows |= {
            "floor": _digits(half.floor for half in desk.halves),
            "needed": _digits(half.needed for half in desk.halves),
        }
    out.print(drawn(Strips(shown.outlook.starts, rows), shown.settings.site.zone))
    for sentence in _about_desk(desk, shown):
        out.print(f"  {sentence}", soft_wrap=True)


def _target(half: Seats, desk: DeskSeats) -> tuple[str, str]:
    target = desk.target(half)
    if not half.is_open:
        return ".", "dim"
    if half.needed > target:
        return digit(target), SHORT
    return digit(target), ABOVE if target > half.floor else ""


def _about_desk(desk: DeskSeats, shown: Shown) -> Iterator[str]:
    opened = [half for half in desk.halves if half.is_open]
    above = sum(desk.target(half) - half.floor for half in opened) / 2
    yield f"{above:g} person-hours above the floor"
    short = [half.needed - desk.target(half) for half in opened if half.needed > desk.target(half)]
    if short:
        why = "than the desk can seat" if desk.by_forecast else "than its rows of cover ask for"
        yield f"In {len(short) / 2:g} h the calls need more {why}, up to {max(short)} more"
    for name, people in (("target", desk.target), ("floor", _floor)):
        share = shown.kept(desk, people)
        if share is not None:
            yield (
                f"With the {name} kept {percent(share.in_time)} are answered in time and "
                f"{percent(share.hung_up)} hang up"
            )


def _floor(half: Seats) -> int:
    return half.floor


def _digits(numbers: Iterable[float]) -> list[tuple[str, str]]:
    return [(digit(number), "") for number in numbers]
