"""What a supervisor watches beside the calls: the last hour, promises line by line, the carrier."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, or_, select
from sqlmodel import Session

from hotline.board.facts import CarrierState, LateCall, Promised
from hotline.config.settings import LineName
from hotline.promises.states import CallbackState
from hotline.store.tables import TABLES

_CALL: Final = TABLES["call"].c
_CALLBACK: Final = TABLES["callback"].c
_MESSAGE: Final = TABLES["message"].c
_FORM: Final = TABLES["call_form"].c
_OUTBOX: Final = TABLES["outbox"].c
_WITH_PEOPLE: Final = (CallbackState.EXPIRED.value, CallbackState.UNREACHED.value)
_NO_FAILURES: Final = ("withdrawn", "no longer wanted", "the room is not known")
STUCK_AFTER: Final = timedelta(seconds=15)  # an order is sent within a second or two
FAILED_WITHIN: Final = timedelta(minutes=10)
LATEST_ORDERS: Final = 500  # looked at for failures: what is done has no index


def calls_since(db: Session, since: datetime) -> tuple[LateCall, ...]:
    """Every call of a caller that arrived after `since`. One query."""
    arrived = select(_CALL.line, _CALL.arrived, _CALL.joined, _CALL.ended).where(
        _CALL.arrived > since, _CALL.callback_id.is_(None)
    )
    rows = db.connection().execute(arrived)
    return tuple(LateCall(LineName(r.line), r.arrived, r.joined, r.ended) for r in rows)


def promised_by_line(db: Session, now: datetime) -> Mapping[LineName, Promised]:
    """What callers of each line still wait for. Three queries."""
    found: dict[LineName, Promised] = {}
    for row in db.connection().execute(_callbacks(now)):
        _add(found, row.line, Promised(callbacks=row.all, overdue=row.some))
    for row in db.connection().execute(_messages(now)):
        _add(found, row.line, Promised(messages=row.all, late=row.some))
    for row in db.connection().execute(_follow_ups(now)):
        _add(found, row.line, Promised(follow_ups=row.all))
    return found


def _add(found: dict[LineName, Promised], line: str, more: Promised) -> None:
    name = LineName(line)
    found[name] = found.get(name, Promised()) + more


def _callbacks(now: datetime) -> Select[Any]:
    with_people = or_(_CALLBACK.due <= now, _CALLBACK.state.in_(_WITH_PEOPLE))
    return (
        select(
            _CALLBACK.line,
            func.count().label("all"),
            func.count().filter(with_people).label("some"),
        )
        .where(_CALLBACK.done.is_(None), _CALLBACK.state != CallbackState.ASKED.value)
        .group_by(_CALLBACK.line)
    )


def _messages(now: datetime) -> Select[Any]:
    return (
        select(
            _MESSAGE.line,
            func.count().filter(_MESSAGE.heard.is_(None)).label("all"),
            func.count().filter(_MESSAGE.due <= now).label("some"),
        )
        .where(_MESSAGE.answered.is_(None))
        .group_by(_MESSAGE.line)
    )


def _follow_ups(now: datetime) -> Select[Any]:
    return (
        select(_CALL.line, func.count().label("all"))
        .join(_FORM.call_id.table, _FORM.call_id == _CALL.id)
        .where(_FORM.followed_up.is_(None), _FORM.follow_up.is_not(None), _FORM.follow_up <= now)
        .group_by(_CALL.line)
    )


def carrier_state(db: Session, now: datetime) -> CarrierState:
    """Whether what we ask of the carrier is done. Two queries."""
    stuck = select(func.count(), func.min(_OUTBOX.due)).where(
        _OUTBOX.done.is_(None), _OUTBOX.due < now - STUCK_AFTER, _OUTBOX.expires > now
    )
    count, since = db.connection().execute(stuck).one()
    last = select(func.coalesce(func.max(_OUTBOX.id), 0)).scalar_subquery()
    failed = select(func.count()).where(
        _OUTBOX.id > last - LATEST_ORDERS,
        _OUTBOX.done > now - FAILED_WITHIN,
        _OUTBOX.failure.is_not(None),
        _OUTBOX.failure.not_in(_NO_FAILURES),
    )
    return CarrierState(count, since, db.connection().execute(failed).scalar_one())
