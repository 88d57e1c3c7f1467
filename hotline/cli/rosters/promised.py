"""How a week and its publishing are told."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from hotline.cli.printing import from_to, plain_table, titled
from hotline.config.settings import Settings
from hotline.rosters.draft.promised import Promise
from hotline.rosters.draft.publishing import DeskChange, Published, PublishOrder
from hotline.rosters.showing import ShownDesk, ShownShift, ShownWeek
from hotline.rosters.states import RosterState

STATES = {
    RosterState.DRAFT: "draft, rings nobody",
    RosterState.PUBLISHED: "published",
    None: "no roster yet",
}


def show_week(out: Console, shown: ShownWeek, settings: Settings) -> None:
    """A line for each shift of each desk; * marks what is pinned."""
    names = {desk.name: titled(desk, settings) for desk in settings.desks}
    out.print(f"Week {shown.week}; * is pinned")
    for desk in shown.desks:
        out.print(f"\n{names[desk.desk]}: {STATES[desk.state]}", style="bold")
        if desk.accepted_gaps:
            out.print(Text(f"  below its floor, accepted: {desk.accepted_gaps}"))
        if desk.state is not None:
            _show_shifts(out, desk, settings.site.zone)


def week_document(shown: ShownWeek) -> dict[str, object]:
    """The week as it stands in JSON."""
    return {
        "week": str(shown.week),
        "desks": [
            {
                "desk": desk.desk,
                "state": desk.state.value if desk.state else None,
                "accepted_gaps": desk.accepted_gaps,
                "shifts": [_shift_document(row) for row in desk.shifts],
            }
            for desk in shown.desks
        ],
    }


def show_published(out: Console, order: PublishOrder, done: Published, settings: Settings) -> None:
    """What is published now, and who gained or lost what by it."""
    zone = settings.site.zone
    names = {desk.name: titled(desk, settings) for desk in settings.desks}
    for promise in done.taken_off_now:
        when = from_to(promise.span, zone)
        out.print(f"{promise.name} ({promise.person}) is taken off a shift that runs now: {when}.")
    for change in done.changes:
        out.print(f"{names[change.desk]}: {order.week} published, {change.assigned} assignments")
        if change.accepted_gaps:
            out.print(Text(f"  below its floor, accepted: {change.accepted_gaps}"))
        if change.republished:
            _show_changes(out, change, zone)


def publish_document(order: PublishOrder, done: Published) -> dict[str, object]:
    """The publishing as it stands in JSON."""
    return {
        "week": str(order.week),
        "at": done.at.isoformat(),
        "desks": [
            {
                "desk": change.desk,
                "assigned": change.assigned,
                "republished": change.republished,
                "accepted_gaps": change.accepted_gaps,
                "gained": [_promise_document(p) for p in change.gained],
                "lost": [_promise_document(p) for p in change.lost],
            }
            for change in done.changes
        ],
        "taken_off_now": [_promise_document(p) for p in done.taken_off_now],
    }


def _show_shifts(out: Console, desk: ShownDesk, zone: ZoneInfo) -> None:
    table = plain_table("  when", "shift", "who")
    for row in desk.shifts:
        name = row.shift.id.rpartition("/")[2]
        table.add_row(f"  {from_to(row.shift.span, zone)}", name, _names(row.promises))
    out.print(table)


def _names(promises: Iterable[Promise]) -> str:
    names = [f"{p.name} ({p.person}){'*' if p.pinned else ''}" for p in promises]
    return ", ".join(names) or "nobody"


def _show_changes(out: Console, change: DeskChange, zone: ZoneInfo) -> None:
    if not change.gained and not change.lost:
        out.print("  nothing changed for anybody")
    for sign, promises in (("+", change.gained), ("-", change.lost)):
        for p in promises:
            out.print(f"  {sign} {p.name} ({p.person}) {from_to(p.span, zone)}")


def _shift_document(row: ShownShift) -> dict[str, object]:
    return {
        "shift": row.shift.id,
        "kind": row.shift.kind.value,
        "from": row.shift.span.start.isoformat(),
        "to": row.shift.span.end.isoformat(),
        "people": [{"person": p.person, "name": p.name, "pinned": p.pinned} for p in row.promises],
    }


def _promise_document(promise: Promise) -> dict[str, object]:
    return {
        "person": promise.person,
        "name": promise.name,
        "shift": promise.shift,
        "from": promise.span.start.isoformat(),
        "to": promise.span.end.isoformat(),
    }
