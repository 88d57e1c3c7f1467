"""What is the state of the calls, as the live board shows them?"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, text
from sqlmodel import Session, col

from hotline.board.facts import BoardFacts, OpenCall, Stage
from hotline.board.rate import LOOKED_BACK
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import SUPERVISE, CallState, LegState, Outcome
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.store.looking.watching import calls_since, carrier_state, promised_by_line
from hotline.store.sending.alarms import open_alarms
from hotline.store.tables import CallRow, LegRow

NO_CALL_IS_LONGER = timedelta(days=1)  # calls are found by their arrival, which has an index


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
