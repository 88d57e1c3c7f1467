"""`hotline roster build`, `publish`, `show` and `explain`; the others stand beside."""

from collections.abc import Iterable
from pathlib import Path

import click

from hotline.cli.context import (
    Surroundings,
    desk_named,
    desk_option,
    json_option,
    pass_surroundings,
    week_option,
)
from hotline.cli.printing import console, print_json
from hotline.cli.refusing import Commands
from hotline.cli.rosters.built import build_document, progress_bar, show_built
from hotline.cli.rosters.built_weeks import tell_weeks
from hotline.cli.rosters.explained import Asked, explained_document, show_explained
from hotline.cli.rosters.promised import publish_document, show_published, show_week, week_document
from hotline.cli.rosters.rehearse import rehearse_roster
from hotline.cli.rosters.repairs import compare_rosters, repair_roster
from hotline.cli.rosters.stopping import stoppable
from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.exporting import Format, Wanted, exported
from hotline.rosters.draft.publishing import PublishOrder, publish
from hotline.rosters.draft.several import build_weeks, refuse_count
from hotline.rosters.question.pins import PinChanges, pin_written
from hotline.rosters.reasons.explaining import explained_week
from hotline.rosters.reasons.weeks import refuse_strangers, told_floors
from hotline.rosters.showing import shown_week
from hotline.rosters.week import week_written
from scheduling.solve import SolveLimits


@click.group(cls=Commands)
def roster() -> None:
    """Who works when: build, show, explain, repair, compare, rehearse, publish."""


for command in (repair_roster, compare_rosters, rehearse_roster):
    roster.add_command(command)


@roster.command("build")
@week_option
@desk_option(help="Only this desk; repeat for more. Else every desk that has shifts.")
@click.option("--pin", "pins", multiple=True, metavar="PERSON=SHIFT", help="Must be kept.")
@click.option("--unpin", "unpins", multiple=True, metavar="PERSON=SHIFT", help="Let a pin go.")
@click.option("--seconds", type=float, metavar="N", help="The limit of the search.")
@click.option(
    "--weeks", default=1, metavar="N", help="So many weeks from this one on, solved as one."
)
@json_option
@pass_surroundings
def build_roster(
    surroundings: Surroundings,
    week: str,
    desks: tuple[str, ...],
    pins: tuple[str, ...],
    unpins: tuple[str, ...],
    seconds: float | None,
    weeks: int,
    as_json: bool,
) -> None:
    """Build a draft for a week; it rings nobody until it is published.

    Pins stay with the draft and hold in the next build of the week until they are let go. With
    --weeks, each week gets its draft, and is explained, repaired and published by itself. Ctrl-C
    keeps the best so far; pressed twice, nothing.
    """
    refuse_count(weeks)
    with surroundings.parts() as parts:
        changes = PinChanges(tuple(map(pin_written, pins)), tuple(map(pin_written, unpins)))
        order = BuildOrder(week_written(week), _desks(parts.settings, desks), changes, weeks)
        around = (parts.store, parts.settings, order, parts.clock, _limits(parts.settings, seconds))
        longest = around[-1].seconds
        with stoppable() as enough, progress_bar(str(order.week), longest) as on_progress:
            if weeks > 1:
                several = build_weeks(*around, on_progress, enough=enough)
            else:
                built = build_draft(*around, on_progress, enough=enough)
    if weeks > 1:
        tell_weeks(several, parts.settings, as_json=as_json)
    elif as_json:
        print_json(build_document(built))
    else:
        show_built(console(), built, parts.settings)


