"""Which shifts of published rosters still want somebody, and may this person take one?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import Settings
from hotline.corrections.overrides import OverrideError, OverrideOrder, override, undo
from hotline.duty import Cause
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import NotedOverride
from hotline.rosters.week import week_of
from hotline.store import Session
from hotline.store.duty.overrides import override_of
from hotline.store.duty.swaps import hold_people, hold_rosters
from hotline.swaps.asking import ShiftKey, SwapError, Why
from hotline.swaps.judging import Effect, Move, effect, keeps_out
from hotline.swaps.reading import Weeks, may_answer, weeks_around
from hotline.swaps.swap import HeldShift
from scheduling.audit import gaps
from scheduling.problem import Shift, Span
from scheduling.roster import Gap

AHEAD: Final = timedelta(days=28)
WORTH_IT: Final = timedelta(minutes=30)


@dataclass(frozen=True)
class OpenShift:
    """A shift that wants somebody. below_floor: without them its desk is below its floor."""

    shift: HeldShift
    below_floor: bool
    effect: Effect


def open_shifts(
    db: Session,
    settings: Settings,
    person: StoredPerson,
    now: datetime,
    ahead: timedelta = AHEAD,
) -> tuple[OpenShift, ...]:
    """What the person may take, those below the floor first, then by start. Raises AskError."""
    desks = [desk for desk in settings.desks if desk.shifts and may_answer(person, desk, settings)]
    if not desks:
        return ()
    weeks = weeks_around(db, settings, [desk.name for desk in desks], Span(now, now + ahead))
    return takeable(weeks, settings, person, now)


def take(
    db: Session, settings: Settings, person: StoredPerson, key: ShiftKey, now: datetime
) -> NotedOverride:
    """The person comes; routing follows at once. Raises SwapError if it is not open to them.

    Of two who take the last chair at once, one gets it.
    """
    hold_rosters(db, {(key.desk, str(week_of(key.start, settings.site.zone)))})
    hold_people(db, {person.id})
    weeks = weeks_around(db, settings, [key.desk], Span(key.start, key.start + WORTH_IT))
    for each in takeable(weeks, settings, person, now):
        if each.shift.desk == key.desk and each.shift.span.start == key.start:
            order = OverrideOrder(
                desk=key.desk,
                span=each.shift.span,
                comes=person.code,
                replaces=None,
                why="open shift",
                cause=Cause.TAKEN,
                shift=each.shift.shift,
            )
            return override(db, settings, order, now)
    raise SwapError(Why.GONE, "That shift is not open to you any more; somebody may have taken it.")


def give_back(
    db: Session, settings: Settings, person: StoredPerson, number: int, now: datetime
) -> NotedOverride:
    """A shift that was taken by mistake is open again. Raises SwapError when it is too late."""
    noted = override_of(db, number)
    last = now - timedelta(seconds=settings.shake.undo_seconds)
    mine = noted is not None and noted.override.comes == person.id
    if (
        noted is None
        or not mine
        or noted.override.cause is not Cause.TAKEN
        or noted.noted_at <= last
    ):
        raise SwapError(Why.GONE, "That shift cannot be given back; say that you cannot come.")
    try:
        return undo(db, number, now)
    except OverrideError:
        raise SwapError(Why.GONE, "Somebody has built on it; say that you cannot come.") from None


def takeable(
    weeks: Weeks, settings: Settings, person: StoredPerson, after: datetime
) -> tuple[OpenShift, ...]:
    """Every shift of these weeks that begins later, misses somebody and may be this person's."""
    asked = weeks.asked.get(person.code)
    found: list[OpenShift] = []
    for shift, below_floor in _wanting(weeks, settings, after) if asked is not None else ():
        desk = settings.desk(shift.desk)
        if desk is None or asked is None or not may_answer(person, desk, settings):
            continue
        if keeps_out(weeks.problem, weeks.held, asked, shift.id, gives=None):
            continue
        does = effect(weeks.problem, weeks.held, [Move(shift.id, person.code, None)])
        if does.allowed and (does.below_target < 0 or does.below_floor < 0):
            held = HeldShift(desk.name, shift.id, shift.kind, shift.span)
            found.append(OpenShift(held, below_floor, does))
    return tuple(sorted(found, key=lambda each: (not each.below_floor, each.shift.span)))


def _wanting(weeks: Weeks, settings: Settings, after: datetime) -> Iterator[tuple[Shift, bool]]:
    """Shifts of published rosters that meet a gap, and whether a floor is missed in one."""
    missing = gaps(weeks.problem, weeks.held)
    published = {(p.desk, p.week) for p in weeks.published if p.of_a_roster}
    for shift in weeks.problem.shifts:
        week = str(week_of(shift.span.start, settings.site.zone))
        if shift.span.start > after and (shift.desk, week) in published:
            mine = [gap for gap in missing if _closes(shift, gap)]
            if mine:
                yield shift, any(gap.below_floor for gap in mine)


def _closes(shift: Shift, gap: Gap) -> bool:
    common = min(shift.span.end, gap.span.end) - max(shift.span.start, gap.span.start)
    return shift.desk == gap.desk and common >= WORTH_IT
