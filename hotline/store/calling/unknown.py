"""Which of the carrier's calls and recordings do we know?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState, Outcome
from hotline.config.settings import LineName
from hotline.promises.states import UNKNOWN
from hotline.store.tables import TABLES
from hotline.store.upkeep.too_old import GONE

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_MESSAGE: Final = TABLES["message"]
_M: Final = _MESSAGE.c
_IN_VAIN: Final = (Outcome.LEFT, Outcome.EXITED)


@dataclass(frozen=True)
class KnownCall:
    """A call that the carrier lists, too."""

    id: CallId
    line: LineName
    over: bool


def calls_known(db: Session, sids: Collection[str]) -> dict[str, KnownCall]:
    """Those of the carrier's ids that stand in a call of ours."""
    known = select(_C.sid, _C.id, _C.line, _C.state).where(_C.sid.in_(sids))
    return {
        row.sid: KnownCall(CallId(row.id), LineName(row.line), row.state == CallState.CLOSED)
        for row in db.connection().execute(known)
    }


def recordings_known(db: Session, sids: Collection[str]) -> frozenset[str]:
    """Those of the carrier's ids that stand in a message of ours."""
    known = select(_M.recording_sid).where(_M.recording_sid.in_(sids))
    return frozenset(row.recording_sid for row in db.connection().execute(known))


def nameless_arrivals(db: Session, since: datetime) -> Sequence[tuple[LineName, datetime]]:
    """When callers rang of whom we keep nothing any more, the carrier's id neither."""
    rang = select(_C.line, _C.arrived).where(_C.arrived >= since, _C.sid.startswith(GONE))
    return [(LineName(row.line), row.arrived) for row in db.connection().execute(rang)]


def name_recording(db: Session, call: CallId, recording: str, seconds: int, now: datetime) -> bool:
    """True if a message of this call was known, but not where it is; from now on it is."""
    mine = (_M.call_id == call) & (_M.recording_sid == UNKNOWN)
    named = (
        update(_MESSAGE).where(mine).values(recording_sid=recording, seconds=seconds, next_at=now)
    )
    return db.connection().execute(named.returning(_M.id)).first() is not None


def left_a_message(db: Session, call: CallId) -> bool:
    """True if this request makes a call that seemed to be in vain end in a message."""
    in_vain = (_C.id == call) & (_C.state == CallState.CLOSED) & _C.outcome.in_(_IN_VAIN)
    statement = update(_CALL).where(in_vain).values(outcome=Outcome.MESSAGE)
    return db.connection().execute(statement.returning(_C.id)).first() is not None
