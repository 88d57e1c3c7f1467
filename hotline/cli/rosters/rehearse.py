"""`hotline roster rehearse`: what callers will meet by a roster, before they call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hotline.cli.context import (
    Surroundings,
    json_option,
    line_named,
    pass_surroundings,
    week_option,
)
from hotline.cli.printing import console, print_json
from hotline.cli.rosters.rehearsed import rehearsed_document, show_rehearsed
from hotline.rosters.rehearsal.rehearsing import RehearsalOrder, facts_of, rehearsed_week
from hotline.rosters.week import week_written


@click.command("rehearse")
@week_option
@click.option("--line", "lines", multiple=True, metavar="LINE", help="Only this; repeat for more.")
@click.option("--runs", type=int, default=100, metavar="N", help="How often, 100 unless said.")
@click.option("--seed", type=int, default=1, metavar="N", help="Other callers by chance.")
@json_option
@pass_surroundings
def rehearse_roster(
    surroundings: Surroundings,
    week: str,
    lines: tuple[str, ...],
    runs: int,
    seed: int,
    as_json: bool,
) -> None:
    """Play made-up callers against a week's rosters, many times.

    Of each desk the draft if there is one, else what is published. Prints what callers will meet
    by line and hour, and how many calls one more person in each gap would answer.
    """
    with surroundings.parts() as parts:
        named = tuple(dict.fromkeys(line_named(parts.settings, line).name for line in lines))
        order = RehearsalOrder(week_written(week), named, runs, seed)
        with parts.store.reading() as db:
            facts = facts_of(db, parts.settings, order, parts.clock())
        with _bar(runs) as on_run:
            played = rehearsed_week(parts.settings, order, facts, on_run)
    if as_json:
        print_json(rehearsed_document(played))
    else:
        show_rehearsed(console(), played, parts.settings)


@contextmanager
def _bar(runs: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, gone when all is played; nothing where stderr is no terminal."""
    terminal = Console(stderr=True)
    columns = (TextColumn("playing"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=terminal, transient=True, disable=not terminal.is_terminal
    ) as bar:
        task = bar.add_task("", total=runs)
        yield lambda run: bar.update(task, completed=run)
