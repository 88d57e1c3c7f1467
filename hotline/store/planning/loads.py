"""What everybody works in a stretch of time: counted by the database, overrides worked in."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Row, and_, case, extract, false, func, or_, select

from hotline.rosters.draft.promised import NotedOverride
from hotline.rosters.reasons.loads import Done, done_of
from hotline.rosters.states import RosterState
from hotline.store.duty.overrides import overrides_between
from hotline.store.duty.promises import LONGEST_SHIFT, promises_of
from hotline.store.duty.rota_kept import rota_token
from hotline.store.sessions import Session
from hotline.store.tables import TABLES
from scheduling.problem import ShiftKind, Span

T = TypeVar("T")
_MEMORY: Final = "loads"
_P: Final = TABLES["person"].c
_R: Final = TABLES["roster"].c
_A: Final = TABLES["assignment"].c


def kept_while_the_rota_stays(db: Session, about: Hashable, read: Callable[[], T]) -> T:
    """What `read` answers `about` something, as this process last read it. One query if it may.

    Only for what is read from people, certificates, rosters, overrides and absences alone.
    """
    token = rota_token(db)
    kept: tuple[str, Hashable, T] | None = db.memory.get(_MEMORY)
    if kept is not None and kept[:2] == (token, about):
        return kept[2]
    found = read()
    db.memory[_MEMORY] = (token, about, found)
    return found


def work_between(db: Session, span: Span, weekends: Sequence[Span]) -> Mapping[str, Done]:
    """What is published to start within `span`, by the person's code. Three queries.

    weekends: the days that count as such. Only those whom an override moved are read one by one.
    """
    around = Span(span.start - LONGEST_SHIFT, span.end + LONGEST_SHIFT)
    noted = overrides_between(db, around)
    counted = {row.code: _done(row) for row in _rows(db, span, weekends)}
    moved = {code for each in noted for code in _people(each)}
    if not moved:
        return counted
    held = promises_of(db, span, moved, noted)
    corrected = done_of((p for p in held if span.start <= p.span.start < span.end), weekends)
    return {**{code: done for code, done in counted.items() if code not in moved}, **corrected}


def _people(noted: NotedOverride) -> list[str]:
    return [each.code for each in (noted.comes, noted.replaces) if each is not None]


def _rows(db: Session, span: Span, weekends: Sequence[Span]) -> Sequence[Row[Any]]:
    seconds = extract("epoch", _A.ends) - extract("epoch", _A.starts)
    on_weekend: ColumnElement[bool] = or_(
        false(), *(and_(_A.starts >= day.start, _A.starts < day.end) for day in weekends)
    )
    counted = (
        select(
            _P.code,
            func.sum(seconds).label("seconds"),
            _count(_A.kind == ShiftKind.NIGHT).label("nights"),
            _count(_A.kind == ShiftKind.FULL_DAY).label("full_days"),
            _count(on_weekend).label("weekends"),
        )
        .select_from(
            _A.id.table.join(_R.id.table, _R.id == _A.roster_id).join(
                _P.id.table, _P.id == _A.person_id
            )
        )
        .where(
            *(_P.active, _R.state == RosterState.PUBLISHED.value),
            *(_A.kind != ShiftKind.STANDBY, _A.starts >= span.start, _A.starts < span.end),
        )
        .group_by(_P.code)
    )
    return db.connection().execute(counted).all()


def _count(what: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((what, 1), else_=0))


def _done(row: Row[Any]) -> Done:
    return Done(
        hours=Fraction(int(row.seconds), 3600),
        nights=int(row.nights),
        full_days=int(row.full_days),
        weekends=int(row.weekends),
    )
