"""What happened on one day, to be counted: calls, calls that kept promises, promises due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select
from sqlmodel import Session

from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, LineName
from hotline.promises.states import CallbackState
from hotline.reports.counting import CallFact, PromiseFact, ReturnFact
from hotline.store.calling.crossing import LINE_DIALLED
from hotline.store.tables import TABLES
from scheduling.problem import Span

REMEMBERED: Final = timedelta(days=30)  # an earlier call counts as before for so long
_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_E: Final = _CALL.alias("earlier").c
_EVENT: Final = TABLES["call_event"].c
_LEG: Final = TABLES["leg"].c
_FORM: Final = TABLES["call_form"].c
_CALLBACK: Final = TABLES["callback"].c
_MESSAGE: Final = TABLES["message"].c
_NO_PROMISE: Final = (CallbackState.ASKED.value, CallbackState.REPLACED.value)


def calls_of(db: Session, span: Span) -> tuple[CallFact, ...]:
    """Calls of callers that arrived in `span` and have ended. Two queries."""
    seen = set(db.connection().execute(_EARLIER, _within(span)).scalars())
    found = []
    for row in db.connection().execute(_CALLS, _within(span)):
        found.append(_call(row, before=row.caller_hash in seen))
        if row.caller_hash is not None:
            seen.add(row.caller_hash)
    return tuple(found)


def _call(row: Row[Any], *, before: bool) -> CallFact:
    return CallFact(
        line=LineName(row.line),
        arrived=row.arrived,
        ended=row.ended,
        outcome=Outcome(row.outcome),
        accepted=row.first_accepted or row.accepted,
        desk=None if row.desk is None else DeskName(row.desk),
        known=row.caller_hash is not None,
        before=before,
        rated=row.risk is not None,
        high=row.risk == "high",
    )


def returns_of(db: Session, span: Span) -> tuple[ReturnFact, ...]:
    """Calls of ours that a volunteer took on and that have ended. One query."""
    rows = db.connection().execute(_RETURNS, _within(span))
    return tuple(ReturnFact(DeskName(row.desk), row.accepted, row.ended) for row in rows)


def promises_of(db: Session, span: Span) -> tuple[PromiseFact, ...]:
    """Callbacks and answers to messages that were due in `span`. Two queries."""
    return tuple(_promises(db, span))


def _promises(db: Session, span: Span) -> Iterator[PromiseFact]:
    for statement in (_CALLBACKS, _MESSAGES):
        for row in db.connection().execute(statement, _within(span)):
            yield PromiseFact(LineName(row.line), row.due, row.done)


def follow_ups_of(db: Session, span: Span) -> tuple[PromiseFact, ...]:
    """What volunteers noted to be done by a time in `span`. One query."""
    rows = db.connection().execute(_FOLLOW_UPS, _within(span))
    return tuple(PromiseFact(LineName(row.line), row.due, row.done) for row in rows)


def first_call(db: Session) -> datetime | None:
    """When the first call of all arrived."""
    return db.connection().execute(select(func.min(_C.arrived))).scalar()


def _within(span: Span) -> dict[str, datetime]:
    return {"start": span.start, "end": span.end, "since": span.start - REMEMBERED}


_START: Final = bindparam("start", type_=_C.arrived.type)
_END: Final = bindparam("end", type_=_C.arrived.type)
_SINCE: Final = bindparam("since", type_=_C.arrived.type)
_ENDED: Final = (_C.arrived >= _START) & (_C.arrived < _END) & _C.outcome.is_not(None)
_FIRST_ACCEPTED: Final = (
    select(func.min(_EVENT.at))
    .where(_EVENT.call_id == _C.id, _EVENT.kind == "accepted")
    .scalar_subquery()
)
# In one pass: asked of each call alone, a planner may read the whole month for every one.
_EARLIER: Final[Select[Any]] = (
    select(_E.caller_hash)
    .where(_E.arrived >= _SINCE, _E.arrived < _START, _E.callback_id.is_(None))
    .where(
        _E.caller_hash.in_(
            select(_C.caller_hash).where(
                _C.arrived >= _START, _C.arrived < _END, _C.caller_hash.is_not(None)
            )
        )
    )
    .distinct()
)
# Whoever answered notes the risk; of several the gravest counts, and "high" comes first by name.
_RISK: Final = (
    select(func.min(_FORM.risk)).where(_FORM.call_id == _C.id, _FORM.risk.is_not(None))
).scalar_subquery()
_CALLS: Final[Select[Any]] = (
    select(
        *(LINE_DIALLED, _C.arrived, _C.ended, _C.outcome, _C.accepted, _LEG.desk),
        _C.caller_hash,
        _FIRST_ACCEPTED.label("first_accepted"),
        _RISK.label("risk"),
    )
    .select_from(_CALL.outerjoin(_LEG.id.table, _LEG.id == _C.leg_id))
    .where(_ENDED, _C.callback_id.is_(None))
    .order_by(_C.arrived, _C.id)
)
_RETURNS: Final[Select[Any]] = (
    select(_LEG.desk, _C.accepted, _C.ended)
    .select_from(_CALL.join(_LEG.id.table, _LEG.id == _C.leg_id))
    .where(_ENDED, _C.callback_id.is_not(None), _C.accepted.is_not(None))
    .order_by(_C.id)
)
_CALLBACKS: Final[Select[Any]] = select(_CALLBACK.line, _CALLBACK.due, _CALLBACK.done).where(
    _CALLBACK.due >= _START, _CALLBACK.due < _END, _CALLBACK.state.not_in(_NO_PROMISE)
)
_MESSAGES: Final[Select[Any]] = select(
    _MESSAGE.line, _MESSAGE.due, _MESSAGE.answered.label("done")
).where(_MESSAGE.due >= _START, _MESSAGE.due < _END)
_FOLLOW_UPS: Final[Select[Any]] = (
    select(LINE_DIALLED, _FORM.follow_up.label("due"), _FORM.followed_up.label("done"))
    .join(_CALL, _C.id == _FORM.call_id)
    .where(_FORM.follow_up >= _START, _FORM.follow_up < _END)
)
