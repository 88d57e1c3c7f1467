"""How building is told: a bar meanwhile, then the price, its bound and the gaps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from hotline.cli.gaps import gap_document, show_gaps
from hotline.cli.printing import percent, plain_table, titled
from hotline.config.settings import Settings
from hotline.rosters.building import BuiltDraft
from scheduling.roster import Result, Status
from scheduling.solve import Progress as Search

NO_BOUND_YET = -(10**15)  # the solver starts from minus infinity, in its own whole numbers


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
    people = len({given.person for given in result.roster.assignments})
    out.print(
        f"Draft of {built.week}: {len(result.roster.assignments)} assignments of {people} people, "
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
    out.print(f"\nNobody is rung by a draft. Look: hotline roster show --week {built.week}")
    out.print(f"Make it count:               hotline roster publish --week {built.week}")


def build_document(built: BuiltDraft) -> dict[str, object]:
    """The draft as it stands in JSON."""
    result = built.result
    shifts = {shift.id: shift for shift in built.problem.shifts}
    pinned = {(pin.person, pin.shift) for pin in built.problem.pins}
    return {
        "week": str(built.week),
        "desks": list(built.desks),
        "status": result.status.value,
        "price": result.price,
        "bound": result.bound,
        "price_by_wish": dict(result.price_by_wish),
        "seconds": round(result.seconds, 3),
        "patterns": result.patterns,
        "gaps": [gap_document(gap) for gap in result.gaps],
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


def how_good(result: Result) -> str:
    """The price, and how far from the best possible it can be."""
    if result.status is Status.OPTIMAL:
        return f"Price {result.price}: proven to be the lowest possible."
    apart = result.price - result.bound
    share = percent(apart / abs(result.price) if result.price else None)
    return (
        f"Price {result.price}; the lowest possible is at least {result.bound}, "
        f"so it is within {share} of the best. More time: --seconds."
    )


def price_table(result: Result) -> Table:
    """The points of each wish that costs or earns any."""
    table = plain_table("  price by wish", ">points")
    for name, points in result.price_by_wish.items():
        if points:
            table.add_row(f"  {name}", str(points))
    return table


def _so_far(search: Search) -> str:
    known = search.bound > NO_BOUND_YET
    best = f", at best {search.bound}" if known else ""
    return f"{percent(search.coverage)} covered, price {search.price}{best}"
