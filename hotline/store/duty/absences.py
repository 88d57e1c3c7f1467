"""When people cannot come, whatever they said before or were promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, insert, select, update
from sqlmodel import Session, SQLModel

from hotline.duty import PersonId
from hotline.store.tables import AbsenceRow, PersonRow
from scheduling.problem import Span

_ABSENCE: Final = SQLModel.metadata.tables[str(AbsenceRow.__tablename__)]
_PERSON: Final = SQLModel.metadata.tables[str(PersonRow.__tablename__)]


@dataclass(frozen=True)
class Absence:
    """A time in which a person, by code, cannot come."""

    id: int
    person: str
    name: str
    span: Span
    noted_at: datetime


def note_absence(db: Session, person: PersonId, span: Span, at: datetime) -> int:
    """Keep an absence; its number."""
    values = {"person_id": person, "starts": span.start, "ends": span.end, "noted_at": at}
    made = db.connection().execute(insert(_ABSENCE).values(**values).returning(_ABSENCE.c.id))
    number: int = made.scalar_one()
    return number


def drop_absence(db: Session, number: int, at: datetime) -> bool:
    """True if there was an absence of that number; it counts no more, and is kept for audits."""
    mine = (_ABSENCE.c.id == number) & _ABSENCE.c.dropped_at.is_(None)
    gone = update(_ABSENCE).where(mine).values(dropped_at=at).returning(_ABSENCE.c.id)
    return db.connection().execute(gone).first() is not None


def absence_of(db: Session, number: int) -> Absence | None:
    """The absence of that number, if it counts."""
    found = _ABSENCES.where(_ABSENCE.c.id == number)
    return next(iter(_absences(db.connection().execute(found).all())), None)


def absences_of(db: Session, code: str, at: datetime) -> tuple[Absence, ...]:
    """A person's absences that are not over, by start. One query."""
    found = _ABSENCES.where(_PERSON.c.code == code, _ABSENCE.c.ends > at)
    return _absences(db.connection().execute(found).all())


def absences_between(db: Session, span: Span) -> tuple[Absence, ...]:
    """All that meet `span`, in order of start. One query."""
    found = _ABSENCES.where(_ABSENCE.c.starts < span.end, _ABSENCE.c.ends > span.start)
    return _absences(db.connection().execute(found).all())


_ABSENCES: Final[Select[Any]] = (
    select(_ABSENCE, _PERSON.c.code, _PERSON.c.name)
    .join(_PERSON, _PERSON.c.id == _ABSENCE.c.person_id)
    .where(_ABSENCE.c.dropped_at.is_(None))
    .order_by(_ABSENCE.c.starts, _PERSON.c.code, _ABSENCE.c.id)
)


def _absences(rows: Sequence[Row[Any]]) -> tuple[Absence, ...]:
    return tuple(
        Absence(row.id, row.code, row.name, Span(row.starts, row.ends), row.noted_at)
        for row in rows
    )
