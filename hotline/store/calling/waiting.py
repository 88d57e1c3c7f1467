"""Who waits: for whom no telephone rings, whom they have tried, and who came before them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Boolean, Row, and_, bindparam, case, func, or_, select

from hotline.calls.ringing.facts import CallId, WaitingCall
from hotline.calls.states import CallState
from hotline.calls.wait.wishes import wish_of
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.store.calling.calls import StoredCall
from hotline.store.sessions import Session
from hotline.store.tables import OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_LEG: Final = TABLES["leg"]
_C: Final = _CALL.c


def calls_waiting(db: Session, tried_since: datetime) -> tuple[WaitingCall, ...]:
    """Everybody for whom no telephone rings and REST may ring one. One query.

    A call that another request has in hand is left to that request.
    tried_since: who failed to take a call before it may be rung for it again.
    """
    return _waiting(db.connection().execute(_ALL_WAITING, {"tried_since": tried_since}))


def call_waiting(db: Session, call: CallId, tried_since: datetime) -> WaitingCall | None:
    """The same of one call, however it is rung; None once it does not wait. One query."""
    asked = {"tried_since": tried_since, "call": call}
    return next(iter(_waiting(db.connection().execute(_ONE_WAITING, asked))), None)


_TRIED: Final = (
    (_LEG.c.call_id == _C.id)
    & (_LEG.c.ended > bindparam("tried_since", type_=_LEG.c.ended.type))
    & _LEG.c.result.not_in(["lost", "cancelled", "talked", "unsent"])
)
# Whom a volunteer's drop-out cut off comes first, as somebody in an emergency does.
_FIRST: Final = (_C.urgent | _C.cut_off).label("urgent")
_WITH: Final = _LEG.alias("rung")
_NEVER_RANG: Final = _WITH.c.result.in_(["unsent", "failed"])
_RUNG: Final = (
    select(func.count())
    .where(_WITH.c.call_id == _C.id, _WITH.c.planned >= _C.since)
    .where(_WITH.c.result.is_(None) | ~_NEVER_RANG)
    .correlate(_CALL)
    .scalar_subquery()
)
_WITH_TRIED: Final = (
    select(
        *(_C.id, _C.line, _C.arrived, _FIRST, _C.wish, _C.decided, _C.same_id, _C.delayed),
        _RUNG.label("rung"),
        *(_LEG.c.person_id, _LEG.c.ended),
    )
    .select_from(_CALL.outerjoin(_LEG, _TRIED))
    .where(OPEN_CALL, _C.state == CallState.WAITING)
    .order_by(_C.arrived, _C.id, _LEG.c.ended)
)
_ALL_WAITING: Final = _WITH_TRIED.where(_C.by_dial.is_(False)).with_for_update(
    of=_CALL, skip_locked=True, key_share=True
)
_ONE_WAITING: Final = _WITH_TRIED.where(_C.id == bindparam("call"))


def _waiting(rows: Iterable[Row[Any]]) -> tuple[WaitingCall, ...]:
    calls: dict[CallId, WaitingCall] = {}
    tried: dict[CallId, dict[PersonId, datetime]] = defaultdict(dict)
    for row in rows:
        id_ = CallId(row.id)
        if row.person_id is not None:
            tried[id_][PersonId(row.person_id)] = row.ended
        if id_ not in calls:
            calls[id_] = _call(row, tried[id_])
    return tuple(calls.values())


def _call(row: Row[Any], tried: Mapping[PersonId, datetime]) -> WaitingCall:
    line, wish = LineName(row.line), wish_of(row.wish)
    return WaitingCall(
        *(CallId(row.id), line, row.arrived, row.urgent, tried, wish, row.decided, row.rung),
        same=None if row.same_id is None else PersonId(row.same_id),
        delayed=row.delayed,
    )


def callers_before(db: Session, call: StoredCall) -> int:
    """How many of the same line are rung for first: who came earlier, and who is in danger.

    For who is delayed it is everybody else who is not.
    """
    asked = {"line": call.line, "arrived": call.arrived, "urgent": call.urgent, "call": call.id}
    asked["last"] = call.delayed and not call.urgent
    return int(db.connection().execute(_BEFORE, asked).scalar_one())


_EARLIER: Final = _C.arrived < bindparam("arrived", type_=_C.arrived.type)
_MINE: Final = bindparam("urgent", type_=Boolean)
_LAST: Final = bindparam("last", type_=Boolean)
_BEFORE: Final = (
    select(func.count())
    .select_from(_CALL)
    .where(
        _C.line == bindparam("line"),
        OPEN_CALL,
        _C.state.in_([CallState.WAITING, CallState.RINGING]),
        _C.id != bindparam("call"),
        case(
            (_LAST, or_(_C.urgent, ~_C.delayed)),
            else_=or_(
                and_(_C.urgent, ~_MINE),
                and_(_EARLIER, or_(_C.urgent, and_(~_MINE, ~_C.delayed))),
            ),
        ),
    )
)


def recent_talks(
    db: Session, lines: Sequence[LineName], since: datetime, most: int
) -> tuple[timedelta, ...]:
    """How long the last conversations of `lines` took whose callers came after `since`."""
    talks = (
        select(_C.joined, _C.ended)
        .where(_C.line.in_(lines), _C.arrived > since)
        .where(_C.joined.is_not(None), _C.ended.is_not(None))
        .order_by(_C.arrived.desc())
        .limit(most)
    )
    return tuple(row.ended - row.joined for row in db.connection().execute(talks))
