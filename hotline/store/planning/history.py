"""The past of the rota: what was published and noted, and when it was known; and who was rung."""

from typing import Any, Final

from sqlalchemy import Row, Select, select

from hotline.calls.drift import History, PastRing, Told
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import DeskName, LineName
from hotline.duty import Away, Cause, Duty, LegId, Override, PersonId
from hotline.store.calling.crossing import line_at
from hotline.store.calling.lines import changes_between
from hotline.store.duty.rosters import everybody
from hotline.store.duty.rota_kept import LONGEST_SHIFT
from hotline.store.sessions import Session
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind, Span

_LEG: Final = TABLES["leg"].c
_CALL: Final = TABLES["call"].c
_ROSTER: Final = TABLES["roster"].c
_ASSIGNED: Final = TABLES["assignment"].c
_ABSENCE: Final = TABLES["absence"].c
_OVERRIDE: Final = TABLES["override"].c


def history_of(db: Session, span: Span) -> History:
    """All that was ever published or noted for `span`. Six queries."""
    duties: Select[Any] = (
        select(
            _ASSIGNED.person_id,
            _ASSIGNED.kind,
            _ASSIGNED.starts,
            _ASSIGNED.ends,
            _ROSTER.desk,
            _ROSTER.published_at,
            _ROSTER.archived_at,
        )
        .join(_ROSTER.id.table, _ROSTER.id == _ASSIGNED.roster_id)
        .where(
            _ROSTER.published_at.is_not(None),
            _ASSIGNED.starts > span.start - LONGEST_SHIFT,
            _ASSIGNED.starts < span.end,
            _ASSIGNED.ends > span.start,
        )
        .order_by(_ASSIGNED.starts, _ASSIGNED.id)
    )
    away: Select[Any] = (
        select(_ABSENCE.id.table)
        .where(_ABSENCE.starts < span.end, _ABSENCE.ends > span.start)
        .order_by(_ABSENCE.starts, _ABSENCE.id)
    )
    overrides: Select[Any] = select(_OVERRIDE.id.table).where(
        _OVERRIDE.starts < span.end, _OVERRIDE.ends > span.start
    )
    return History(
        everybody(db, span.start - LONGEST_SHIFT),
        tuple(_duty(row) for row in db.connection().execute(duties)),
        tuple(_away(row) for row in db.connection().execute(away)),
        tuple(_override(row) for row in db.connection().execute(overrides)),
        changes_between(db, span),
    )


def rings_between(db: Session, span: Span) -> tuple[PastRing, ...]:
    """Every telephone rung in `span` to take a call, in order. One query."""
    rings: Select[Any] = (
        select(
            *(_LEG.id, _LEG.call_id, line_at(_LEG.planned), _LEG.person_id, _LEG.desk),
            *(_LEG.planned, _LEG.ended),
        )
        .join(_CALL.id.table, _CALL.id == _LEG.call_id)
        .where(_LEG.planned >= span.start, _LEG.planned < span.end, _LEG.part == "answer")
        .order_by(_LEG.planned, _LEG.id)
    )
    return tuple(_ring(row) for row in db.connection().execute(rings))


def _duty(row: Row[Any]) -> tuple[Duty, Told]:
    standby = row.kind == ShiftKind.STANDBY
    span = Span(row.starts, row.ends)
    duty = Duty(PersonId(row.person_id), DeskName(row.desk), span, standby)
    return duty, Told(row.published_at, row.archived_at)


def _away(row: Row[Any]) -> tuple[Away, Told]:
    away = Away(PersonId(row.person_id), Span(row.starts, row.ends))
    return away, Told(row.noted_at, row.dropped_at)


def _override(row: Row[Any]) -> tuple[Override, Told]:
    override = Override(
        id=row.id,
        desk=DeskName(row.desk),
        span=Span(row.starts, row.ends),
        comes=None if row.comes_id is None else PersonId(row.comes_id),
        replaces=None if row.replaces_id is None else PersonId(row.replaces_id),
        cause=Cause(row.cause),
        standby=row.kind == ShiftKind.STANDBY,
    )
    return override, Told(row.noted_at, row.undone_at)


def _ring(row: Row[Any]) -> PastRing:
    return PastRing(
        LegId(row.id),
        CallId(row.call_id),
        LineName(row.line),
        PersonId(row.person_id),
        DeskName(row.desk),
        row.planned,
        row.ended,
    )
