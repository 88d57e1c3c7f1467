"""Whether anything is overdue: asked at every visit of every caller, so it is one cheap query."""

from datetime import datetime
from typing import Final

from sqlalchemy import exists, or_, select

from hotline.calls.states import CallState
from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c


def anything_overdue(db: Session, now: datetime) -> bool:
    """Whether a leg or a call is past its time, or a call is said to ring and nothing rings."""
    return bool(_OVERDUE.first(db, now=now).overdue)


def anything_to_move(db: Session, now: datetime) -> bool:
    """The same, or somebody waits for whom no telephone rings."""
    return bool(_TO_MOVE.first(db, now=now).to_move)


# No EXISTS that compares two tables: in RETURNING, SQLite is told columns without their tables.
_RINGS: Final = _CALL.id.in_(select(_LEG.call_id).where(LIVE_LEG).correlate(None))
# To be asked `now`; in whatever statement it stands, for it looks at every call and leg.
LATE: Final = or_(
    exists().where(LIVE_LEG, _LEG.until <= asked(_LEG.until, "now")).correlate(None),
    exists().where(OPEN_CALL, _CALL.expected <= asked(_CALL.expected, "now")).correlate(None),
    exists().where(OPEN_CALL, _CALL.state == CallState.RINGING.value, ~_RINGS).correlate(None),
).label("overdue")
_WAITS: Final = exists().where(
    OPEN_CALL, _CALL.state == CallState.WAITING.value, _CALL.by_dial.is_(False)
)
_OVERDUE: Final = Prepared(select(LATE))
_TO_MOVE: Final = Prepared(select(or_(LATE.element, _WAITS).label("to_move")))
