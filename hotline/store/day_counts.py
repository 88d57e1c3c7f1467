"""The counts of each day as they are kept: written over as often as they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Table, func, select
from sqlmodel import Session

from hotline.config.settings import DeskName, LineName
from hotline.reports.figures import Counts, DeskCounts, DeskDay, LineDay
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_LINE_DAY: Final = TABLES["line_day"]
_DESK_DAY: Final = TABLES["desk_day"]


def keep_line_days(db: Session, days: Iterable[LineDay], made: datetime) -> None:
    """Keep these counts instead of earlier ones of the same lines and days."""
    rows = [{"line": e.line, "day": e.day, "made": made, **asdict(e.counts)} for e in days]
    _keep(db, _LINE_DAY, rows)


def keep_desk_days(db: Session, days: Iterable[DeskDay], made: datetime) -> None:
    """The same of desks."""
    rows = [{"desk": e.desk, "day": e.day, "made": made, **asdict(e.counts)} for e in days]
    _keep(db, _DESK_DAY, rows)


def _keep(db: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    statement = insert_any(db, table)
    newest = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    kept = statement.on_conflict_do_update(index_elements=keys, set_=newest)
    db.connection().execute(kept, rows)


def line_days_between(
    db: Session, lines: Iterable[LineName], first: date, last: date
) -> tuple[LineDay, ...]:
    """What is kept of these lines from the first to the last day. One query."""
    found = select(_LINE_DAY).where(
        _LINE_DAY.c.line.in_(sorted(lines)), _LINE_DAY.c.day.between(first, last)
    )
    rows = db.connection().execute(found.order_by(_LINE_DAY.c.day, _LINE_DAY.c.line))
    return tuple(
        LineDay(LineName(row.line), row.day, Counts(**_counts(row._mapping, Counts)))
        for row in rows
    )


def desk_days_between(
    db: Session, desks: Iterable[DeskName], first: date, last: date
) -> tuple[DeskDay, ...]:
    """What is kept of these desks from the first to the last day. One query."""
    found = select(_DESK_DAY).where(
        _DESK_DAY.c.desk.in_(sorted(desks)), _DESK_DAY.c.day.between(first, last)
    )
    rows = db.connection().execute(found.order_by(_DESK_DAY.c.day, _DESK_DAY.c.desk))
    return tuple(
        DeskDay(DeskName(row.desk), row.day, DeskCounts(**_counts(row._mapping, DeskCounts)))
        for row in rows
    )


def _counts(row: Mapping[Any, Any], kind: type[Counts] | type[DeskCounts]) -> dict[str, int]:
    return {each.name: row[each.name] for each in fields(kind)}


def first_counted(db: Session) -> date | None:
    """The earliest day that is counted."""
    return db.connection().execute(select(func.min(_LINE_DAY.c.day))).scalar()


def last_made(db: Session, first: date, last: date) -> datetime | None:
    """When the latest of these days was counted last."""
    within = _LINE_DAY.c.day.between(first, last)
    return db.connection().execute(select(func.max(_LINE_DAY.c.made)).where(within)).scalar()
