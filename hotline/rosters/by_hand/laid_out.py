"""How does a week lie before a coordinator? Who sits where, what is missing, and what it is of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, Settings
from hotline.rosters.by_hand.changing import Draft, learned_near, sheet_of
from hotline.rosters.question.people_asked import promised_shift
from hotline.rosters.question.shifts import shifts
from hotline.rosters.question.today import Learned
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.rota_kept import rota_token
from hotline.store.people.everybody import names_by_code
from hotline.store.planning.drafts import (
    BuildNumber,
    StoredRoster,
    builds_of,
    newest_rosters,
)
from hotline.store.planning.edits import logs_of
from scheduling.problem import Shift
from scheduling.roster import Gap

KEPT: Final = 12  # weeks as they were last looked at, in each process
_MEMORY: Final = "weeks laid out"


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

    names: of everybody, by code; weeks: all that people have in the newest rosters of all desks.
    """

    week: Week
    desks: tuple[LaidDesk, ...]
    drafts: Mapping[BuildNumber, Draft]
    names: Mapping[str, str]
    weeks: Mapping[str, tuple[Shift, ...]]

    def draft_at(self, desk: LaidDesk) -> Draft | None:
        """What may be changed there."""
        is_draft = desk.state is RosterState.DRAFT and desk.build is not None
        return self.drafts.get(desk.build) if is_draft and desk.build is not None else None


def laid_out(db: Session, settings: Settings, week: Week, desks: Sequence[Desk]) -> LaidOut:
    """The newest roster of each desk. One query if nothing has changed, or else a few more.

    Edits change assignments, builds rosters: the token of the rota differs after either.
    """
    asked = (rota_token(db), week, tuple(desk.name for desk in desks))
    kept: dict[object, LaidOut] = db.memory.setdefault(_MEMORY, {})
    found = kept.get(asked) or _read(db, settings, week, desks)
    if asked not in kept:
        for oldest in tuple(kept)[: max(0, len(kept) + 1 - KEPT)]:
            kept.pop(oldest, None)
        kept[asked] = found
    return found


def _read(db: Session, settings: Settings, week: Week, desks: Sequence[Desk]) -> LaidOut:
    zone = settings.site.zone
    rosters = newest_rosters(db, str(week))
    asked = [rosters[desk.name] for desk in desks if desk.name in rosters]
    builds = builds_of(db, asked)
    known = learned_near(db, settings, week, frozenset(roster.desk for roster in asked), builds)
    logs = logs_of(db, [build.number for build in builds])
    drafts = {b.number: Draft(b, sheet_of(b, known), logs[b.number]) for b in builds}
    built = {roster.desk: drafts[build.number] for build in builds for roster in build.rosters}
    held = _held(known, rosters.values())
    laid = (
        _desk(_Desk(desk, rosters.get(desk.name), built.get(desk.name)), held, week, zone)
        for desk in desks
    )
    return LaidOut(week, tuple(laid), drafts, names_by_code(db), _weeks(held))


@dataclass(frozen=True)
class _Desk:
    desk: Desk
    roster: StoredRoster | None
    draft: Draft | None


def _held(known: Learned, newest: Iterable[StoredRoster]) -> Mapping[int, tuple[Seat, ...]]:
    """What each of the newest rosters of the week has, by its id."""
    held: dict[int, list[Seat]] = {roster.id: [] for roster in newest}
    for promise in known.promises:
        if promise.roster in held:
            shift = promised_shift(promise, known.zone)
            held[promise.roster].append(Seat(promise.person, shift, promise.pinned))
    return {roster: tuple(seats) for roster, seats in held.items()}


def _weeks(held: Mapping[int, Iterable[Seat]]) -> Mapping[str, tuple[Shift, ...]]:
    weeks: dict[str, list[Shift]] = defaultdict(list)
    for seats in held.values():
        for seat in seats:
            weeks[seat.person].append(seat.shift)
    return {person: tuple(shifts) for person, shifts in weeks.items()}


def _desk(at: _Desk, held: Mapping[int, tuple[Seat, ...]], week: Week, zone: ZoneInfo) -> LaidDesk:
    mine = held[at.roster.id] if at.roster else ()
    if at.draft is None:
        offered = shifts(at.desk, week, zone)
    else:
        offered = tuple(s for s in at.draft.sheet.problem.shifts if s.desk == at.desk.name)
    by_id = {shift.id: shift for shift in offered}
    seats = tuple(replace(seat, shift=_offered(seat.shift, by_id)) for seat in mine)
    known = {**{seat.shift.id: seat.shift for seat in seats}, **by_id}
    gaps = at.draft.sheet.result.gaps if at.draft else ()
    return LaidDesk(
        at.desk,
        at.roster,
        at.draft.build.number if at.draft else None,
        seats,
        tuple(sorted(known.values(), key=lambda shift: (shift.span, shift.id))),
        tuple(gap for gap in gaps if gap.desk == at.desk.name),
    )


def _offered(shift: Shift, by_id: Mapping[str, Shift]) -> Shift:
    """The shift as the desk offers it; an override may have left only a part of it."""
    found = by_id.get(shift.id)
    return found if found is not None and found.span == shift.span else shift
