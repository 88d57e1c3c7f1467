"""What came of each try to keep a callback."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallEvent, CallState, LegResult, Outcome, advance
from hotline.config.settings import LineName
from hotline.promises.states import (
    AttemptResult,
    CallbackEvent,
    CallbackId,
    CallbackState,
    states_before,
)
from hotline.promises.states import advance as moved
from hotline.store.sending.outbox import OUT
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_LEG: Final = TABLES["leg"].c
_CALLBACK: Final = TABLES["callback"]
_B: Final = _CALLBACK.c
_ATTEMPT: Final = TABLES["attempt"]
_T: Final = _ATTEMPT.c

_UNSENT: Final = (
    select(_LEG.id).where(_LEG.call_id == _C.id, _LEG.result == LegResult.UNSENT).exists()
)
_UNSETTLED: Final = (_B.state == CallbackState.IN_HAND) | (
    (_B.state == CallbackState.REPLACED) & _T.result.is_(None)
)
# From the number that was promised a ring, on the same line, in a call that is over.
_TALKED_THEMSELVES: Final = (
    select(_C.id)
    .where(_C.caller_hash == _B.number_hash, _C.line == _B.line, _C.joined >= _B.asked)
    .where(_C.state == CallState.CLOSED, _C.callback_id.is_(None))
    .correlate(_CALLBACK)
    .exists()
)


@dataclass(frozen=True)
class EndedReturn:
    """A call that kept a callback, or did not.

    rung: when the caller's telephone was; unsent: the carrier could not even ring a volunteer.
    """

    callback: CallbackId
    call: CallId
    line: LineName
    attempts: int
    rung: datetime | None
    result: AttemptResult
    unsent: bool


def close_unplaced(db: Session, now: datetime) -> None:
    """End the calls that no volunteer is asked to place any more."""
    asked = select(_LEG.id).where(_LEG.call_id == _C.id, LIVE_LEG).exists()
    ends = update(_CALL).where(OPEN_CALL, _C.state == CallState.OFFERED, ~asked)
    becomes = advance(CallState.OFFERED, CallEvent.ENDED)
    db.connection().execute(ends.values(state=becomes, ended=now, outcome=Outcome.UNPLACED))


def ended_returns(db: Session) -> tuple[EndedReturn, ...]:
    """The calls for callbacks in hand that are over, whoever ended them.

    Also those of which nothing is known yet because their caller asked anew meanwhile.
    """
    statement = (
        select(
            *(_B.id, _B.line, _B.attempts, _B.return_id),
            *(_C.joined, _T.rung, _T.result, _UNSENT.label("unsent")),
        )
        .join(_CALL, _C.id == _B.return_id)
        .join(_ATTEMPT, _T.call_id == _C.id)
        .where(_UNSETTLED, _C.state == CallState.CLOSED)
        .with_for_update(of=_CALLBACK, skip_locked=True)
    )
    return tuple(
        EndedReturn(
            callback=CallbackId(row.id),
            call=CallId(row.return_id),
            line=LineName(row.line),
            attempts=row.attempts,
            rung=row.rung,
            result=_result(row.joined, row.rung, row.result),
            unsent=row.unsent,
        )
        for row in db.connection().execute(statement)
    )


def _result(joined: datetime | None, rung: datetime | None, told: str | None) -> AttemptResult:
    if joined is not None:
        return AttemptResult.TALKED
    if told is not None:
        return AttemptResult(told)
    return AttemptResult.PASSED if rung is None else AttemptResult.UNHEARD


def tries_over(db: Session, now: datetime) -> bool:
    """Whether any try is over of which its promise does not know, or a promise has run out.

    Or its caller has rung in and talked.
    """
    asked = select(_LEG.id).where(_LEG.call_id == _C.id, LIVE_LEG).exists()
    over = (_C.state == CallState.CLOSED) | ((_C.state == CallState.OFFERED) & ~asked)
    ended = select(_B.id).join(_CALL, _C.id == _B.return_id).join(_ATTEMPT, _T.call_id == _C.id)
    late = (_B.done.is_(None)) & (_B.state == CallbackState.OPEN) & (_B.due <= now)
    rung_in = select(_B.id).where(_B.state == CallbackState.OPEN, _TALKED_THEMSELVES)
    due = (ended.where(_UNSETTLED, over), select(_B.id).where(late), rung_in)
    found = select(or_(*(each.exists() for each in due)))
    return bool(db.connection().execute(found).scalar())


def end_attempt(db: Session, call: CallId, result: AttemptResult) -> None:
    """What came of a try; what was told first counts."""
    mine = update(_ATTEMPT).where(_T.call_id == call, _T.result.is_(None))
    db.connection().execute(mine.values(result=result))


def keep_by_talks(db: Session, now: datetime) -> None:
    """Whoever rang in since they asked, and talked, is not rung for it any more: it is kept."""
    becomes = moved(CallbackState.OPEN, CallbackEvent.TALKED)
    kept = update(_CALLBACK).where(_B.state == CallbackState.OPEN, _TALKED_THEMSELVES)
    db.connection().execute(kept.values(state=becomes, done=now))


def keep_asked_before(db: Session, call: CallId, now: datetime) -> None:
    """Whoever asked anew before they talked in `call` is not rung for it again: it is kept."""
    becomes = moved(CallbackState.OPEN, CallbackEvent.TALKED)
    kept = update(_CALLBACK).where(_asked_anew(call, _C.joined))
    db.connection().execute(kept.values(state=becomes, done=now))


def put_off_asked_before(db: Session, call: CallId, until: datetime) -> None:
    """Whoever asked anew before they were rung in vain by `call` is not rung at once again."""
    later = update(_CALLBACK).where(_asked_anew(call, _T.rung), _B.next_at < until)
    db.connection().execute(later.values(next_at=until))


def _asked_anew(call: CallId, by: ColumnElement[datetime]) -> ColumnElement[bool]:
    """The promise to who is rung by `call`, on the same line, that was open by then, and is."""
    returned = _CALL.join(_ATTEMPT, _T.call_id == _C.id)
    same = (_C.id == call, _C.caller_hash == _B.number_hash, _C.line == _B.line, by >= _B.asked)
    anew = select(_C.id).select_from(returned).where(*same, _C.callback_id != _B.id)
    return (_B.state == CallbackState.OPEN) & anew.correlate(_CALLBACK).exists()


def run_out(db: Session, now: datetime) -> tuple[CallbackId, ...]:
    """The callbacks whose deadline has passed, from now on expired."""
    becomes = moved(CallbackState.OPEN, CallbackEvent.RAN_OUT)
    before = sorted(states_before(CallbackEvent.RAN_OUT))
    late = update(_CALLBACK).where(_B.done.is_(None), _B.state.in_(before), _B.due <= now)
    rows = db.connection().execute(late.values(state=becomes).returning(_B.id))
    return tuple(CallbackId(row.id) for row in rows)


def note_rung(db: Session, call: CallId, sid: str | None, now: datetime) -> None:
    """The caller's telephone rings, or may ring: that counts once. sid: if the carrier told it."""
    if sid is not None:
        unnamed = (_C.id == call) & _C.sid.startswith(OUT)
        db.connection().execute(update(_CALL).where(unnamed).values(sid=sid))
    first = update(_ATTEMPT).where(_T.call_id == call, _T.rung.is_(None)).values(rung=now)
    row = db.connection().execute(first.returning(_T.callback_id)).first()
    if row is not None:
        counted = update(_CALLBACK).where(_B.id == row.callback_id)
        db.connection().execute(counted.values(attempts=_B.attempts + 1))


def note_picked_up(db: Session, call: CallId, now: datetime) -> None:
    """Somebody, or something, has answered."""
    mine = update(_ATTEMPT).where(_T.call_id == call, _T.picked_up.is_(None))
    db.connection().execute(mine.values(picked_up=now))


def times_rung(db: Session, call: CallId) -> int:
    """How often the caller of this call was rung for what they were promised."""
    rung = select(_B.attempts).join(_CALL, _C.callback_id == _B.id).where(_C.id == call)
    return int(db.connection().execute(rung).scalar_one())


def may_leave_word(db: Session, call: CallId) -> bool:
    """Whether whoever answers this call may be told who calls."""
    terms = select(_B.leave_word).join(_CALL, _C.callback_id == _B.id).where(_C.id == call)
    return bool(db.connection().execute(terms).scalar())


def promised_when(db: Session, call: CallId) -> datetime:
    """When the caller agreed to be rung by this call."""
    asked = select(_B.asked).join(_CALL, _C.callback_id == _B.id).where(_C.id == call)
    when: datetime = db.connection().execute(asked).scalar_one()
    return when
