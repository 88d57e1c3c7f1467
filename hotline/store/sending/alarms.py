"""Alarms: raised once until they are cleared."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select, text, update
from sqlmodel import Session

from hotline.oversight.alarms import Alarm, AlarmKind, OpenAlarm
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_ALARM: Final = TABLES["alarm"]
_A: Final = _ALARM.c
_OPEN: Final = text("cleared IS NULL")


def raise_alarms(db: Session, alarms: Sequence[Alarm], now: datetime) -> tuple[Alarm, ...]:
    """Those of `alarms` that were not open yet. One statement."""
    if not alarms:
        return ()
    rows = [
        {"kind": alarm.kind, "subject": alarm.subject, "detail": alarm.detail, "raised": now}
        for alarm in alarms
    ]
    new = (
        insert_any(db, _ALARM)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["kind", "subject"], index_where=_OPEN)
        .returning(_A.kind, _A.subject, _A.detail)
    )
    return tuple(
        Alarm(AlarmKind(row.kind), row.subject, row.detail) for row in db.connection().execute(new)
    )


def clear_alarm(db: Session, kind: AlarmKind, subject: str, now: datetime) -> bool:
    """True if this request cleared an open alarm."""
    mine = (_A.kind == kind) & (_A.subject == subject) & _A.cleared.is_(None)
    cleared = update(_ALARM).where(mine).values(cleared=now).returning(_A.id)
    return db.connection().execute(cleared).first() is not None


def clear_alarms(db: Session, kind: AlarmKind, subjects: Iterable[str], now: datetime) -> None:
    """The same of several subjects. One statement."""
    mine = (_A.kind == kind) & _A.subject.in_(list(subjects)) & _A.cleared.is_(None)
    db.connection().execute(update(_ALARM).where(mine).values(cleared=now))


def clear_alarm_numbered(db: Session, number: int, now: datetime) -> bool:
    """The same by its number."""
    mine = (_A.id == number) & _A.cleared.is_(None)
    cleared = update(_ALARM).where(mine).values(cleared=now).returning(_A.id)
    return db.connection().execute(cleared).first() is not None


def open_alarms(db: Session) -> tuple[OpenAlarm, ...]:
    """What is wrong now, the oldest first."""
    statement = select(_ALARM).where(_A.cleared.is_(None)).order_by(_A.raised, _A.id)
    return tuple(
        OpenAlarm(row.id, Alarm(AlarmKind(row.kind), row.subject, row.detail), row.raised)
        for row in db.connection().execute(statement)
    )
