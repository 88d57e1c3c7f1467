"""Calls that keep a callback: which are due, and opened with the offer to a volunteer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, text, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import CallState
from hotline.calls.wait.wishes import wish_of
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.promises.offering import DuePromise
from hotline.promises.states import (
    CallbackEvent,
    CallbackId,
    CallbackState,
    Safe,
)
from hotline.promises.states import advance as moved
from hotline.store.sending.outbox import OUT
from hotline.store.tables import OPEN_CALL, TABLES

_CALL: Final = TABLES["call"]
_C: Final = _CALL.c
_LINE: Final = _CALL.alias("on_the_line").c
_LINE_OPEN: Final = _LINE.state != text("'closed'")  # written out, for its index
_LEG: Final = TABLES["leg"].c
_CALLBACK: Final = TABLES["callback"]
_B: Final = _CALLBACK.c
_ATTEMPT: Final = TABLES["attempt"]
_T: Final = _ATTEMPT.c
_NOT_PASSED_ON: Final = ("cancelled", "unsent", "unreached", "talked")


@dataclass(frozen=True)
class NewReturn:
    """A call that shall keep a callback; a volunteer is asked first."""

    callback: CallbackId
    token: str
    expected: datetime


def promises_due(db: Session, now: datetime, tried_since: datetime) -> tuple[DuePromise, ...]:
    """Callbacks that may be kept now, with who did not take them on since. Two queries.

    Who is on the line with us, whoever called whom, is not rung at the same time.
    """
    there = select(_LINE.id).where(_LINE_OPEN, _LINE.caller_hash == _B.number_hash).exists()
    may = (_B.state == CallbackState.OPEN) & (_B.next_at <= now) & (_B.due > now) & ~there
    columns = (_B.id, _B.line, _B.due, _B.urgent, _B.safe, _B.person_id)
    statement = select(*columns, _C.wish).outerjoin(_CALL, _C.id == _B.call_id)
    rows = db.connection().execute(statement.where(may)).all()
    tried = _tried(db, [row.id for row in rows], tried_since) if rows else {}
    return tuple(
        DuePromise(
            id=CallbackId(row.id),
            line=LineName(row.line),
            due=row.due,
            urgent=row.urgent,
            safe=Safe(row.safe),
            wish=wish_of(row.wish or ""),  # asked for by form: none
            tried=frozenset(tried.get(row.id, ())),
            person=None if row.person_id is None else PersonId(row.person_id),
        )
        for row in rows
    )


def _tried(
    db: Session, callbacks: Sequence[int], since: datetime
) -> Mapping[int, Collection[PersonId]]:
    found: dict[int, set[PersonId]] = defaultdict(set)
    statement = (
        select(_C.callback_id, _LEG.person_id)
        .join(_CALL, _C.id == _LEG.call_id)
        .where(_C.callback_id.in_(callbacks), _LEG.ended > since)
        .where(_LEG.result.not_in(_NOT_PASSED_ON))
    )
    for row in db.connection().execute(statement):
        found[row.callback_id].add(PersonId(row.person_id))
    return found


def lines_waited_at(db: Session) -> frozenset[LineName]:
    """The lines at which somebody waits for a person."""
    waits = _C.state.in_([CallState.WAITING, CallState.RINGING])
    rows = db.connection().execute(select(_C.line).where(OPEN_CALL, waits).distinct())
    return frozenset(LineName(row.line) for row in rows)


def open_returns(
    db: Session, new: Sequence[NewReturn], now: datetime
) -> Mapping[CallbackId, CallId]:
    """The calls of those callbacks that this request took in hand; others were faster elsewhere."""
    mine = _taken_in_hand(db, [each.callback for each in new])
    opened: dict[CallbackId, CallId] = {}
    for each in new:  # as many as people are free between calls
        if each.callback in mine:
            opened[each.callback] = _opened(db, each, now)
    return opened


def _taken_in_hand(db: Session, callbacks: Sequence[CallbackId]) -> frozenset[CallbackId]:
    becomes = moved(CallbackState.OPEN, CallbackEvent.OFFERED)
    take = update(_CALLBACK).where(_B.id.in_(callbacks), _B.state == CallbackState.OPEN)
    rows = db.connection().execute(take.values(state=becomes).returning(_B.id))
    return frozenset(CallbackId(row.id) for row in rows)


def _opened(db: Session, new: NewReturn, now: datetime) -> CallId:
    promised = select(_CALLBACK, _C.wish, _C.caller_cipher).outerjoin(_CALL, _C.id == _B.call_id)
    row = db.connection().execute(promised.where(_B.id == new.callback)).one()
    values = {
        "token": new.token,
        "sid": f"{OUT}{new.token}",
        "line": row.line,
        "state": CallState.OFFERED,
        "caller_cipher": row.number_cipher or row.caller_cipher,
        "caller_hash": row.number_hash,
        "arrived": now,
        "since": now,
        "expected": new.expected,
        "urgent": row.urgent,
        "by_dial": False,
        "wish": row.wish or "",
        "came_to": None,
        "ways_tried": "",
        "leaves_message": False,
        "cut_off": False,
        "time_told": 0,
        "delayed": False,
        "callback_id": new.callback,
    }
    call = db.connection().execute(insert(_CALL).values(values).returning(_C.id)).scalar_one()
    attempt = {"call_id": call, "callback_id": new.callback, "offered": now}
    db.connection().execute(insert(_ATTEMPT).values(attempt))
    in_hand = update(_CALLBACK).where(_B.id == new.callback).values(return_id=call)
    db.connection().execute(in_hand)
    return CallId(call)
