"""What a week looks like: every shift of every desk, and who is in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotline.config.settings import Desk, DeskName, Settings
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import newest_rosters
from scheduling.problem import Shift


@dataclass(frozen=True)
class ShownShift:
    """A shift and the promises in it, in order of person."""

    shift: Shift
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class ShownDesk:
    """A desk's week. state: of the roster shown; None: there is no roster yet.

    accepted_gaps: why it was published below its floor.
    """

    desk: DeskName
    state: RosterState | None
    shifts: tuple[ShownShift, ...]
    accepted_gaps: str | None = None


@dataclass(frozen=True)
class ShownWeek:
    """A week as `hotline roster show` prints it."""

    week: Week
    desks: tuple[ShownDesk, ...]


def shown_week(
    db: Session, settings: Settings, week: Week, names: Sequence[DeskName] = ()
) -> ShownWeek:
    """The draft of each desk or, where there is none, what is published. names: () means all."""
    zone = settings.site.zone
    held = promises(db, week.horizon(zone))
    rosters = newest_rosters(db, str(week))
    shown = []
    for desk in settings.desks:
        if (desk.name in names) if names else desk.shifts:
            roster = rosters.get(desk.name)
            mine = [p for p in held if roster and p.roster == roster.id]
            rows = _shifts(shifts(desk, week, zone), mine, desk)
            reason = roster.accepted_gaps if roster else None
            shown.append(ShownDesk(desk.name, roster.state if roster else None, rows, reason))
    return ShownWeek(week, tuple(shown))


def _shifts(
    offered: Iterable[Shift], mine: Sequence[Promise], desk: Desk
) -> tuple[ShownShift, ...]:
    """The shifts of today's configuration, and those that only the roster still knows."""
    known = {shift.id: shift for shift in offered}
    for p in mine:
        known.setdefault(p.shift, Shift(p.shift, desk.name, p.kind, p.span))
    rows = (
        ShownShift(shift, tuple(p for p in mine if p.shift == shift.id)) for shift in known.values()
    )
    return tuple(sorted(rows, key=lambda row: (row.shift.span, row.shift.id)))
