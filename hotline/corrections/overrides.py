"""Use cases of overrides: who comes instead of whom, noted and undone; routing follows at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.config.settings import DeskName, Settings
from hotline.duty import Cause, Duty, PersonId, Rota, on_standby, rostered
from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import NotedOverride, Promise
from hotline.rosters.question.shifts import shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import week_of
from hotline.store import Session
from hotline.store.duty.overrides import (
    NewOverride,
    every_override,
    note_override,
    override_of,
    overrides_between,
    undo_override,
)
from hotline.store.duty.promises import LONGEST_SHIFT, promises
from hotline.store.duty.rosters import rota_between
from hotline.store.people.everybody import active_people
from scheduling.problem import Shift, ShiftKind, Span

EVER = timedelta(days=3660)
LONGEST_WHY = 400


class OverrideError(HotlineError):
    """The override would mean nothing, or could not hold."""


@dataclass(frozen=True)
class OverrideOrder:
    """Who, by code, comes to a desk instead of whom; None: nobody. why: as a person wrote it.

    shift: which one it is about, by name, where several run then; None: that of who is replaced.
    """

    desk: DeskName
    span: Span
    comes: str | None
    replaces: str | None
    why: str
    cause: Cause = Cause.COORDINATOR
    shift: str | None = None


def override(db: Session, settings: Settings, order: OverrideOrder, now: datetime) -> NotedOverride:
    """Keep an override. Raises OverrideError, and keeps nothing then."""
    _refuse_nonsense(order, now)
    people = {person.code: person for person in active_people(db)}
    comes, replaces = _person(people, order.comes), _person(people, order.replaces)
    held = [p for p in promises(db, order.span) if p.state is RosterState.PUBLISHED]
    _refuse_elsewhere(held, order)
    shift = _shift(held, order, settings)
    if not shift.span.holds(order.span):
        raise OverrideError(f"That is longer than {shift.id}; note an override for each shift.")
    new = NewOverride(
        comes=None if comes is None else comes.id,
        replaces=None if replaces is None else replaces.id,
        desk=order.desk,
        span=order.span,
        week=str(week_of(shift.span.start, settings.site.zone)),
        shift=shift.id,
        kind=shift.kind,
        part=order.span != shift.span,
        cause=order.cause,
        why=order.why.strip(),
    )
    if comes is not None:
        _refuse_unfit(rota_between(db, order.span), settings, (order, comes.id, shift.kind))
    noted = override_of(db, note_override(db, new, now))
    assert noted is not None
    return noted


def undo(db: Session, number: int, now: datetime) -> NotedOverride:
    """Let an override hold no more; what it replaced counts again. Raises OverrideError."""
    noted = override_of(db, number)
    if noted is None or noted.undone_at is not None:
        raise OverrideError(
            f"There is no override {number} that holds; look at: hotline override list"
        )
    later = _resting_on(noted, overrides_between(db, noted.override.span))
    if later is not None:
        raise OverrideError(f"Override {later} rests on this one; undo it first.")
    undo_override(db, number, now)
    return noted


def coming(db: Session, now: datetime) -> tuple[NotedOverride, ...]:
    """All that are not over, undone or not, in the order in which they were noted."""
    return every_override(db, Span(now, now + EVER))


def span_of_shift(settings: Settings, name: str) -> tuple[DeskName, Span]:
    """The desk of a shift, and from when to when it lasts. Raises OverrideError for no shift."""
    for desk in settings.desks:
        prefix = f"{desk.name}/"
        if name.startswith(prefix):
            found = [s for s in _shifts_near(settings, desk.name, name) if s.id == name]
            if found:
                return desk.name, found[0].span
    raise OverrideError(
        f"There is no shift {name!r}; it is named like night/2026-11-24/late, see: "
        "hotline roster show"
    )


def _shifts_near(settings: Settings, desk: DeskName, name: str) -> Iterable[Shift]:
    known = settings.desk(desk)
    assert known is not None
    try:
        day = datetime.fromisoformat(name.split("/")[1]).replace(tzinfo=settings.site.zone)
    except (ValueError, IndexError):
        return ()
    week = week_of(day, settings.site.zone)
    return shifts(known, week, settings.site.zone)


def _refuse_nonsense(order: OverrideOrder, now: datetime) -> None:
    if order.comes is None and order.replaces is None:
        raise OverrideError("An override says who comes, or who does not, or both.")
    if order.comes == order.replaces:
        raise OverrideError(f"{order.comes} cannot come instead of {order.comes}.")
    if order.span.end <= now:
        raise OverrideError("That time is over; the past stays as it was.")
    if order.span.length > LONGEST_SHIFT:
        raise OverrideError(f"An override lasts at most {LONGEST_SHIFT.days} days.")
    if not order.why.strip():
        raise OverrideError("An override needs a reason; it is kept.")
    if len(order.why.strip()) > LONGEST_WHY:
        raise OverrideError(f"The reason has more than {LONGEST_WHY} characters.")


def _person(people: dict[str, StoredPerson], code: str | None) -> StoredPerson | None:
    if code is None:
        return None
    if code not in people:
        raise OverrideError(
            f"There is nobody active with the code {code!r}; see: hotline people export"
        )
    return people[code]


def _refuse_elsewhere(held: Iterable[Promise], order: OverrideOrder) -> None:
    held = tuple(held)
    here = [p for p in held if p.person == order.replaces and p.desk == order.desk]
    if order.replaces is not None and not here:
        raise OverrideError(f"{order.replaces} is not at desk {order.desk} then.")
    for promise in held:
        if promise.person == order.comes:
            raise OverrideError(f"{order.comes} is in {promise.shift} at that time already.")


def _shift(held: Iterable[Promise], order: OverrideOrder, settings: Settings) -> Shift:
    """What the override corrects: a shift as promised, or as configured, or a stretch by itself."""
    zone, desk = settings.site.zone, settings.desk(order.desk)
    assert desk is not None
    week = week_of(order.span.start, zone)
    offered = [s for each in (week.shifted(-1), week) for s in shifts(desk, each, zone)]
    mine = [p for p in held if p.desk == order.desk]
    if order.shift is not None:
        offered = [s for s in offered if s.id == order.shift]
        mine = [p for p in mine if p.shift == order.shift]
    mine.sort(key=lambda p: (p.person != order.replaces, p.span))
    named = [s for p in mine[:1] for s in offered if s.id == p.shift]
    around = [s for s in offered if s.span.holds(order.span)]
    if named or (around and not mine):
        return (named or around)[0]
    if mine:
        return Shift(mine[0].shift, order.desk, mine[0].kind, mine[0].span)
    return Shift(f"{order.desk}/override", order.desk, ShiftKind.DAY, order.span)


def _refuse_unfit(
    rota: Rota, settings: Settings, asked: tuple[OverrideOrder, PersonId, ShiftKind]
) -> None:
    """Raise OverrideError if the telephone would not ring who comes, whatever the override says."""
    order, comes, kind = asked
    desk = settings.desk(order.desk)
    assert desk is not None
    sent = Duty(comes, order.desk, order.span, kind is ShiftKind.STANDBY)
    there = replace(rota, duties=(*rota.duties, sent))
    at = order.span.start
    if not any(p.id == comes for p in (*rostered(there, desk, at), *on_standby(there, desk, at))):
        raise OverrideError(
            f"{order.comes} would not be rung there: absent then, still learning, or without a "
            f"certificate that desk {order.desk} asks for."
        )


def _resting_on(noted: NotedOverride, held: Iterable[NotedOverride]) -> int | None:
    """A later override that replaces who comes by this one."""
    mine = noted.override
    for each in held:
        other = each.override
        rests = other.replaces is not None and other.replaces == mine.comes
        if rests and other.id > mine.id and other.desk == mine.desk:
            return other.id
    return None
