"""How does a week lie before a coordinator? Who sits where, what is missing, and what it is of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hotline.config.settings import Desk, Settings
from hotline.rosters.changing import Draft, learned, sheet_of
from hotline.rosters.promised import Promise
from hotline.rosters.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.drafts import BuildNumber, StoredRoster, builds_of, newest_rosters
from hotline.store.edits import logs_of
from hotline.store.people import names_by_code
from scheduling.problem import Shift
from scheduling.roster import Gap


@dataclass(frozen=True)
class Seat:
    """A person, by code, in a shift of a roster."""

    person: str
    shift: Shift
    pinned: bool


@dataclass(frozen=True)
class LaidDesk:
    """A desk's week. roster, build: the newest draft's or else what is published; None: neither.

    seats: by start; shifts: what the desk offers or has, by start; gaps: as the build has them.
    """

    desk: Desk
    roster: StoredRoster | None
    build: BuildNumber | None
    seats: tuple[Seat, ...]
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]

    @property
    def state(self) -> RosterState | None:
        """How far its roster got."""
        return self.roster.state if self.roster else None


@dataclass(frozen=True)
class LaidOut:
    """Some desks of a week. drafts: the builds that they are of, drafts and published ones alike.

    names: of everybody, by code.
    """

    week: Week
    desks: tuple[LaidDesk, ...]
    drafts: Mapping[BuildNumber, Draft]
    names: Mapping[str, str]

    def draft_at(self, desk: LaidDesk) -> Draft | None:
        """What may be changed there."""
        is_draft = desk.state is RosterState.DRAFT and desk.build is not None
        return self.drafts.get(desk.build) if is_draft and desk.build is not None else None


def laid_out(db: Session, settings: Settings, week: Week, desks: Sequence[Desk]) -> LaidOut:
    """The newest roster of each desk. So many queries, however much there is: seven."""
    rosters = newest_rosters(db, str(week))
    asked = [rosters[desk.name] for desk in desks if desk.name in rosters]
    builds = builds_of(db, asked)
    known = learned(db, settings, week)
    logs = logs_of(db, [build.number for build in builds])
    drafts = {b.number: Draft(b, sheet_of(b, known), logs[b.number]) for b in builds}
    built = {roster.desk: drafts[build.number] for build in builds for roster in build.rosters}
    held: dict[int, list[Promise]] = defaultdict(list)
    for promise in known.promises:
        held[promise.roster].append(promise)
    laid = []
    for desk in desks:
        offered = shifts(desk, week, settings.site.zone)
        roster, draft = rosters.get(desk.name), built.get(desk.name)
        if draft is not None:
            offered = tuple(s for s in draft.sheet.problem.shifts if s.desk == desk.name)
        laid.append(_desk(desk, offered, roster, draft, held[roster.id] if roster else ()))
    return LaidOut(week, tuple(laid), drafts, names_by_code(db))


def _desk(
    desk: Desk,
    offered: Sequence[Shift],
    roster: StoredRoster | None,
    draft: Draft | None,
    held: Iterable[Promise],
) -> LaidDesk:
    by_id = {shift.id: shift for shift in offered}
    if draft is not None and roster is not None and roster.state is RosterState.DRAFT:
        seats = list(_drafted(draft, by_id))
    else:
        seats = [_promised(promise, by_id) for promise in held]
    seats.sort(key=lambda seat: (seat.shift.span, seat.person))
    known = {**{seat.shift.id: seat.shift for seat in seats}, **by_id}
    gaps = draft.sheet.result.gaps if draft else ()
    return LaidDesk(
        desk,
        roster,
        draft.build.number if draft else None,
        tuple(seats),
        tuple(sorted(known.values(), key=lambda shift: (shift.span, shift.id))),
        tuple(gap for gap in gaps if gap.desk == desk.name),
    )


def _drafted(draft: Draft, offered: Mapping[str, Shift]) -> Iterator[Seat]:
    pins = {(pin.person, pin.shift) for pin in draft.sheet.problem.pins}
    for given in draft.sheet.result.roster.assignments:
        shift = offered.get(given.shift)
        if shift is not None:
            yield Seat(given.person, shift, (given.person, given.shift) in pins)


def _promised(promise: Promise, offered: Mapping[str, Shift]) -> Seat:
    shift = offered.get(promise.shift)
    if shift is None or shift.span != promise.span:
        shift = Shift(promise.shift, promise.desk, promise.kind, promise.span)
    return Seat(promise.person, shift, promise.pinned)
