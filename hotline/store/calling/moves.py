"""What becomes of calls: moved by guarded UPDATEs, closed with exactly one outcome."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, literal, select, update

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallEvent, CallState, LegResult, Outcome, advance, states_before
from hotline.calls.wait.wishes import Wish, wish_text
from hotline.ports import CallSid
from hotline.promises.states import CallbackState
from hotline.store.sessions import Session
from hotline.store.tables import LIVE_LEG, OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_LEG: Final = TABLES["leg"]
_L: Final = _LEG.c


def move_calls(
    db: Session, calls: Iterable[CallId], event: CallEvent, **also: object
) -> frozenset[CallId]:
    """The calls that this request moved by `event`; the others were not in a state for it.

    also: further columns to set. Every state from which `event` may happen leads to one state.
    """
    before = states_before(event)
    (becomes,) = {advance(state, event) for state in before}
    statement = (
        update(_CALL)
        .where(_C.id.in_(list(calls)), _C.state.in_(sorted(before)))
        .values(state=becomes, **also)
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))


def move_call(db: Session, call: CallId, event: CallEvent, **also: object) -> bool:
    """True if this request made the move; False if the call was not in a state for it."""
    return bool(move_calls(db, [call], event, **also))


def close_call(db: Session, call: CallId, outcome: Outcome, now: datetime) -> bool:
    """True if this request ended the call; a closed call keeps the outcome it has."""
    return move_call(db, call, CallEvent.ENDED, ended=now, outcome=outcome)


def never_met(db: Session, call: CallId) -> bool:
    """True if this request takes back that a volunteer spoke with the caller: none has, so far."""
    spoke = select(_L.id).where(_L.call_id == call, _L.result == LegResult.TALKED).exists()
    mine = (_C.id == call) & (_C.state == CallState.TALKING) & _C.joined.is_not(None) & ~spoke
    statement = update(_CALL).where(mine).values(joined=None).returning(_C.id)
    return db.connection().execute(statement).first() is not None


def note_on_call(db: Session, call: CallId, **columns: object) -> None:
    """Set what is not a state: when the caller is expected next, urgency, the way to ring."""
    db.connection().execute(update(_CALL).where(_C.id == call).values(**columns))


def note_wish(db: Session, call: CallId, wish: Wish) -> None:
    """Keep whom the caller asks for."""
    note_on_call(db, call, wish=wish_text(wish))


def outcomes_by_sid(db: Session) -> Mapping[CallSid, Outcome]:
    """How each call ended, by the carrier's id of the caller's leg."""
    statement = select(_C.sid, _C.outcome).where(_C.outcome.is_not(None))
    return {CallSid(row.sid): Outcome(row.outcome) for row in db.connection().execute(statement)}


def close_silent(db: Session, now: datetime) -> frozenset[CallId]:
    """End the calls whose caller gave no sign of life when one was due."""
    silent = _in_hand(db, _SILENT, {"now": now})
    if not silent:
        return frozenset()
    callback = TABLES["callback"].c
    promised = (callback.call_id == _C.id, callback.state != CallbackState.ASKED)
    outcome = case(
        (_C.joined.is_not(None), literal(Outcome.ANSWERED.value)),
        (select(callback.id).where(*promised).exists(), literal(Outcome.CALLBACK.value)),
        (_C.state == CallState.EXITING, literal(Outcome.EXITED.value)),
        (_C.state == CallState.OFFERED, literal(Outcome.UNPLACED.value)),
        (_C.state == CallState.PLACING, literal(Outcome.UNREACHED.value)),
        else_=literal(Outcome.LEFT.value),
    )
    statement = (
        update(_CALL)
        .where(_C.id.in_(silent))
        .values(state=CallState.CLOSED, ended=now, outcome=outcome)
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))


def end_quiet_waves(db: Session) -> None:
    """Every call that rings no more waits again: two requests may each have ended one half."""
    quiet = _in_hand(db, _QUIET, {})
    if quiet:
        wave_ended(db, quiet)


# Kept still are the calls found, without those that another request has in hand: so no request
# ever waits for a second call. Two that did would wait for each other.
_FREE: Final = select(_C.id).with_for_update(skip_locked=True, key_share=True)
_RINGS: Final = select(_LEG.c.id).where(_LEG.c.call_id == _C.id, LIVE_LEG).exists()
_SILENT: Final = _FREE.where(OPEN_CALL, _C.expected <= bindparam("now", type_=_C.expected.type))
_QUIET: Final = _FREE.where(OPEN_CALL, _C.state == CallState.RINGING, ~_RINGS)


def _in_hand(db: Session, which: Select[Any], asked: Mapping[str, object]) -> list[CallId]:
    return [CallId(row.id) for row in db.connection().execute(which, asked)]


def wave_ended(db: Session, calls: Iterable[CallId]) -> frozenset[CallId]:
    """Those of `calls` that ring no more: the last telephone of their wave has gone quiet."""
    statement = (
        update(_CALL)
        .where(_C.id.in_(list(calls)), _C.state == CallState.RINGING, ~_RINGS)
        .values(state=advance(CallState.RINGING, CallEvent.WAVE_ENDED))
        .returning(_C.id)
    )
    return frozenset(CallId(row.id) for row in db.connection().execute(statement))
