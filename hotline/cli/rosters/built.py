"""How building is told: a bar meanwhile, then the price, its bound and the gaps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from hotline.cli.printing import percent, plain_table, titled
from hotline.cli.rosters.gaps import gap_document, show_gaps
from hotline.cli.rosters.keeping import obstacles_told
from hotline.config.settings import Settings
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.question.asking import nobody_at
from scheduling.legal.idle import idle
from scheduling.problem import Problem
from scheduling.roster import Result, Status
from scheduling.rules import WISHES
from scheduling.solve import Progress as Search


@contextmanager
def progress_bar(week: str, seconds: float) -> Iterator[Callable[[Search], None]]:
    """A bar on stderr that is full when `seconds` are over; gone when the search is.

    Where stderr is no terminal, nothing is written.
    """
    terminal = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn(week),
        BarColumn(bar_width=12),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=terminal,
        transient=True,
        disable=not terminal.is_terminal,
    )
    with bar:
        task = bar.add_task("looking for legal weeks", total=seconds)

        def on_progress(search: Search) -> None:
            bar.update(task, completed=search.seconds, description=_so_far(search))

        yield on_progress


def show_built(out: Console, built: BuiltDraft, settings: Settings) -> None:
    """What the draft is worth, what it lacks, and what to do next."""
    result = built.result
    given = result.roster.assignments
    people = len({each.person for each in given})
    out.print(
        f"Draft {built.number} of {built.week}: {len(given)} assignments of {people} people, "
        f"in {result.seconds:.1f} s.",
        style="bold",
    )
    out.print(how_good(result))
    out.print(price_table(result))
    for desk in settings.desks:
        gaps = tuple(gap for gap in result.gaps if gap.desk == desk.name)
        if desk.name in built.desks:
            out.print(f"\n{titled(desk, settings)}", style="bold")
            if not gaps:
                out.print("  no gap")
            show_gaps(out, gaps, settings.site.zone)
    show_deserted(out, built)
    show_idle(out, built.problem)
    out.print(f"\nNobody is rung by a draft. Look: hotline roster show --week {built.week}")
    out.print(f"Make it count:               hotline roster publish --week {built.week}")


def show_deserted(out: Console, built: BuiltDraft) -> None:
    """The desks whose every place is empty, for nobody belongs there."""
    sat_at = frozenset().union(*(person.desks for person in built.problem.people))
    for desk in built.desks:
        if desk not in sat_at:
            out.print(f"\n{nobody_at(desk)}.", style="bold")


def show_idle(out: Console, problem: Problem) -> None:
    """Who can take nothing at all, and why: often a certificate that nobody renewed."""
    found = idle(problem)
    if found:
        out.print("\nWhom no shift can be given:", style="bold")
    for each in found:
        said = f"{each.person} can take none of {each.shifts} shifts"
        told = f": {obstacles_told(each.obstacles)}" if each.obstacles else ""
        out.print(Padding(Text(f"{said}{told}"), (0, 0, 0, 2), expand=False))


def build_document(built: BuiltDraft) -> dict[str, object]:
    """The draft as it stands in JSON."""
    result = built.result
    shifts = {shift.id: shift for shift in built.problem.shifts}
    pinned = {(pin.person, pin.shift) for pin in built.problem.pins}
    return {
        "build": built.number,
        "week": str(built.week),
        "desks": list(built.desks),
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        "levels": level_documents(result),
        "price_by_wish": dict(result.price_by_wish),
        "seconds": round(result.seconds, 3),
        "patterns": result.patterns,
        "gaps": [gap_document(gap) for gap in result.gaps],
        "idle": [
            {"person": each.person, "obstacles": [vars(one) for one in each.obstacles]}
            for each in idle(built.problem)
        ],
        "assignments": [
            {
                "person": given.person,
                "shift": given.shift,
                "desk": shifts[given.shift].desk,
                "kind": shifts[given.shift].kind.value,
                "from": shifts[given.shift].span.start.isoformat(),
                "to": shifts[given.shift].span.end.isoformat(),
                "pinned": (given.person, given.shift) in pinned,
            }
            for given in result.roster.assignments
        ],
    }


def level_documents(result: Result) -> list[dict[str, object]]:
    """The levels as they stand in JSON, the one that counts most first."""
    return [
        {"level": level.level, "price": level.price, "bound": level.bound}
        for level in result.levels
    ]


def how_good(result: Result) -> str:
    """How far from the best possible the roster can be, level by level."""
    if result.status is Status.OPTIMAL:
        return "Proven to be the best possible: floors first, then targets, fairness, wishes."
    open_ = [level for level in result.levels if level.bound < level.price]
    doubts = " ".join(
        f"{level.level.capitalize()} cost {level.price} points, at the very best {level.bound}."
        for level in open_
    )
    return f"Not proven to be the best possible. {doubts} More time: --seconds."


def price_table(result: Result) -> Table:
    """The points of each level and of each wish in it that costs or earns any."""
    table = plain_table("  level", "wish", ">points")
    for level in result.levels:
        table.add_row(f"  {level.level}", "", str(level.price))
        for wish in WISHES:
            points = result.price_by_wish.get(wish.name, 0)
            if wish.level.title == level.level and points:
                table.add_row("", wish.name, str(points))
    return table


def _so_far(search: Search) -> str:
    """The first level that is not settled yet; when all are, the last."""
    open_ = [level for level in search.levels if level.bound < level.price]
    level = (open_ or search.levels[-1:])[0]
    return f"{percent(search.coverage)} covered, {level.level} {level.price}, at best {level.bound}"
