"""What must be sent to the carrier: written with the decision, sent after the commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Integer, Row, Select, bindparam, insert, select, update

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import LegState
from hotline.config.settings import LineName
from hotline.duty import LegId
from hotline.store.dialects import insert_any
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_OUTBOX: Final = TABLES["outbox"]
_O: Final = _OUTBOX.c
_PACE: Final = TABLES["pace"]
_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c
_PERSON: Final = TABLES["person"].c
_OPEN: Final = _O.done.is_(None)

OUT: Final = "out-"  # before a call's token: its id until the carrier has given it one
LEASE: Final = timedelta(seconds=20)  # longer than the carrier's client waits for an answer


class Order(StrEnum):
    """What the carrier is asked for."""

    RING = "ring"
    MOVE = "move"
    HANG_UP = "hang-up"
    CALL = "call"  # a caller, as was promised
    RELEASE = "release"  # a caller's telephone that rings for nobody any more
    DISMISS = "dismiss"  # somebody in the whisper, with thanks
    TELL = "tell"  # somebody in the room, and nobody else there
    ANNOUNCE = "announce"  # everybody in the room, on behalf of somebody who waits outside


@dataclass(frozen=True)
class NewOrder:
    """Something to send at `due`, and no later than `expires`. leg: for MOVE the winner."""

    kind: Order
    call: CallId
    leg: LegId | None
    due: datetime
    expires: datetime
    detail: str | None = None  # what to say


@dataclass(frozen=True)
class Letter:
    """An order taken for sending, with what sending needs. sid: of the leg, else the caller's."""

    id: int
    kind: Order
    call: CallId
    call_token: str
    leg: LegId | None
    leg_token: str | None
    address: str | None
    sid: str | None
    leg_state: LegState | None
    line: LineName
    caller: bytes | None  # the caller's number, encrypted
    room_sid: str | None = None
    detail: str | None = None


def post(db: Session, orders: Sequence[NewOrder]) -> None:
    """Have `orders` sent after the commit."""
    rows = [
        {
            "kind": order.kind,
            "call_id": order.call,
            "leg_id": order.leg,
            "detail": order.detail,
            "due": order.due,
            "expires": order.expires,
            "attempts": 0,
        }
        for order in orders
    ]
    if rows:
        db.connection().execute(insert(_OUTBOX), rows)


def pace(db: Session, count: int, gap: timedelta, now: datetime) -> tuple[datetime, ...]:
    """The next `count` instants at which the carrier takes a new leg, `gap` apart."""
    new = insert_any(db, _PACE).values(name="ring", next=now)
    locked = new.on_conflict_do_update(index_elements=["name"], set_={"name": "ring"})
    free = db.connection().execute(locked.returning(_PACE.c.next)).scalar_one()
    first = max(free, now)
    times = tuple(first + gap * place for place in range(count))
    db.connection().execute(update(_PACE).values(next=first + gap * count))
    return times


def take_due(db: Session, now: datetime, most: int) -> tuple[Letter, ...]:
    """Orders to send now, each handed to one sender only. Two statements."""
    values = {"now": now, "lease": now + LEASE, "most": most}
    ids = [row.id for row in db.connection().execute(_TAKE, values)]
    return _letters(db, ids) if ids else ()


_NOW: Final = bindparam("now", type_=_O.due.type)
_TAKE: Final = (
    update(_OUTBOX)
    .where(
        _O.id.in_(
            select(_O.id)
            .where(_OPEN, _O.due <= _NOW, _O.expires > _NOW)
            .where(_O.taken_until.is_(None) | (_O.taken_until < _NOW))
            .order_by(_O.due, _O.id)
            .limit(bindparam("most", type_=Integer))
            .with_for_update(skip_locked=True)
        )
    )
    .values(taken_until=bindparam("lease", type_=_O.due.type), attempts=_O.attempts + 1)
    .returning(_O.id)
)


_LETTERS: Final[Select[Any]] = (
    select(
        *(_O.id, _O.kind, _O.call_id, _O.leg_id, _O.detail),
        *(_CALL.token.label("call_token"), _CALL.sid.label("call_sid")),
        *(_CALL.room_sid, _CALL.line, _CALL.caller_cipher),
        *(_LEG.token.label("leg_token"), _LEG.sid.label("leg_sid"), _LEG.state.label("leg_state")),
        _PERSON.address,
    )
    .select_from(
        _OUTBOX.join(_CALL.id.table, _CALL.id == _O.call_id)
        .outerjoin(_LEG.id.table, _LEG.id == _O.leg_id)
        .outerjoin(_PERSON.id.table, _PERSON.id == _LEG.person_id)
    )
    .order_by(_O.due, _O.id)
)


def _letters(db: Session, ids: Iterable[int]) -> tuple[Letter, ...]:
    rows = db.connection().execute(_LETTERS.where(_O.id.in_(list(ids))))
    return tuple(_letter(row) for row in rows)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        kind=Order(row.kind),
        call=CallId(row.call_id),
        call_token=row.call_token,
        leg=None if row.leg_id is None else LegId(row.leg_id),
        leg_token=row.leg_token,
        address=row.address,
        sid=_sid_of(row),
        leg_state=None if row.leg_id is None else LegState(row.leg_state),
        room_sid=row.room_sid,
        detail=row.detail,
        line=LineName(row.line),
        caller=row.caller_cipher,
    )


def _sid_of(row: Row[Any]) -> str | None:
    sid: str | None = row.call_sid if row.kind in (Order.MOVE, Order.RELEASE) else row.leg_sid
    return None if sid is None or sid.startswith(OUT) else sid


def settle(db: Session, order: int, now: datetime, failure: str | None = None) -> None:
    """An order is sent, or given up."""
    done = update(_OUTBOX).where(_O.id == order).values(done=now, failure=failure)
    db.connection().execute(done)


def put_off(db: Session, order: int, due: datetime) -> None:
    """An order that was taken could not be sent: anybody may take it again from `due` on."""
    later = update(_OUTBOX).where(_O.id == order).values(due=due, taken_until=None)
    db.connection().execute(later)


def withdraw(db: Session, legs: Iterable[LegId], now: datetime) -> frozenset[LegId]:
    """Take back the orders to ring `legs` that nobody has begun to send."""
    statement = (
        update(_OUTBOX)
        .where(_OPEN, _O.kind == Order.RING, _O.leg_id.in_(list(legs)), _O.taken_until.is_(None))
        .values(done=now, failure="withdrawn")
        .returning(_O.leg_id)
    )
    return frozenset(LegId(row.leg_id) for row in db.connection().execute(statement))
