"""`hotline override add`, `list` and `undo`: who comes instead of whom, whatever is published."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import click

from hotline.cli.context import Surroundings, desk_named, json_option, pass_surroundings
from hotline.cli.printing import console, from_to, print_json
from hotline.cli.refusing import Commands
from hotline.cli.times import Read, instant_written
from hotline.config.settings import DeskName, Settings
from hotline.corrections.overrides import OverrideOrder, coming, span_of_shift, undo
from hotline.corrections.overrides import override as note
from hotline.errors import HotlineError
from hotline.rosters.draft.promised import Named, NotedOverride
from scheduling.problem import Span


@click.group(cls=Commands)
def override() -> None:
    """Timed corrections of what is published: who comes instead of whom."""


@dataclass(frozen=True)
class _Written:
    """What was typed about where and when."""

    shift: str | None
    desk: str | None
    first: str | None
    last: str | None


@override.command("add")
@click.option("--comes", metavar="PERSON", help="Who comes; left out: nobody instead.")
@click.option("--instead-of", "replaces", metavar="PERSON", help="Who does not; left out: extra.")
@click.option("--shift", metavar="SHIFT", help="Like night/2026-11-24/late; all of it, unless ...")
@click.option("--desk", metavar="DESK", help="Without a shift: at which desk.")
@click.option("--from", "first", metavar="WHEN", help="2026-11-24T23:00; a stretch inside a shift.")
@click.option("--to", "last", metavar="WHEN", help="Likewise.")
@click.option("--why", required=True, metavar="REASON", help="It is kept.")
@json_option
@pass_surroundings
def add_override(
    surroundings: Surroundings,
    comes: str | None,
    replaces: str | None,
    shift: str | None,
    desk: str | None,
    first: str | None,
    last: str | None,
    why: str,
    as_json: bool,
) -> None:
    """Have somebody come to a desk, instead of somebody or beside the others.

    The telephone, coverage, the next build and what counts as worked follow at once.
    """
    with surroundings.parts() as parts:
        settings, zone = parts.settings, parts.settings.site.zone
        with parts.store.writing() as db:
            where, span, notes = _place(settings, _Written(shift, desk, first, last))
            order = OverrideOrder(where, span, comes, replaces, why)
            noted = note(db, settings, order, parts.clock())
    if as_json:
        print_json(_document(noted))
        return
    for sentence in notes:
        console().print(f"Note: {sentence}")
    console().print(_line(noted, zone))


@override.command("list")
@json_option
@pass_surroundings
def list_overrides(surroundings: Surroundings, as_json: bool) -> None:
    """Print all overrides that are not over; those undone are marked."""
    with surroundings.parts() as parts, parts.store.reading() as db:
        found = coming(db, parts.clock())
    if as_json:
        print_json({"overrides": [_document(each) for each in found]})
        return
    for each in found:
        console().print(_line(each, parts.settings.site.zone))
    if not found:
        console().print("Nothing is overridden from now on.")


@override.command("undo")
@click.argument("number", type=int)
@json_option
@pass_surroundings
def undo_override(surroundings: Surroundings, number: int, as_json: bool) -> None:
    """Let the override of that NUMBER hold no more; what it replaced counts again."""
    with surroundings.parts() as parts, parts.store.writing() as db:
        undo(db, number, parts.clock())
    if as_json:
        print_json({"undone": number})
    else:
        console().print(f"Override {number} is undone.")


def _place(settings: Settings, written: _Written) -> tuple[DeskName, Span, tuple[str, ...]]:
    """Which desk, from when to when, and how times were read."""
    zone = settings.site.zone
    reads = [instant_written(text, zone) for text in (written.first, written.last) if text]
    notes = tuple(read.note for read in reads if read.note)
    if written.shift is not None and written.desk is None:
        desk, whole = span_of_shift(settings, written.shift)
        start = instant_written(written.first, zone) if written.first else Read(whole.start)
        end = instant_written(written.last, zone) if written.last else Read(whole.end)
        return desk, _between(start, end), notes
    if written.shift is None and written.desk is not None and len(reads) == 2:
        return desk_named(settings, written.desk).name, _between(*reads), notes
    raise HotlineError("Name a --shift, or else a --desk with --from and --to.")


def _between(start: Read, end: Read) -> Span:
    if end.at <= start.at:
        raise HotlineError("The override ends no later than it begins.")
    return Span(start.at, end.at)


def _line(each: NotedOverride, zone: ZoneInfo) -> str:
    number, desk = each.override.id, each.override.desk
    who = f"{_called(each.comes)} instead of {_called(each.replaces)}"
    if each.replaces is None:
        who = f"{_called(each.comes)} beside the others"
    undone = "; undone" if each.undone_at else ""
    when = from_to(each.override.span, zone)
    return f"{number}. {desk}, {when}: {who} ({each.override.cause.value}: {each.why}){undone}"


def _called(person: Named | None) -> str:
    return f"{person.name} ({person.code})" if person else "nobody"


def _document(each: NotedOverride) -> dict[str, object]:
    return {
        "override": each.override.id,
        "desk": each.override.desk,
        "shift": each.shift,
        "from": each.override.span.start.isoformat(),
        "to": each.override.span.end.isoformat(),
        "comes": each.comes.code if each.comes else None,
        "instead_of": each.replaces.code if each.replaces else None,
        "way": each.override.cause.value,
        "why": each.why,
        "noted": each.noted_at.isoformat(),
        "undone": each.undone_at.isoformat() if each.undone_at else None,
    }
