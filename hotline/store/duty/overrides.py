"""Timed corrections of the published roster: noted, undone, and those that hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, Select, insert, select, update
from sqlmodel import Session

from hotline.config.settings import DeskName
from hotline.duty import Cause, Override, PersonId
from hotline.rosters.draft.promised import Named, NotedOverride
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind, Span

_OVERRIDE: Final = TABLES["override"]
_O: Final = _OVERRIDE.c
_COMES: Final = TABLES["person"].alias("comes")
_REPLACES: Final = TABLES["person"].alias("replaces")


@dataclass(frozen=True)
class NewOverride:
    """An override to keep. week, shift, kind: of what it corrects; part: of a shift."""

    comes: PersonId | None
    replaces: PersonId | None
    desk: DeskName
    span: Span
    week: str
    shift: str
    kind: ShiftKind
    part: bool
    cause: Cause
    why: str


def note_override(db: Session, new: NewOverride, now: datetime) -> int:
    """Keep an override; its number."""
    values = {
        "comes_id": new.comes,
        "replaces_id": new.replaces,
        "desk": new.desk,
        "week": new.week,
        "shift": new.shift,
        "kind": new.kind,
        "part": new.part,
        "starts": new.span.start,
        "ends": new.span.end,
        "way": new.cause,
        "why": new.why,
        "noted_at": now,
    }
    made = db.connection().execute(insert(_OVERRIDE).values(values).returning(_O.id))
    number: int = made.scalar_one()
    return number


def undo_override(db: Session, number: int, now: datetime) -> bool:
    """True if this request undid the override of that number; it holds no more."""
    mine = update(_OVERRIDE).where(_O.id == number, _O.undone_at.is_(None))
    return db.connection().execute(mine.values(undone_at=now).returning(_O.id)).first() is not None


def overrides_between(db: Session, span: Span) -> tuple[NotedOverride, ...]:
    """Those that hold and meet `span`, oldest first. One query."""
    return _all(db, _meeting(span).where(_O.undone_at.is_(None)))


def every_override(db: Session, span: Span) -> tuple[NotedOverride, ...]:
    """The same with those that are undone."""
    return _all(db, _meeting(span))


def override_of(db: Session, number: int) -> NotedOverride | None:
    """The override of that number."""
    return next(iter(_all(db, _NAMED.where(_O.id == number))), None)


def _meeting(span: Span) -> Select[Any]:
    return _NAMED.where(_O.starts < span.end, _O.ends > span.start)


_NAMED: Final[Select[Any]] = (
    select(
        _OVERRIDE,
        *(_COMES.c.code.label("comes_code"), _COMES.c.name.label("comes_name")),
        *(_REPLACES.c.code.label("replaces_code"), _REPLACES.c.name.label("replaces_name")),
    )
    .select_from(
        _OVERRIDE.outerjoin(_COMES, (_COMES.c.id == _O.comes_id) & _COMES.c.active).outerjoin(
            _REPLACES, _REPLACES.c.id == _O.replaces_id
        )
    )
    .order_by(_O.id)
)


def _all(db: Session, which: Select[Any]) -> tuple[NotedOverride, ...]:
    return tuple(_noted(row) for row in db.connection().execute(which))


def _noted(row: Row[Any]) -> NotedOverride:
    kind = ShiftKind(row.kind)
    return NotedOverride(
        override=Override(
            id=row.id,
            desk=DeskName(row.desk),
            span=Span(row.starts, row.ends),
            comes=None if row.comes_code is None else PersonId(row.comes_id),
            replaces=None if row.replaces_id is None else PersonId(row.replaces_id),
            cause=Cause(row.way),
            standby=kind is ShiftKind.STANDBY,
        ),
        comes=None if row.comes_code is None else Named(row.comes_code, row.comes_name),
        replaces=None if row.replaces_code is None else Named(row.replaces_code, row.replaces_name),
        week=row.week,
        shift=row.shift,
        kind=kind,
        part=row.part,
        why=row.why,
        noted_at=row.noted_at,
        undone_at=row.undone_at,
    )
