"""Promises to call back that are not kept yet, for people to see and to settle."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select, true, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName
from hotline.duty import PersonId
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
_PERSON: Final = TABLES["person"].c


@dataclass(frozen=True)
class Attempt:
    """One try to keep a callback. rung: when the caller's telephone was; result None: goes on."""

    offered: datetime
    rung: datetime | None
    result: AttemptResult | None


@dataclass(frozen=True)
class Callback:
    """A promise that somebody still waits for. attempts: times their telephone was rung.

    call: in which it was made; None: by form. person, name: of whom it was given to, by code.
    """

    id: CallbackId
    call: CallId | None
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
    person: str | None = None
    name: str | None = None


def callbacks_waited_for(
    db: Session, lines: Collection[LineName] | None = None, most: int = 1000, after: int = 0
) -> tuple[Callback, ...]:
    """Promises not kept yet, of these lines or of all, the most urgent first. Two queries."""
    promised = _CALLBACKS.where(_WAITED_FOR, _of(lines))
    ordered = promised.order_by(_B.urgent.desc(), _B.due, _B.id).limit(most).offset(after)
    rows = db.connection().execute(ordered).all()
    tries = _tries(db, [row.id for row in rows])
    return tuple(_callback(row, tries.get(row.id, [])) for row in rows)


def count_callbacks(db: Session, lines: Collection[LineName]) -> int:
    """How many promises of these lines are not kept yet."""
    counted = select(func.count()).where(_WAITED_FOR, _of(lines))
    return int(db.connection().execute(counted).scalar_one())


def callback_of(db: Session, callback: CallbackId) -> Callback | None:
    """The promise of that number, if somebody still waits for it; without what was tried."""
    row = db.connection().execute(_CALLBACKS.where(_WAITED_FOR, _B.id == callback)).first()
    return None if row is None else _callback(row, ())


def _of(lines: Collection[LineName] | None) -> ColumnElement[bool]:
    return true() if lines is None else _B.line.in_(sorted(lines))


_WAITED_FOR: Final = _B.done.is_(None) & (_B.state != CallbackState.ASKED)
_CALLBACKS: Final[Select[Any]] = select(_CALLBACK, _PERSON.code, _PERSON.name).outerjoin(
    _PERSON.id.table, _PERSON.id == _B.person_id
)


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
        call=None if row.call_id is None else CallId(row.call_id),
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
        person=row.code,
        name=row.name,
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


def give_callback(db: Session, callback: CallbackId, person: PersonId | None) -> bool:
    """True if this request gave a promise to somebody, or back to everybody; False: it is over."""
    mine = update(_CALLBACK).where(_B.id == callback, _WAITED_FOR).values(person_id=person)
    return db.connection().execute(mine.returning(_B.id)).first() is not None
