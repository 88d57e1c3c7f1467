"""What supervisors said of lines, and for how long."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update

from hotline.config.settings import DeskName, LineName
from hotline.duty import LineChange, PersonId
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import TABLES
from scheduling.problem import Span

_CHANGE: Final = TABLES["line_change"]
_L: Final = _CHANGE.c
_START: Final = asked(_L.starts, "start")
_HELD: Final = _L.lifted_at.is_(None) | ((_L.lifted_at > _START) & (_L.lifted_at > _L.starts))
_ALL: Final = (
    select(_L.id, _L.line, _L.desks, _L.starts, _L.ends, _L.lifted_at)
    .where(_L.ends > _START, _HELD)
    .order_by(_L.id)
)
_MEETING: Final = _ALL.where(_L.starts < asked(_L.starts, "end"))
_AT: Final = Prepared(_ALL.where(_L.starts <= _START))  # at every visit of every caller


def changes_between(db: Session, span: Span) -> tuple[LineChange, ...]:
    """All that meet `span`, in the order in which they were said. One query."""
    rows = db.connection().execute(_MEETING, {"start": span.start, "end": span.end})
    return tuple(_change(row) for row in rows)


def changes_at(db: Session, at: datetime) -> tuple[LineChange, ...]:
    """All that hold at `at`, likewise."""
    return tuple(_change(row) for row in _AT.all(db, start=at))


def _change(row: Any) -> LineChange:
    end = row.ends if row.lifted_at is None else min(row.ends, row.lifted_at)
    desks = tuple(DeskName(name) for name in row.desks.split())
    return LineChange(row.id, LineName(row.line), Span(row.starts, end), desks)


def change_line(
    db: Session, line: LineName, desks: tuple[DeskName, ...], span: Span, person: PersonId | None
) -> None:
    """Have other desks answer a line for a time, or nobody; what was said of it before is over.

    person: whose word it is; None: of somebody who does not volunteer.
    """
    lift_changes(db, line, person, span.start)
    row = {
        "line": line,
        "desks": " ".join(desks),
        "starts": span.start,
        "ends": span.end,
        "person_id": person,
    }
    db.connection().execute(insert(_CHANGE).values(row))


def lift_changes(db: Session, line: LineName, person: PersonId | None, now: datetime) -> bool:
    """The line is answered by its own chain again. False if it was already."""
    held = (_L.line == line) & _L.lifted_at.is_(None) & (_L.ends > now)
    lifted = update(_CHANGE).where(held).values(lifted_at=now, lifted_by=person)
    return db.connection().execute(lifted.returning(_L.id)).first() is not None
