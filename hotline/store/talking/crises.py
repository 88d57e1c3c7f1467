"""Who spoke with a caller in a crisis, and when: such work weighs more when work is shared."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from hotline.store.tables import CallRow, LegRow, PersonRow
from scheduling.problem import Span

LONGEST_CALL: Final = timedelta(days=2)
_CALL: Final = SQLModel.metadata.tables[str(CallRow.__tablename__)].c
_LEG: Final = SQLModel.metadata.tables[str(LegRow.__tablename__)].c
_PERSON: Final = SQLModel.metadata.tables[str(PersonRow.__tablename__)].c


@dataclass(frozen=True)
class CrisisTalk:
    """A conversation of a person, by code, with a caller who had pressed the emergency key."""

    person: str
    at: datetime


def crisis_talks(db: Session, span: Span) -> tuple[CrisisTalk, ...]:
    """All that began in `span`, in order. One query."""
    found = (
        select(_PERSON.code, _CALL.joined)
        .select_from(
            _CALL.id.table.join(_LEG.id.table, _LEG.id == _CALL.leg_id).join(
                _PERSON.id.table, _PERSON.id == _LEG.person_id
            )
        )
        .where(_CALL.urgent, _CALL.joined >= span.start, _CALL.joined < span.end)
        .where(_CALL.arrived > span.start - LONGEST_CALL, _CALL.arrived < span.end)  # by its index
        .order_by(_CALL.joined, _PERSON.code)
    )
    rows = db.connection().execute(found)
    return tuple(CrisisTalk(row.code, row.joined) for row in rows)
