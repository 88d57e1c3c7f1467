"""Which people a list shows: by desk, word, certificate, and whether they still volunteer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, false, func, literal, or_, select
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.people.person import StoredPerson
from hotline.store.people.everybody import with_training
from hotline.store.tables import TABLES

_PERSON: Final = TABLES["person"]
_CERTIFICATE: Final = TABLES["certificate"]


@dataclass(frozen=True)
class Wanted:
    """Whom to list. desks: of whose people; None: of everybody's. words: in name or code.

    expiring: with a certificate that runs out before then; active: those who volunteer, or not.
    """

    desks: frozenset[DeskName] | None
    words: str = ""
    certificate: str = ""
    expiring: datetime | None = None
    active: bool = True


def count_wanted(db: Session, wanted: Wanted, at: datetime) -> int:
    """How many there are of them. One query."""
    counted = select(func.count()).select_from(_PERSON).where(*_wanted(wanted, at))
    count: int = db.connection().execute(counted).scalar_one()
    return count


def people_wanted(
    db: Session, wanted: Wanted, at: datetime, first: int, most: int
) -> list[StoredPerson]:
    """At most so many of them from the `first` on, counted from 0, by code. Two queries."""
    found = select(_PERSON).where(*_wanted(wanted, at)).order_by(_PERSON.c.code)
    return with_training(db, db.connection().execute(found.offset(first).limit(most)).all())


def people_at(db: Session, desks: Collection[DeskName]) -> tuple[StoredPerson, ...]:
    """Everybody who volunteers at one of these desks, by code. Two queries."""
    theirs = (_PERSON.c.active, _sits_at(desks))
    found = select(_PERSON).where(*theirs).order_by(_PERSON.c.code)
    return tuple(with_training(db, db.connection().execute(found).all()))


def names_of(db: Session, wanted: Wanted, at: datetime) -> list[tuple[str, str]]:
    """Code and name of everybody wanted, by name: to choose from. One query."""
    named = select(_PERSON.c.code, _PERSON.c.name).where(*_wanted(wanted, at))
    rows = db.connection().execute(named.order_by(_PERSON.c.name, _PERSON.c.code))
    return [(row.code, row.name) for row in rows]


def _wanted(wanted: Wanted, at: datetime) -> Iterator[ColumnElement[bool]]:
    yield _PERSON.c.active.is_(wanted.active)
    if wanted.desks is not None:
        yield _sits_at(wanted.desks)
    for word in wanted.words.lower().split():
        name = func.lower(_PERSON.c.name).contains(word, autoescape=True)
        yield or_(name, func.lower(_PERSON.c.code).contains(word, autoescape=True))
    mine = _CERTIFICATE.c.person_id == _PERSON.c.id
    if wanted.certificate:
        held = (_CERTIFICATE.c.name == wanted.certificate, _CERTIFICATE.c.until > at)
        yield exists().where(mine, *held)
    if wanted.expiring is not None:
        soon = (_CERTIFICATE.c.until > at, _CERTIFICATE.c.until <= wanted.expiring)
        yield exists().where(mine, *soon)


def _sits_at(desks: Collection[DeskName]) -> ColumnElement[bool]:
    padded = literal(" ") + _PERSON.c.desks + " "
    return or_(false(), *(padded.contains(f" {d} ", autoescape=True) for d in sorted(desks)))
