"""Somebody's own coming shifts: with whom, what is known of each, and what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import DeskName
from hotline.duty import Attendance, Cause, Duty, Fact, attendance
from hotline.duty.attendance import EARLY
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import NotedOverride, Promise
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.duty.attendance import facts_of
from hotline.store.duty.overrides import overrides_between
from hotline.store.duty.promises import LONGEST_SHIFT, promises_at, promises_of
from scheduling.problem import ShiftKind, Span

AHEAD: Final = timedelta(days=35)
TOLD_SINCE: Final = timedelta(days=8)  # a confirmation is asked for no earlier than a week before


@dataclass(frozen=True)
class OwnShift:
    """A shift, or what is left of one. beside: who else is at the desk then, by name.

    whole: can be swapped; away: they said that they cannot come; told: what they said of it;
    taken: as an open shift, by themselves.
    """

    duty: Duty
    shift: str
    kind: ShiftKind
    whole: bool
    away: bool
    told: Attendance
    beside: tuple[str, ...]
    taken: NotedOverride | None = None

    @property
    def desk(self) -> DeskName:
        """Where."""
        return self.duty.desk

    @property
    def span(self) -> Span:
        """From when to when."""
        return self.duty.span

    def begins_soon(self, now: datetime) -> bool:
        """Whether checking in now counts for it."""
        return self.span.start - EARLY <= now < self.span.end


def own_shifts(
    db: Session, person: StoredPerson, now: datetime, ahead: timedelta = AHEAD
) -> tuple[OwnShift, ...]:
    """What is published for them from now on, by start; one that runs, too. Five queries."""
    span = Span(now, now + ahead)
    noted = overrides_between(db, Span(span.start - LONGEST_SHIFT, span.end + LONGEST_SHIFT))
    mine = [p for p in promises_of(db, span, [person.code], noted) if _is_mine(p, person)]
    others = promises_at(db, span, (p.desk for p in mine), noted) if mine else ()
    absences = absences_between(db, span)
    told = facts_of(db, [person.id], now - TOLD_SINCE)[person.id]
    away = [(a.person, a.span) for a in absences]
    taken = [each for each in noted if each.override.cause is Cause.TAKEN]
    known = _Known(others, away, told, taken)
    return tuple(_own(p, person, known, now) for p in mine)


@dataclass(frozen=True)
class _Known:
    """What is known beside the shifts themselves. away: who, by code, and when."""

    others: Sequence[Promise]
    away: Sequence[tuple[str, Span]]
    told: Sequence[Fact]
    taken: Sequence[NotedOverride]


def _is_mine(promise: Promise, person: StoredPerson) -> bool:
    return promise.person == person.code and promise.state is RosterState.PUBLISHED


def _own(promise: Promise, person: StoredPerson, known: _Known, now: datetime) -> OwnShift:
    standby = promise.kind is ShiftKind.STANDBY
    left = Span(max(promise.span.start, now), promise.span.end)
    there = {
        other.name: None
        for other in known.others
        if other.state is RosterState.PUBLISHED
        and (other.desk, other.person != person.code) == (promise.desk, True)
        and other.span.meets(left)
        and not _is_away(other.person, other.span, known.away)
    }
    return OwnShift(
        duty=Duty(person.id, promise.desk, promise.span, standby),
        shift=promise.shift,
        kind=promise.kind,
        whole=not promise.part,
        away=_is_away(person.code, left, known.away),
        told=attendance(known.told, now, promise.span),
        beside=tuple(there),
        taken=next((each for each in known.taken if _is_this(each, promise)), None),
    )


def _is_this(noted: NotedOverride, promise: Promise) -> bool:
    """Whether that override is what the promise comes from."""
    who = noted.comes.code if noted.comes else None
    mine = (who, noted.override.desk, noted.override.span)
    return mine == (promise.person, promise.desk, promise.span)


def _is_away(code: str, span: Span, away: Iterable[tuple[str, Span]]) -> bool:
    return any(who == code and absence.holds(span) for who, absence in away)
