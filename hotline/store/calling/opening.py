"""A call begins: opened once, however often the carrier tells of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, or_

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState
from hotline.config.settings import LineName
from hotline.store.calling.calls import StoredCall
from hotline.store.duty.rota_kept import VERSION, VERSION_READ
from hotline.store.prepared import Prepared, asked, new_row
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c


@dataclass(frozen=True)
class NewCall:
    """A caller who has just dialled. cipher and hash: of the number; None if withheld."""

    token: str
    sid: str
    line: LineName
    cipher: bytes | None
    hash: str | None
    arrived: datetime
    expected: datetime
    state: CallState = CallState.WAITING  # or ASKED


@dataclass(frozen=True)
class Opened:
    """A new call. came_before: somebody answered a call of this caller, or decided about them."""

    call: StoredCall
    came_before: bool


def open_call(db: Session, new: NewCall, since: datetime) -> Opened | None:
    """The new call; None if the carrier told us of it before.

    since: earlier calls do not matter.
    """
    values = {
        "token": new.token,
        "sid": new.sid,
        "line": new.line,
        "state": new.state.value,
        "caller_cipher": new.cipher,
        "caller_hash": new.hash,
        "arrived": new.arrived,
        "since": new.arrived,
        "expected": new.expected,
        "before": since,
    }
    row = _OPENED.first(db, **values)
    if row is None:
        return None
    db.read[VERSION_READ] = row.version
    return Opened(_opened(CallId(row.id), new), row.came_before)


def _opened(call: CallId, new: NewCall) -> StoredCall:
    return StoredCall(
        id=call,
        token=new.token,
        sid=new.sid,
        line=new.line,
        state=new.state,
        withheld=new.cipher is None,
        arrived=new.arrived,
        since=new.arrived,
        urgent=False,
        by_dial=False,
        leg=None,
        joined=None,
        outcome=None,
        room_sid=None,
    )


_PAST: Final = _CALL.alias("past")
_TALKED: Final = exists().where(
    _PAST.c.caller_hash == asked(_C.caller_hash),
    _PAST.c.arrived > asked(_C.arrived, "before"),
    _PAST.c.joined.is_not(None),
    _PAST.c.callback_id.is_(None),
)
_CALLER: Final = TABLES["caller"].c.hash
_CAME_BEFORE: Final = or_(exists().where(asked(_C.caller_hash) == _CALLER), _TALKED).label(
    "came_before"
)
_OPENED: Final = Prepared(
    new_row(
        *(_CALL, "token", "sid", "line", "caller_cipher", "caller_hash"),
        *("arrived", "since", "expected", "state"),
        urgent=False,
        by_dial=False,
        wish="",
        ways_tried="",
        leaves_message=False,
        cut_off=False,
        time_told=0,
        delayed=False,
    )
    .on_conflict_do_nothing(index_elements=["sid"])
    .returning(_C.id, _CAME_BEFORE, VERSION),
    *(_C.id, _CAME_BEFORE, VERSION),
)
