"""`hotline roster repair` and `diff`: closing gaps, taking over, and what publishing changes."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from hotline.cli.context import (
    Surroundings,
    desk_named,
    desk_option,
    json_option,
    pass_surroundings,
    week_option,
)
from hotline.cli.printing import console, print_json
from hotline.cli.rosters.built import build_document, progress_bar
from hotline.cli.rosters.differing import Telling, difference_document, show_difference
from hotline.cli.rosters.repaired import repaired_document, show_repaired
from hotline.cli.rosters.stopping import stoppable
from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.rosters.reasons.cancelling import (
    CancelOrder,
    Rebuilt,
    cancellation_written,
    rebuild_without,
)
from hotline.rosters.reasons.comparing import (
    Compared,
    ComparedWeek,
    compared_builds,
    compared_drafts,
)
from hotline.rosters.reasons.repairing import RepairOrder, repaired_week
from hotline.rosters.week import week_written
from scheduling.solve import SolveLimits


@click.command("repair")
@week_option
@desk_option(help="Only this desk; repeat for more. Else every desk that has a roster.")
@click.option("--gap", type=int, metavar="N", help="Only this gap, by the number printed.")
@click.option(
    "--without",
    "cancelled",
    multiple=True,
    metavar="PERSON[=SHIFT]",
    help="Somebody cannot come: build a draft in which others take over.",
)
@click.option("--seconds", type=float, default=20.0, metavar="N", help="The limit of the search.")
@json_option
@pass_surroundings
def repair_roster(
    surroundings: Surroundings,
    week: str,
    desks: tuple[str, ...],
    gap: int | None,
    cancelled: tuple[str, ...],
    seconds: float,
    as_json: bool,
) -> None:
    """Say which single change would close each gap, and what it would cost the others.

    Each is tried by building again with as little change as possible; nothing is stored. With
    --without a new draft is stored, in which everybody else keeps what they were promised unless
    the prices say otherwise.
    """
    if not 0 < seconds < float("inf"):
        raise HotlineError(f"--seconds must be more than 0, not {seconds:g}.")
    with surroundings.parts() as parts:
        asked = week_written(week)
        if cancelled:
            order = CancelOrder(asked, tuple(map(cancellation_written, cancelled)))
            _take_over(parts, order, seconds, as_json=as_json)
            return
        names = tuple(desk_named(parts.settings, name).name for name in desks)
        _repair(parts, RepairOrder(asked, names, gap, seconds), as_json=as_json)


@click.command("diff")
@week_option
@desk_option(help="Only this desk; repeat for more. Else every desk that has a draft.")
@click.option(
    "--builds",
    nargs=2,
    type=int,
    metavar="N M",
    help="Build M against build N, instead of the draft against what is published.",
)
@json_option
@pass_surroundings
def compare_rosters(
    surroundings: Surroundings,
    week: str,
    desks: tuple[str, ...],
    builds: tuple[int, int] | None,
    as_json: bool,
) -> None:
    """Say what publishing the newest draft would change: for people, for cover, in the price."""
    with surroundings.parts() as parts:
        asked = week_written(week)
        names = tuple(desk_named(parts.settings, name).name for name in desks)
        with parts.store.reading() as db:
            if builds:
                found = compared_builds(db, asked, *builds)
            else:
                found = compared_drafts(db, parts.settings, asked, names)
    if as_json:
        print_json(_compared_document(found, parts.settings))
    else:
        _show_compared(console(), found, parts.settings)


def _repair(parts: Parts, order: RepairOrder, *, as_json: bool) -> None:
    with _counted(str(order.week)) as on_progress:
        found = repaired_week(parts.store, parts.settings, order, on_progress)
    if as_json:
        print_json(repaired_document(found, parts.settings))
    else:
        show_repaired(console(), found, parts.settings)


@contextmanager
def _counted(week: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr that is full when every gap is done; nothing where stderr is no terminal."""
    terminal = Console(stderr=True)
    columns = (TextColumn(week), BarColumn(bar_width=12), TextColumn("{task.description}"))
    bar = Progress(
        *columns,
        TimeElapsedColumn(),
        console=terminal,
        transient=True,
        disable=not terminal.is_terminal,
    )
    with bar:
        task = bar.add_task("looking for gaps", total=None)

        def on_progress(done: int, gaps: int) -> None:
            bar.update(task, completed=done, total=gaps, description=f"{done} of {gaps} gaps")

        yield on_progress


def _take_over(parts: Parts, order: CancelOrder, seconds: float, *, as_json: bool) -> None:
    limits = SolveLimits(seconds, parts.settings.scheduling.seed)
    around = (parts.store, parts.settings, order, parts.clock, limits)
    with stoppable() as enough, progress_bar(str(order.week), seconds) as on_progress:
        rebuilt = rebuild_without(*around, on_progress, enough)
    telling = _telling(parts.settings, rebuilt, rebuilt.names)
    if as_json:
        document = build_document(rebuilt.built)
        print_json({**document, "difference": difference_document(rebuilt.difference, telling)})
        return
    out = console()
    out.print(f"Draft {rebuilt.built.number} of {order.week}, with as little change as possible:")
    show_difference(out, rebuilt.difference, telling)
    out.print(f"Nobody is rung by a draft. hotline roster publish --week {order.week}")


def _telling(settings: Settings, told: Rebuilt | Compared, names: Mapping[str, str]) -> Telling:
    return Telling(settings.site.zone, names, {shift.id: shift for shift in told.shifts})


def _show_compared(out: Console, week: ComparedWeek, settings: Settings) -> None:
    for each in week.compared:
        before = f"build {each.before}" if each.before else "what is published"
        heading = f"{', '.join(each.desks)}: build {each.after} against {before}"
        out.print(Text(heading, style="bold"))
        telling = _telling(settings, each, week.names)
        if not (each.difference.gained or each.difference.lost or each.unknown):
            out.print("  nothing changes for anybody")
        for given in each.unknown:
            who, what = telling.called(given.person), telling.when(given.shift)
            out.print(Text(f"  - {who} {what}, not known to this build"))
        show_difference(out, each.difference, telling)


def _compared_document(week: ComparedWeek, settings: Settings) -> dict[str, object]:
    return {
        "week": str(week.week),
        "compared": [
            {
                "desks": list(each.desks),
                "before": each.before,
                "after": each.after,
                "unknown": [
                    {"person": given.person, "shift": given.shift} for given in each.unknown
                ],
                **difference_document(each.difference, _telling(settings, each, week.names)),
            }
            for each in week.compared
        ],
    }
