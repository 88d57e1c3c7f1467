"""`hotline demand` and `hotline demand import`."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import click

from hotline.cli.context import (
    Surroundings,
    day_written,
    desk_named,
    desk_option,
    json_option,
    line_named,
    pass_surroundings,
)
from hotline.cli.demand.demanded import Shown, demand_document, import_document
from hotline.cli.demand.expected import show_half_hours, show_imported
from hotline.cli.demand.overview import show_overview
from hotline.cli.printing import console, print_json
from hotline.cli.refusing import Commands
from hotline.cli.times import DAYS_SHOWN, days_between
from hotline.demand.foretelling import outlook
from hotline.demand.importing import import_history
from hotline.demand.reading import history_from
from hotline.demand.seating import desks_seats, lost_calls
from hotline.errors import HotlineError
from hotline.parts import Parts
from hotline.rosters.week import week_written
from scheduling.problem import Span

AHEAD: Final = timedelta(weeks=6)  # rosters are made so early, and by then a level has moved
BEHIND: Final = timedelta(weeks=52)


@click.group("demand", cls=Commands, invoke_without_command=True)
@click.option("--week", metavar="WEEK", help="An ISO week, like 2026-W48.")
@click.option("--from", "first", metavar="DAY", help="Like 2026-11-23; else today.")
@click.option("--to", "last", metavar="DAY", help="The last day; else six days later.")
@click.option(
    "--line", "lines", multiple=True, metavar="LINE", help="Only this line; repeat for more."
)
@desk_option(help="Only this desk; repeat for more.")
@json_option
@pass_surroundings
@click.pass_context
def demand(
    ctx: click.Context,
    surroundings: Surroundings,
    week: str | None,
    first: str | None,
    last: str | None,
    lines: tuple[str, ...],
    desks: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the calls that are expected and the people they need, at most six weeks ahead.

    A row for each line and desk; half hour by half hour for those that are named, and with bands
    and floors for one day or two.
    """
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return
    with surroundings.parts() as parts:
        span = _week(parts, week, first or last) if week else _days(parts, first, last)
        found = _shown(parts, span)
        if lines or desks:
            found = _only(found, lines, desks)
    if as_json:
        print_json(demand_document(found))
    elif lines or desks:
        show_half_hours(console(), found)
    else:
        show_overview(console(), found)


@demand.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_surroundings
def take_in(surroundings: Surroundings, file: Path, as_json: bool) -> None:
    """Take in a CSV of calls counted earlier, whole or not at all; other half hours stay."""
    with surroundings.parts() as parts:
        history = history_from(file, parts.settings, parts.clock())
        with parts.store.writing() as db:
            done = import_history(db, history)
    if as_json:
        print_json(import_document(done, history))
    else:
        show_imported(console(), done, history, parts.settings)


def _refuse_options(ctx: click.Context) -> None:
    if any(ctx.params.values()):
        raise HotlineError("Options of hotline demand import stand behind the word import.")


def _week(parts: Parts, week: str, days: str | None) -> Span:
    if days:
        raise HotlineError("Give --week, or --from and --to, but not both.")
    whole = week_written(week).days
    return days_between(_near(parts, whole[0]), _near(parts, whole[-1]), parts.settings.site.zone)


def _days(parts: Parts, first: str | None, last: str | None) -> Span:
    start = _near(parts, day_written(first) if first else _today(parts))
    end = day_written(last) if last else start + timedelta(days=DAYS_SHOWN - 1)
    return days_between(start, _near(parts, end), parts.settings.site.zone)


def _near(parts: Parts, day: date) -> date:
    """The day, if calls can be foretold for it. Raises HotlineError otherwise."""
    earliest, furthest = _today(parts) - BEHIND, _today(parts) + AHEAD
    if day > furthest:
        raise HotlineError(f"Calls are foretold six weeks ahead, until {furthest} and no further.")
    if day < earliest:
        raise HotlineError(f"{day} is over a year past; calls are foretold from {earliest} on.")
    return day


def _today(parts: Parts) -> date:
    return parts.clock().astimezone(parts.settings.site.zone).date()


def _shown(parts: Parts, span: Span) -> Shown:
    settings = parts.settings
    with parts.store.reading() as db:
        found = outlook(db, settings, span, parts.clock())
    return Shown(settings, found, desks_seats(settings, found), lost_calls(settings, found))


def _only(found: Shown, lines: Sequence[str], desks: Sequence[str]) -> Shown:
    settings = found.settings
    return found.only(
        {line_named(settings, name).name for name in lines},
        {desk_named(settings, name).name for name in desks},
    )
