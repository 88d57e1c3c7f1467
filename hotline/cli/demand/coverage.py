"""`hotline coverage`: required against rostered as a picture, the gaps, and the rates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import click
from rich.console import Console
from rich.table import Table

from hotline.cli.context import Surroundings, day_written, json_option, pass_surroundings
from hotline.cli.demand.picture import legend, numbers, picture
from hotline.cli.printing import console, percent, plain_table, print_json, titled
from hotline.cli.rosters.gaps import gap_document, show_gaps
from hotline.cli.times import DAYS_SHOWN, days_between
from hotline.config.settings import DeskName, Settings
from hotline.coverage import HALF_HOUR, Coverage, DeskCoverage, HalfHour, Rates, Share, coverage
from hotline.gaps import gaps
from hotline.handshake.heads import Heads, heads
from hotline.handshake.reading import duties_ahead
from hotline.handshake.standing import Standing
from hotline.parts import Parts
from hotline.rosters.question.asked import targets_asked
from hotline.store.duty.rosters import rota_between
from scheduling.problem import Span

FEW_DAYS = timedelta(days=2, hours=1)  # so many are shown in numbers, too


@click.command("coverage")
@click.option("--from", "first", metavar="DAY", help="Like 2026-11-23; else today.")
@click.option("--to", "last", metavar="DAY", help="The last day; else six days later.")
@json_option
@pass_surroundings
def show_coverage(
    surroundings: Surroundings, first: str | None, last: str | None, as_json: bool
) -> None:
    """Show required against rostered, gaps and rates.

    By the published rosters; of one day or two the numbers of people are printed, too.
    """
    with surroundings.parts() as parts:
        span = _span(parts, first, last)
        with parts.store.reading() as db:
            rota = rota_between(db, span)
            asked = targets_asked(db, parts.settings, span)
            now = parts.clock()
            known = _Known(_by_desk(duties_ahead(db, parts.settings, span, now)), now)
        found = coverage(parts.settings, rota, span, asked)
    if as_json:
        print_json(_document(found, known))
    else:
        _show(console(), found, parts.settings, known)


@dataclass(frozen=True)
class _Known:
    """What is known of the duties to come at an instant."""

    duties: Mapping[DeskName, Sequence[Standing]]
    now: datetime

    def heads(self, desk: DeskName, half: HalfHour) -> Heads | None:
        """None: that half hour is over, and what was known of it then is not told here."""
        if half.start + HALF_HOUR <= self.now:
            return None
        return heads(self.duties.get(desk, ()), desk, half.start)


def _by_desk(duties: Iterable[Standing]) -> Mapping[DeskName, Sequence[Standing]]:
    found: dict[DeskName, list[Standing]] = defaultdict(list)
    for each in duties:
        found[each.desk].append(each)
    return found


def _span(parts: Parts, first: str | None, last: str | None) -> Span:
    zone = parts.settings.site.zone
    start = day_written(first) if first else parts.clock().astimezone(zone).date()
    end = day_written(last) if last else start + timedelta(days=DAYS_SHOWN - 1)
    return days_between(start, end, zone)


def _show(out: Console, found: Coverage, settings: Settings, known: _Known) -> None:
    zone = settings.site.zone
    out.print(legend())
    names = {desk.name: titled(desk, settings) for desk in settings.desks}
    for desk in found.desks:
        out.print(f"\n{names[desk.desk]}", style="bold")
        out.print(picture(desk, zone))
        if found.span.length <= FEW_DAYS:
            out.print(numbers(desk, zone, partial(known.heads, desk.desk)))
        show_gaps(out, gaps(desk), zone)
    out.print("\nHours in which every floor is kept, of the hours people are required")
    out.print(_rates(settings, found))
    out.print("\nHours in which a line reaches a person, of all hours")
    out.print(_reach(settings, found))


def _rates(settings: Settings, found: Coverage) -> Table:
    table = plain_table("  desk", ">all", ">nights 22-08", ">evenings 18-22")
    names = {desk.name: titled(desk, settings) for desk in settings.desks}
    for desk in found.desks:
        table.add_row(f"  {names[desk.desk]}", *_shares(desk.rates))
    table.add_row("  all desks", *_shares(found.rates), style="bold")
    return table


def _reach(settings: Settings, found: Coverage) -> Table:
    table = plain_table("  line", ">all", ">nights 22-08", ">evenings 18-22")
    names = {line.name: titled(line, settings) for line in settings.lines}
    for line in found.lines:
        table.add_row(f"  {names[line.line]}", *_shares(line.rates))
    return table


def _shares(rates: Rates) -> Iterable[str]:
    return (percent(share.value) for share in (rates.all_hours, rates.nights, rates.evenings))


def _document(found: Coverage, known: _Known) -> dict[str, object]:
    return {
        "from": found.span.start.isoformat(),
        "to": found.span.end.isoformat(),
        "rates": _rates_document(found.rates),
        "desks": [_desk_document(desk, known) for desk in found.desks],
        "lines": [
            {"line": line.line, "reached": _rates_document(line.rates)} for line in found.lines
        ],
    }


def _desk_document(desk: DeskCoverage, known: _Known) -> dict[str, object]:
    return {
        "desk": desk.desk,
        "rates": _rates_document(desk.rates),
        "gaps": [gap_document(gap) for gap in gaps(desk)],
        "half_hours": [_half_document(h, known.heads(desk.desk, h)) for h in desk.halves],
    }


def _half_document(half: HalfHour, known: Heads | None) -> dict[str, object]:
    return {
        "start": half.start.isoformat(),
        "floor": half.floor,
        "target": half.target,
        "rostered": half.rostered,
        "confirmed": known.confirmed if known else None,
        "present": known.present if known else None,
        "reachable": known.reachable if known else None,
        "certified": {c.name: {"floor": c.floor, "rostered": c.rostered} for c in half.certified},
        "level": half.level.value,
    }


def _rates_document(rates: Rates) -> dict[str, object]:
    shares = {"all": rates.all_hours, "nights": rates.nights, "evenings": rates.evenings}
    return {name: _share_document(share) for name, share in shares.items()}


def _share_document(share: Share) -> dict[str, object]:
    return {"met": share.met, "of": share.of, "share": share.value}
