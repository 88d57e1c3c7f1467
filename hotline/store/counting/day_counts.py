"""The counts of each day as they are kept: written over as often as they are counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Row, Select, Table, delete, func, insert, select
from sqlmodel import Session

from hotline.config.settings import DeskName, LineName
from hotline.reports.fairness import Had
from hotline.reports.figures import LONGEST, Counts, DeskCounts, DeskDay, LineDay
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind

K = TypeVar("K", Counts, DeskCounts)

_LINE_DAY: Final = TABLES["line_day"]
_DESK_DAY: Final = TABLES["desk_day"]
_DUTY_DAY: Final = TABLES["duty_day"]


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


def line_totals(
    db: Session, lines: Iterable[LineName], first: date, last: date
) -> Mapping[LineName, Counts]:
    """What each of these lines came to from the first to the last day. One query."""
    column = _LINE_DAY.c.line
    rows = db.connection().execute(_totals(_LINE_DAY, Counts, column, lines, (first, last)))
    return {LineName(row.line): _counts(row, Counts) for row in rows}


def day_totals(
    db: Session, lines: Iterable[LineName], first: date, last: date
) -> Mapping[date, Counts]:
    """What each day came to, of these lines together, in order; no day that nobody counted."""
    column = _LINE_DAY.c.day
    rows = db.connection().execute(_totals(_LINE_DAY, Counts, column, lines, (first, last)))
    return {row.day: _counts(row, Counts) for row in rows}


def desk_totals(
    db: Session, desks: Iterable[DeskName], first: date, last: date
) -> Mapping[DeskName, DeskCounts]:
    """What each of these desks came to. One query."""
    column = _DESK_DAY.c.desk
    rows = db.connection().execute(_totals(_DESK_DAY, DeskCounts, column, desks, (first, last)))
    return {DeskName(row.desk): _counts(row, DeskCounts) for row in rows}


def _totals(
    table: Table, kind: type[K], by: Any, names: Iterable[str], days: tuple[date, date]
) -> Select[Any]:
    """One row for each value of `by`, added up; the longest wait is the longest of all."""
    whose = table.c.line if table is _LINE_DAY else table.c.desk
    added = (
        (func.max if each.name in LONGEST else func.sum)(table.c[each.name]).label(each.name)
        for each in fields(kind)
    )
    wanted = select(by, *added).where(whose.in_(sorted(names)), table.c.day.between(*days))
    return wanted.group_by(by).order_by(by)


def keep_duties(
    db: Session, day: date, begun: Mapping[tuple[ShiftKind, DeskName, str], int]
) -> None:
    """Keep who began which unpopular duty on a day, instead of what was kept of it."""
    db.connection().execute(delete(_DUTY_DAY).where(_DUTY_DAY.c.day == day))
    rows = [
        {"desk": desk, "day": day, "person": person, "kind": kind.value, "shifts": shifts}
        for (kind, desk, person), shifts in begun.items()
    ]
    if rows:
        db.connection().execute(insert(_DUTY_DAY), rows)


def duties_had(db: Session, desks: Iterable[DeskName], first: date, last: date) -> Had:
    """How many of each kind everybody had at each desk. One query."""
    c = _DUTY_DAY.c
    wanted = select(c.kind, c.desk, c.person, func.sum(c.shifts).label("shifts")).where(
        c.desk.in_(sorted(desks)), c.day.between(first, last)
    )
    found: dict[tuple[ShiftKind, DeskName], Counter[str]] = defaultdict(Counter)
    for row in db.connection().execute(wanted.group_by(c.kind, c.desk, c.person)):
        found[ShiftKind(row.kind), DeskName(row.desk)][row.person] = int(row.shifts)
    return found


def _counts(row: Row[Any], kind: type[K]) -> K:
    return kind(**{each.name: int(row._mapping[each.name]) for each in fields(kind)})


def first_counted(db: Session) -> date | None:
    """The earliest day that is counted."""
    return db.connection().execute(select(func.min(_LINE_DAY.c.day))).scalar()


def last_made(db: Session, first: date, last: date) -> datetime | None:
    """When the latest of these days was counted last."""
    within = _LINE_DAY.c.day.between(first, last)
    return db.connection().execute(select(func.max(_LINE_DAY.c.made)).where(within)).scalar()
