"""Use cases of absences: somebody cannot come, whatever they said before or were promised."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.duty.absences import Absence, absences_between, note_absence
from hotline.store.duty.promises import promises
from hotline.store.people.everybody import all_people
from scheduling.problem import Span

LONGEST = timedelta(days=366)
EVER = timedelta(days=3660)


class AbsenceError(HotlineError):
    """There is no such person or absence, or it is no stretch of time."""


@dataclass(frozen=True)
class Noted:
    """An absence that is kept now, and the person's published shifts that it meets, by start."""

    absence: Absence
    meets: tuple[Promise, ...]


def note(db: Session, code: str, span: Span, now: datetime) -> Noted:
    """Keep an absence of a person, by code; routing follows at once. Raises AbsenceError."""
    if span.length > LONGEST:
        raise AbsenceError(f"An absence lasts at most {LONGEST.days} days; note it in parts.")
    person = _person(db, code)
    number = note_absence(db, person.id, span, now)
    absence = Absence(number, person.code, person.name, span, now)
    mine = (p for p in promises(db, span) if p.person == code)
    return Noted(absence, tuple(p for p in mine if p.state is RosterState.PUBLISHED))


def coming(db: Session, now: datetime) -> tuple[Absence, ...]:
    """All that are not over, in order of start."""
    return absences_between(db, Span(now, now + EVER))


def _person(db: Session, code: str) -> StoredPerson:
    people = {person.code: person for person in all_people(db)}
    if code not in people:
        raise AbsenceError(f"There is nobody with the code {code!r}; see: hotline people export")
    return people[code]
