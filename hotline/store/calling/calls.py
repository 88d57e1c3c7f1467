"""Calls as they stand, found by their address, the carrier's id or our own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, select, update

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState, Outcome
from hotline.calls.wait.wishes import NO_WISH, Wish, wish_of
from hotline.config.settings import LineName
from hotline.duty import LegId
from hotline.store.calling.repeats import ANSWERED
from hotline.store.duty.rota_kept import VERSION, VERSION_READ
from hotline.store.owed.overdue import LATE
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c


@dataclass(frozen=True)
class StoredCall:
    """What the use cases need to know of a call."""

    id: CallId
    token: str
    sid: str
    line: LineName
    state: CallState
    withheld: bool
    arrived: datetime
    since: datetime
    urgent: bool
    by_dial: bool
    leg: LegId | None
    joined: datetime | None
    outcome: Outcome | None
    room_sid: str | None
    wish: Wish = NO_WISH
    ways_tried: tuple[str, ...] = ()
    came_to: LineName | None = None  # the line dialled, if another took the call over
    leaves_message: bool = False
    delayed: bool = False  # rung for after everybody else, but once in the first minute
    callback: bool = False  # we rang the caller, as was promised


def call_heard_from(db: Session, token: str, again: datetime) -> StoredCall | None:
    """The call of a web address whose leg asks us, and asks again by `again`: kept still."""
    return _found(_HEARD.first(db, token=token, expected=again))


@dataclass(frozen=True)
class Visit:
    """A call whose leg asks. overdue: something of any call is; document: it was answered this."""

    call: StoredCall
    overdue: bool
    document: str | None


def call_visiting(
    db: Session, key: str, token: str, again: datetime, now: datetime
) -> Visit | None:
    """The same for a visit of the wait loop. key: of this request. One statement for everything."""
    row = _VISITED.first(db, key=key, token=token, expected=again, now=now)
    call = _found(row)
    if call is None:
        return None
    db.read[VERSION_READ] = row.version
    return Visit(call, row.overdue, row.document)


def call_of_sid(db: Session, sid: str) -> StoredCall | None:
    """The call of the carrier's id for the caller's leg, likewise."""
    return _found(_BY_SID.first(db, sid=sid))


def call_of_id(db: Session, call: CallId) -> StoredCall | None:
    """The call of our own id, likewise."""
    return _found(_BY_ID.first(db, id=call))


# Statements of the wait loop are built once: building one costs as much as running it.
_COLUMNS: Final = (
    *(_C.id, _C.token, _C.sid, _C.line, _C.state, _C.caller_cipher, _C.arrived, _C.since),
    *(_C.urgent, _C.by_dial, _C.leg_id, _C.joined, _C.outcome, _C.room_sid, _C.wish),
    *(_C.ways_tried, _C.came_to, _C.leaves_message, _C.delayed, _C.callback_id),
)
_KEPT_STILL: Final = select(*_COLUMNS).with_for_update(key_share=True)
_BY_SID: Final = Prepared(_KEPT_STILL.where(_C.sid == asked(_C.sid)))
_BY_ID: Final = Prepared(_KEPT_STILL.where(_C.id == asked(_C.id)))
_LATER: Final = OPEN_CALL & (_C.expected < asked(_C.expected))
_HEARS: Final = (
    update(_CALL)
    .where(_C.token == asked(_C.token))
    .values(expected=case((_LATER, asked(_C.expected)), else_=_C.expected))
)
_HEARD: Final = Prepared(_HEARS.returning(*_COLUMNS), *_COLUMNS)
_VISIT: Final = (*_COLUMNS, LATE, VERSION, ANSWERED)
_VISITED: Final = Prepared(_HEARS.returning(*_VISIT), *_VISIT)


def _found(row: Any) -> StoredCall | None:
    if row is None:
        return None
    return StoredCall(
        id=CallId(row.id),
        token=row.token,
        sid=row.sid,
        line=LineName(row.line),
        state=CallState(row.state),
        withheld=row.caller_cipher is None,
        arrived=row.arrived,
        since=row.since,
        urgent=row.urgent,
        by_dial=row.by_dial,
        leg=None if row.leg_id is None else LegId(row.leg_id),
        joined=row.joined,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        wish=wish_of(row.wish),
        ways_tried=tuple(row.ways_tried.split()),
        came_to=None if row.came_to is None else LineName(row.came_to),
        leaves_message=row.leaves_message,
        delayed=row.delayed,
        room_sid=row.room_sid,
        callback=row.callback_id is not None,
    )
