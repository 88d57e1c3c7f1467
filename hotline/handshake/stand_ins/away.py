"""Use cases of absences: noted, with what falls free and who is looked for, and taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import Settings
from hotline.corrections.absences import AbsenceError, note
from hotline.duty import PersonId
from hotline.handshake.deciding import WORTH_IT, Reason
from hotline.handshake.stand_ins.searching import end_search, seek
from hotline.handshake.states import SearchState
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.duty.absences import Absence, absence_of, absences_between, drop_absence
from hotline.store.duty.promises import promises
from hotline.store.duty.standins import NewSearch, Search, hold_search, searches_instead_of
from hotline.store.people.everybody import person_coded
from scheduling.problem import Span


@dataclass(frozen=True)
class Falling:
    """What is missing of a published duty because its person is away."""

    promise: Promise
    span: Span


@dataclass(frozen=True)
class Announced:
    """An absence that is kept now, what it makes fall free, and for how much somebody is sought.

    meets: the person's published shifts that it meets at all, by start.
    """

    absence: Absence
    meets: tuple[Promise, ...]
    falls: tuple[Falling, ...]
    sought: int


@dataclass(frozen=True)
class TakenBack:
    """An absence that counts no more. ended: searches that stop; filled: somebody comes already."""

    absence: Absence
    ended: tuple[Search, ...]
    filled: tuple[Search, ...]


def announce(db: Session, code: str, span: Span, now: datetime, *, seeking: bool) -> Announced:
    """Keep an absence of a person, by code; routing follows at once. Raises AbsenceError.

    seeking: look for a stand-in for each published duty that falls free; the worker asks.
    """
    noted = note(db, code, span, now)
    falls = tuple(falling(noted.meets, code, span, now))
    person = person_coded(db, code)
    assert person is not None
    new = [_search(person, fall) for fall in falls] if seeking else []
    return Announced(noted.absence, noted.meets, falls, sum(seek(db, each, now) for each in new))


def seek_stand_ins(db: Session, number: int, now: datetime) -> int:
    """Look for one for each published duty that an absence leaves free; how many searches begin.

    Raises AbsenceError.
    """
    absence = absence_of(db, number)
    if absence is None:
        raise AbsenceError(f"There is no absence {number}; look at: hotline absence list")
    person = person_coded(db, absence.person)
    assert person is not None
    falls = effect(db, absence.person, absence.span, now)
    return sum(seek(db, _search(person, fall), now) for fall in falls)


def seek_for(db: Session, number: int, now: datetime) -> int:
    """Look for stand-ins for what an absence leaves free after all; how many searches begin.

    Raises AbsenceError.
    """
    absence = absence_of(db, number)
    person = person_coded(db, absence.person) if absence else None
    if absence is None or person is None:
        raise AbsenceError(_unknown(number))
    falls = falling(promises(db, absence.span), absence.person, absence.span, now)
    return sum(seek(db, _search(person, fall), now) for fall in falls)


def effect(db: Session, code: str, span: Span, now: datetime) -> tuple[Falling, ...]:
    """What would fall free if that person were away then. Two queries."""
    return tuple(falling(promises(db, span), code, span, now))


def take_back(db: Session, settings: Settings, number: int, now: datetime) -> TakenBack:
    """Forget an absence: what is published counts again, and nobody is looked for any more.

    Where somebody comes already they were promised so: it stays. Raises AbsenceError.
    """
    absence = absence_of(db, number)
    if absence is None or not drop_absence(db, number, now):
        raise AbsenceError(_unknown(number))
    searches = tuple(_searches(db, absence, now))
    live = [s for s in searches if s.state in (SearchState.SEARCHING, SearchState.FAILED)]
    ended = tuple(s for s in live if _end(db, settings, s, now))
    comes = (SearchState.FOUND, SearchState.SETTLED)
    return TakenBack(absence, ended, tuple(s for s in searches if s.state in comes))


def falling(held: Iterable[Promise], code: str, span: Span, now: datetime) -> Iterator[Falling]:
    """What is missing of each published duty that is worth fetching somebody for. Pure."""
    for promise in held:
        if promise.person != code or promise.state is not RosterState.PUBLISHED:
            continue
        start = max(promise.span.start, span.start, now)
        end = min(promise.span.end, span.end)
        if end - start >= WORTH_IT:
            yield Falling(promise, Span(start, end))


def _unknown(number: int) -> str:
    return f"There is no absence {number}; look at: hotline absence list"


def _search(person: PersonId, fall: Falling) -> NewSearch:
    duty = fall.promise
    return NewSearch(person, duty.desk, duty.shift, duty.kind, fall.span, Reason.CANNOT_COME)


def _searches(db: Session, absence: Absence, now: datetime) -> Iterator[Search]:
    """What was sought because of this absence, and of no other."""
    others = [a for a in absences_between(db, absence.span) if a.person == absence.person]
    for search in searches_instead_of(db, absence.person, absence.span):
        still = any(other.span.meets(search.span) for other in others)
        if search.reason is Reason.CANNOT_COME and search.span.end > now and not still:
            yield search


def _end(db: Session, settings: Settings, search: Search, now: datetime) -> bool:
    """True if it was this that ended it: somebody may say yes at this very moment."""
    held = hold_search(db, search.id)
    return held is not None and end_search(db, settings, held, now)
