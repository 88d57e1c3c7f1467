"""What the live board asks: has anything moved, and what is the state of the calls?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, case, func, select, text
from sqlmodel import Session, col

from hotline.board.facts import BoardFacts, OpenCall, Stage
from hotline.board.rate import LOOKED_BACK
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import SUPERVISE, CallState, LegState, Outcome
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.promises.states import CallbackState
from hotline.store.looking.watching import calls_since, carrier_state, promised_by_line
from hotline.store.sending.alarms import open_alarms
from hotline.store.tables import (
    AlarmRow,
    AttendanceRow,
    CallbackRow,
    CallEventRow,
    CallFormRow,
    CallRow,
    LegRow,
    LineChangeRow,
    MessageRow,
    OverrideRow,
    PresenceRow,
    RosterRow,
)

NO_CALL_IS_LONGER = timedelta(days=1)  # calls are found by their arrival, which has an index


@dataclass(frozen=True)
class Moved:
    """`mark` differs whenever the board does, but for what time alone changes.

    settled: when the last reservation and wrap-up of today run out; None: there are none.
    """

    mark: str
    open_calls: int
    settled: datetime | None


def what_moved(db: Session) -> Moved:
    """The cheap question of every poll: one statement over small or indexed sets."""
    row = db.connection().execute(_MOVED).one()
    ends = [at for at in (row.reserved_until, row.free_at) if at is not None]
    mark = "/".join(str(value) for value in row)
    return Moved(mark, row.open_calls, max(ends, default=None))


def board_facts(db: Session, since: datetime, now: datetime) -> BoardFacts:
    """Open calls, how those that ended since went, the last hour, promises, alarms, the carrier.

    Without who pressed a key for us lately. Eight queries.
    """
    return BoardFacts(
        calls=open_calls(db),
        outcomes=_outcomes(db, since),
        lately=calls_since(db, now - LOOKED_BACK),
        promised=promised_by_line(db, now),
        alarms=open_alarms(db),
        carrier=carrier_state(db, now),
    )


def open_calls(db: Session) -> tuple[OpenCall, ...]:
    """Every call that has not ended, in order of arrival."""
    rows = db.connection().execute(_OPEN).all()  # in SQL the order would cost the partial index
    return tuple(_open_call(row) for row in sorted(rows, key=lambda row: row.id))


def _open_call(row: Row[Any]) -> OpenCall:
    stage = _STAGES.get(row.state, Stage.WAITING)
    talks = stage is Stage.TALKING
    return OpenCall(
        id=CallId(row.id),
        line=LineName(row.line),
        stage=stage,
        since=(row.joined or row.accepted or row.since) if talks else row.since,
        urgent=row.urgent,
        ringing=row.ringing,
        person=PersonId(row.person_id) if talks and row.person_id is not None else None,
        supervised=row.supervised > 0,
    )


_STAGES = {
    CallState.ACCEPTED: Stage.TALKING,
    CallState.TALKING: Stage.TALKING,
    CallState.HELD: Stage.TALKING,
    CallState.PLACING: Stage.TALKING,
    CallState.PARTING: Stage.LEAVING,
    CallState.EXITING: Stage.LEAVING,
}


def _outcomes(db: Session, since: datetime) -> Mapping[LineName, Mapping[Outcome, int]]:
    asked = (
        select(col(CallRow.line), col(CallRow.outcome), func.count().label("calls"))
        .where(col(CallRow.arrived) >= since - NO_CALL_IS_LONGER, col(CallRow.ended) >= since)
        .where(col(CallRow.outcome).is_not(None), col(CallRow.callback_id).is_(None))
        .group_by(col(CallRow.line), col(CallRow.outcome))
    )
    found: dict[LineName, dict[Outcome, int]] = defaultdict(dict)
    for row in db.connection().execute(asked):
        found[LineName(row.line)][Outcome(row.outcome)] = row.calls
    return found


_PROMISED = col(CallbackRow.done).is_(None) & (col(CallbackRow.state) != CallbackState.ASKED.value)
_WAITS = col(MessageRow.answered).is_(None)
_FOLLOW_UP = col(CallFormRow.followed_up).is_(None) & col(CallFormRow.follow_up).is_not(None)
_IS_OPEN = col(CallRow.state) != text("'closed'")  # written out, or the partial index is not used
_RINGS = (LegState.DIALLED.value, LegState.ANSWERED.value)
_RINGING = (
    select(func.count())
    .where(col(LegRow.call_id) == col(CallRow.id), col(LegRow.state).in_(_RINGS))
    .correlate(CallRow)
    .scalar_subquery()
)
_SUPERVISED = (
    select(func.count())
    .where(col(LegRow.call_id) == col(CallRow.id), col(LegRow.state) != text("'ended'"))
    .where(col(LegRow.part).in_(sorted(SUPERVISE)))
    .correlate(CallRow)
    .scalar_subquery()
)
_OPEN = (
    select(
        col(CallRow.id),
        col(CallRow.line),
        col(CallRow.state),
        col(CallRow.since),
        col(CallRow.urgent),
        col(CallRow.accepted),
        col(CallRow.joined),
        col(LegRow.person_id),
        _RINGING.label("ringing"),
        _SUPERVISED.label("supervised"),
    )
    .outerjoin(LegRow, col(LegRow.id) == col(CallRow.leg_id))
    .where(_IS_OPEN, col(CallRow.state) != CallState.OFFERED.value)  # nobody is on the line yet
)

_STANDS = col(AlarmRow.cleared).is_(None)
_PLACE = case(
    *((col(CallRow.state) == state.value, place) for place, state in enumerate(CallState)), else_=-1
)


def _live_legs(what: ColumnElement[Any]) -> ScalarSelect[Any]:
    return select(what).where(col(LegRow.state) != text("'ended'")).scalar_subquery()


_CORRECTED = (
    select(func.max(col(OverrideRow.id))).scalar_subquery(),
    select(func.max(col(OverrideRow.undone_at))).scalar_subquery(),
    select(func.max(col(LineChangeRow.id))).scalar_subquery(),
    select(func.max(col(LineChangeRow.lifted_at))).scalar_subquery(),
)
_MOVED = select(
    select(func.max(col(CallEventRow.id))).scalar_subquery(),
    select(func.count()).where(_IS_OPEN).scalar_subquery().label("open_calls"),
    select(func.sum(col(CallRow.id))).where(_IS_OPEN).scalar_subquery(),
    select(func.sum(_PLACE)).where(_IS_OPEN).scalar_subquery(),
    select(func.max(col(CallRow.since))).where(_IS_OPEN).scalar_subquery(),
    select(func.count()).where(_IS_OPEN, col(CallRow.urgent)).scalar_subquery(),
    _live_legs(func.count()),
    _live_legs(func.sum(case((col(LegRow.state) == LegState.PLANNED.value, 0), else_=1))),
    select(func.sum(col(PresenceRow.leg_id))).scalar_subquery(),
    select(func.sum(case((col(PresenceRow.talking), 1), else_=0))).scalar_subquery(),
    select(func.max(col(PresenceRow.until))).scalar_subquery().label("reserved_until"),
    select(func.max(col(PresenceRow.free_at))).scalar_subquery().label("free_at"),
    select(func.count()).where(_PROMISED).scalar_subquery(),
    select(func.max(col(CallbackRow.due))).where(_PROMISED).scalar_subquery(),
    select(func.max(col(MessageRow.id))).scalar_subquery(),
    select(func.count(col(MessageRow.id))).where(_WAITS).scalar_subquery(),
    select(func.count(col(MessageRow.heard))).where(_WAITS).scalar_subquery(),
    select(func.max(col(AttendanceRow.id))).scalar_subquery(),
    select(func.count()).where(_FOLLOW_UP).scalar_subquery(),
    select(func.max(col(RosterRow.published_at))).scalar_subquery(),
    select(func.count()).where(_STANDS).scalar_subquery(),
    select(func.max(col(AlarmRow.id))).where(_STANDS).scalar_subquery(),
    *_CORRECTED,
)
