"""How a rehearsal is told: each line, the week by hour, the worst hours, the costliest gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hotline.cli.printing import day_and_time, from_to, percent, plain_table
from hotline.cli.rosters.gaps import gap_document, missing_in
from hotline.config.settings import LineName, Settings
from hotline.rosters.rehearsal.rehearsing import RehearsedWeek
from scheduling.rehearsal.bands import Band
from scheduling.rehearsal.figures import Figures

WORST: Final = 10  # hours, and gaps, that are printed
MARKS: Final = (  # share in time from, character, style, meaning
    (0.9, "#", "green", "90 % or more in time"),
    (0.75, "+", "yellow", "75 %"),
    (0.5, "-", "bold black on yellow", "50 %"),
    (0.0, "!", "bold white on red", "less"),
)
QUIET: Final = "."  # no call came in any run


@dataclass(frozen=True)
class BadHour:
    """An hour of one line in which calls are late."""

    line: LineName
    start: datetime
    figures: Figures


def show_rehearsed(out: Console, week: RehearsedWeek, settings: Settings) -> None:
    """Everything that fits a terminal; --json has each hour of each line."""
    order = week.order
    out.print(
        f"Rehearsal of {order.week}, {order.runs} times with seed {order.seed}. "
        "In brackets: four of five runs lie between.",
        style="bold",
    )
    out.print(_rosters(week, settings))
    out.print(_lines(week))
    out.print("\nShare answered in time, by hour of the site's clocks:", style="bold")
    out.print(_picture(week, settings))
    _show_worst(out, week, settings)
    _show_gaps(out, week, settings)


def rehearsed_document(week: RehearsedWeek) -> dict[str, object]:
    """The same as it stands in JSON, with each hour of each line."""
    played, hours = week.rehearsed, week.rehearsed.hours
    return {
        "week": str(week.order.week),
        "runs": week.order.runs,
        "seed": week.order.seed,
        "within_seconds": played.stage.within.total_seconds(),
        "desks": [{"desk": desk, "state": state.value} for desk, state in week.states.items()],
        "all": _figures(played.figures(week.lines)),
        "lines": [
            {
                "line": line,
                **_figures(played.figures([line])),
                "hours": [
                    {"start": at.isoformat(), **_figures(played.figures([line], [number]))}
                    for number, at in enumerate(hours)
                ],
            }
            for line in week.lines
        ],
        "worst": [
            {
                "line": hour.line,
                "start": hour.start.isoformat(),
                "late": _band(hour.figures.late),
            }
            for hour in bad_hours(week)
        ],
        "gaps": [{**gap_document(each.gap), "spared": _band(each.spared)} for each in week.gaps],
    }


def bad_hours(week: RehearsedWeek) -> list[BadHour]:
    """Every hour of every line in which a call is answered late or never, the worst first."""
    found = [
        BadHour(line, at, week.rehearsed.figures([line], [number]))
        for number, at in enumerate(week.rehearsed.hours)
        for line in week.lines
    ]
    found.sort(key=lambda hour: (-hour.figures.late.value, hour.start, hour.line))
    return [hour for hour in found if hour.figures.late.value > 0]


def _rosters(week: RehearsedWeek, settings: Settings) -> str:
    told = [f"{desk} ({state})" for desk, state in week.states.items()]
    lacking = [d.name for d in settings.desks if d.shifts and d.name not in week.states]
    missing = f"; without a roster: {', '.join(lacking)}" if lacking else ""
    return f"Rosters: {', '.join(told)}{missing}"


def _lines(week: RehearsedWeek) -> Table:
    within = f">in {week.rehearsed.stage.within.total_seconds():.0f} s"
    table = plain_table("line", ">calls", within, ">hung up", ">exit", ">wait", ">busy")
    for line in week.lines:
        table.add_row(line, *_row(week.rehearsed.figures([line])))
    if len(week.lines) > 1:
        table.add_row("all of these", *_row(week.rehearsed.figures(week.lines)), style="bold")
    return table


def _row(figures: Figures) -> tuple[str, ...]:
    """What fits 80 columns; --json has the bounds of each."""
    return (
        f"{figures.calls.value:.1f}",
        _between(figures.in_time),
        _between(figures.abandoned),
        percent(figures.exits.value if figures.exits else None),
        f"{figures.wait.value:.0f} s" if figures.wait else "-",
        percent(figures.occupancy.value if figures.occupancy else None),
    )


def _between(band: Band | None) -> str:
    return f"{percent(band.value)} ({band.low * 100:.0f}-{band.high * 100:.0f})" if band else "-"


def _picture(week: RehearsedWeek, settings: Settings) -> Text:
    """A row a day, two characters an hour; of an hour that the clock shows twice, the worse."""
    days: dict[date, dict[int, float]] = {day: {} for day in week.order.week.days}
    for number, at in enumerate(week.rehearsed.hours):
        local = at.astimezone(settings.site.zone)
        in_time = week.rehearsed.figures(week.lines, [number]).in_time
        if in_time is not None:
            before = days[local.date()].get(local.hour, in_time.value)
            days[local.date()][local.hour] = min(before, in_time.value)
    ruler = "".join(f"{hour:02}    " for hour in range(0, 24, 3))
    rows = [Text(" " * 13 + ruler, style="dim")]
    rows.extend(_drawn(day, hours) for day, hours in days.items())
    return Text("\n").join([*rows, _legend()])


def _drawn(day: date, hours: Mapping[int, float]) -> Text:
    text = Text(f"  {day:%a %d %b} ")
    for hour in range(24):
        text.append(*_mark(hours.get(hour)))
        text.append(" ")
    return text


def _mark(in_time: float | None) -> tuple[str, str]:
    if in_time is None:
        return QUIET, "dim"
    return next((mark, style) for least, mark, style, _ in MARKS if in_time >= least)


def _legend() -> Text:
    told = [Text.assemble((mark, style), f" {meaning}") for _, mark, style, meaning in MARKS]
    return Text("  ") + Text("  ").join([*told, Text(f"{QUIET} no call in any run")])


def _show_worst(out: Console, week: RehearsedWeek, settings: Settings) -> None:
    bad = bad_hours(week)
    if not bad:
        out.print("\nNo call is late.")
        return
    out.print("\nWorst hours first (calls not answered in time, on average):", style="bold")
    for hour in bad[:WORST]:
        late, calls = hour.figures.late.value, hour.figures.calls.value
        at = day_and_time(hour.start, settings.site.zone)
        out.print(f"  {at} {hour.line}: {late:.2f} of {calls:.2f}")


def _show_gaps(out: Console, week: RehearsedWeek, settings: Settings) -> None:
    if not week.gaps:
        out.print("\nNo gap: every floor and every target is kept.")
        return
    out.print("\nCostliest gaps first: unanswered calls that one person there spares", style="bold")
    for each in week.gaps[:WORST]:
        gap, spared = each.gap, each.spared
        when = from_to(gap.span, settings.site.zone)
        told = f"{spared.value:.2f} ({spared.low:.0f} to {spared.high:.0f})"
        out.print(f"  {gap.desk}, {when}: {told}; missing {missing_in(gap)}")
    if len(week.gaps) > WORST:
        out.print(f"  and {len(week.gaps) - WORST} more: --json has all of them", style="dim")


def _figures(figures: Figures) -> dict[str, object]:
    return {
        "calls": _band(figures.calls),
        "late": _band(figures.late),
        "unanswered": _band(figures.unanswered),
        "in_time": _band(figures.in_time),
        "abandoned": _band(figures.abandoned),
        "exits": _band(figures.exits),
        "wait_seconds": _band(figures.wait),
        "occupancy": _band(figures.occupancy),
    }


def _band(band: Band | None) -> dict[str, float] | None:
    return {name: round(value, 4) for name, value in vars(band).items()} if band else None
