"""Promises to call back that are not kept yet, for people to see and to settle."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select, update
from sqlmodel import Session

from hotline.config.settings import LineName
from hotline.promises.states import (
    AttemptResult,
    CallbackEvent,
    CallbackId,
    CallbackState,
    Safe,
    advance,
    states_before,
)
from hotline.store.tables import TABLES

_CALLBACK: Final = TABLES["callback"]
_B: Final = _CALLBACK.c
_ATTEMPT: Final = TABLES["attempt"]
_T: Final = _ATTEMPT.c


@dataclass(frozen=True)
class Attempt:
    """One try to keep a callback. rung: when the caller's telephone was; result None: goes on."""

    offered: datetime
    rung: datetime | None
    result: AttemptResult | None


@dataclass(frozen=True)
class Callback:
    """A promise that somebody still waits for. attempts: times their telephone was rung."""

    id: CallbackId
    line: LineName
    state: CallbackState
    asked: datetime
    due: datetime
    safe: Safe
    leave_word: bool
    urgent: bool
    attempts: int
    next_at: datetime
    tries: tuple[Attempt, ...]


def callbacks_waited_for(db: Session) -> tuple[Callback, ...]:
    """Promises not kept yet, the most urgent first, with what was tried. Two queries."""
    promised = select(_CALLBACK).where(_B.done.is_(None), _B.state != CallbackState.ASKED)
    rows = db.connection().execute(promised.order_by(_B.urgent.desc(), _B.due, _B.id)).all()
    tries = _tries(db, [row.id for row in rows])
    return tuple(_callback(row, tries.get(row.id, [])) for row in rows)


def _tries(db: Session, callbacks: Sequence[int]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    tried = select(_ATTEMPT).where(_T.callback_id.in_(callbacks)).order_by(_T.offered, _T.call_id)
    for row in db.connection().execute(tried):
        result = None if row.result is None else AttemptResult(row.result)
        found[row.callback_id].append(Attempt(row.offered, row.rung, result))
    return found


def _callback(row: Row[Any], tries: Sequence[Attempt]) -> Callback:
    return Callback(
        id=CallbackId(row.id),
        line=LineName(row.line),
        state=CallbackState(row.state),
        asked=row.asked,
        due=row.due,
        safe=Safe(row.safe),
        leave_word=row.leave_word,
        urgent=row.urgent,
        attempts=row.attempts,
        next_at=row.next_at,
        tries=tuple(tries),
    )


def move_callback(db: Session, callback: CallbackId, event: CallbackEvent, **also: object) -> bool:
    """True if this request made the move; False if the promise was not in a state for it."""
    before = states_before(event)
    (becomes,) = {advance(state, event) for state in before}
    mine = update(_CALLBACK).where(_B.id == callback, _B.state.in_(sorted(before)))
    moved = mine.values(state=becomes, **also).returning(_B.id)
    return db.connection().execute(moved).first() is not None


def settle_callback(db: Session, callback: CallbackId, now: datetime) -> bool:
    """True if this request marks a promise as kept by a person, outside of the telephone."""
    return move_callback(db, callback, CallbackEvent.SETTLED, done=now)


def revive_callback(db: Session, callback: CallbackId, now: datetime, due: datetime) -> bool:
    """True if this request gives a promise that ran out another deadline and all its tries."""
    return move_callback(db, callback, CallbackEvent.REVIVED, due=due, next_at=now, attempts=0)