@roster.command("publish")
@week_option
@desk_option(help="Only this desk; repeat for more. Else every desk that has a draft.")
@click.option(
    "--accept-gaps", metavar="REASON", help="Publish even below the floor; the reason is kept."
)
@json_option
@pass_surroundings
def publish_roster(
    surroundings: Surroundings,
    week: str,
    desks: tuple[str, ...],
    accept_gaps: str | None,
    as_json: bool,
) -> None:
    """Make the newest drafts of a week the routing table, and print what that changed."""
    with surroundings.parts() as parts:
        order = PublishOrder(week_written(week), _desks(parts.settings, desks), accept_gaps)
        done = publish(parts.store, parts.settings, order, parts.clock)
    if as_json:
        print_json(publish_document(order, done))
    else:
        show_published(console(), order, done, parts.settings)


@roster.command("show")
@week_option
@desk_option(help="Only this desk; repeat for more.")
@json_option
@pass_surroundings
def show_roster(
    surroundings: Surroundings, week: str, desks: tuple[str, ...], as_json: bool
) -> None:
    """Print who works when: of each desk the draft if there is one, else what is published."""
    with surroundings.parts() as parts:
        named = _desks(parts.settings, desks)
        with parts.store.reading() as db:
            shown = shown_week(db, parts.settings, week_written(week), named)
    if as_json:
        print_json(week_document(shown))
    else:
        show_week(console(), shown, parts.settings)


@roster.command("export")
@week_option
@desk_option(help="Only this desk; repeat for more.")
@click.option("--format", "form", default="csv", type=click.Choice([form.value for form in Format]))
@click.option("--into", "file", type=click.Path(path_type=Path), help="A file; else it is printed.")
@pass_surroundings
def export_roster(
    surroundings: Surroundings, week: str, desks: tuple[str, ...], form: str, file: Path | None
) -> None:
    """Write who works when as CSV, workbook or calendar: what `hotline roster show` prints."""
    if file is None and form == Format.XLSX:
        raise HotlineError("A workbook is written to a file only: name one with --into FILE.xlsx.")
    with surroundings.parts() as parts:
        named = _desks(parts.settings, desks)
        with parts.store.reading() as db:
            shown = shown_week(db, parts.settings, week_written(week), named)
        content = exported(shown, parts.settings, Wanted(Format(form)), parts.clock())
    if file is None:
        click.echo(content.decode(), nl=False)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise HotlineError(f"{file} cannot be written: {error.strerror}.") from None


@roster.command("explain")
@week_option
@desk_option(help="Only this desk; repeat for more. Else every desk that has a roster.")
@click.option("--person", "codes", multiple=True, metavar="CODE", help="Only why this person.")
@click.option("--floors", is_flag=True, help="Say what each floor costs, too; builds again.")
@json_option
@pass_surroundings
def explain_roster(
    surroundings: Surroundings,
    week: str,
    desks: tuple[str, ...],
    codes: tuple[str, ...],
    floors: bool,
    as_json: bool,
) -> None:
    """Say of each gap who could have taken it, and what kept each other person out.

    With --person: what each shift of theirs is for, and how their burden compares. Of the draft if
    there is one, else of what is published; as things stood when it was built.
    """
    with surroundings.parts() as parts:
        named = _desks(parts.settings, desks)
        with parts.store.reading() as db:
            explained = explained_week(db, parts.settings, week_written(week), named)
        refuse_strangers(explained, codes)
        costs = [told_floors(b, parts.settings) if floors else None for b in explained.builds]
    asked = Asked(codes, tuple(costs))
    if as_json:
        print_json(explained_document(explained, parts.settings, asked))
    else:
        show_explained(console(), explained, parts.settings, asked)


def _desks(settings: Settings, names: Iterable[str]) -> tuple[DeskName, ...]:
    return tuple(desk_named(settings, name).name for name in names)


def _limits(settings: Settings, seconds: float | None) -> SolveLimits:
    if seconds is not None and not 0 < seconds < float("inf"):
        raise HotlineError(f"--seconds must be more than 0, not {seconds:g}.")
    allowed = settings.scheduling.seconds if seconds is None else seconds
    return SolveLimits(allowed, settings.scheduling.seed)
