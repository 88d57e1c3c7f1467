"""Somebody who worked here leaves for good: nothing leads to them, and their hours still count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.accounts.roles import Role
from hotline.accounts.trail import Change
from hotline.people import StoredPerson
from hotline.people.keeping import held
from hotline.retention.callers import ErasureError
from hotline.rosters.states import RosterState
from hotline.store import Session
from hotline.store.access.accounts import active_administrators, all_accounts
from hotline.store.access.trail import append_to_trail
from hotline.store.duty.promises import promises_to
from hotline.store.upkeep.erasing_people import OfPerson, forget_person, of_person
from scheduling.problem import Span

AHEAD: Final = timedelta(days=400)


@dataclass(frozen=True)
class Leaver:
    """Who is to be forgotten, and what waits for them. shifts: published, and not over."""

    code: str
    shifts: int
    waits: OfPerson
    last_administrator: bool


def leaver(db: Session, code: str, now: datetime) -> Leaver:
    """What there is of somebody, kept still until this transaction ends. Raises NobodyError."""
    return _leaver(db, held(db, code), now)


def in_their_way(found: Leaver, *, cancel_promises: bool) -> Iterator[str]:
    """What has to be waited for or decided before they are forgotten, one sentence each."""
    if found.waits.talking:
        yield "A telephone rings for them, or they talk: try again when that is over."
    if found.last_administrator:
        yield "They are the last administrator: make another one first."
    waits = found.waits
    if found.shifts + waits.callbacks + waits.swaps and not cancel_promises:
        yield (
            f"They have {found.shifts} published shifts, {waits.callbacks} callbacks to make and "
            f"{waits.swaps} open swaps: give them to others first, or say --cancel-promises (the "
            "shifts then count as gaps)."
        )


def erase_person(
    db: Session, code: str, by: str, now: datetime, *, cancel_promises: bool
) -> Leaver:
    """Forget somebody who left. Raises ErasureError if something stands in the way."""
    person = held(db, code)
    found = _leaver(db, person, now)
    if problems := tuple(in_their_way(found, cancel_promises=cancel_promises)):
        raise ErasureError(" ".join(problems))
    forget_person(db, person.id, person.name, now)
    told = {"account": found.waits.login is not None, "shifts": found.shifts}
    append_to_trail(db, by, Change("people.erased", f"person/{code}", None, told), now)
    return found


def _leaver(db: Session, person: StoredPerson, now: datetime) -> Leaver:
    promised = promises_to(db, Span(now, now + AHEAD), [person.code])
    published = [each for each in promised if each.state is RosterState.PUBLISHED]
    return Leaver(person.code, len(published), of_person(db, person.id), _is_last(db, person))


def _is_last(db: Session, person: StoredPerson) -> bool:
    mine = [each.account for each in all_accounts(db) if each.account.person == person.id]
    administers = any(each.active and Role.ADMINISTRATOR in each.roles for each in mine)
    return administers and active_administrators(db) == 1
