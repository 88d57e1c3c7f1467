"""Promises to call back as they are made: consent, the number, and the caller's terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, insert, select, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName
from hotline.promises.states import (
    CallbackEvent,
    CallbackId,
    CallbackState,
    Safe,
    advance,
    states_before,
)
from hotline.store.dialects import insert_any, insert_new
from hotline.store.tables import TABLES

_CALL: Final = TABLES["call"].c
_CALLBACK: Final = TABLES["callback"]
_B: Final = _CALLBACK.c
_CONSENT: Final = TABLES["consent"]
_DRAFT: Final = _B.state == CallbackState.ASKED


@dataclass(frozen=True)
class NewPromise:
    """A caller who agreed to be rung back. cipher and hash: of the number to ring.

    call: in which they did; None: by form.
    """

    call: CallId | None
    line: LineName
    asked: datetime
    due: datetime
    cipher: bytes
    hash: str
    safe: Safe
    urgent: bool
    leave_word: bool = False


@dataclass(frozen=True)
class Consent:
    """One question to a caller, as spoken or shown, and the key or word they answered with.

    call: in which; None: on the form that `callback` came of.
    """

    call: CallId | None
    at: datetime
    question: str
    words: str
    answer: str
    callback: CallbackId | None = None


def promise_callback(db: Session, new: NewPromise) -> None:
    """Record the promise, once for each call; an older one to the same number gives way to it."""
    values = _values(new, CallbackState.OPEN)
    db.connection().execute(insert_new(db, _CALLBACK, values, "call_id"))
    _give_way(db, _B.call_id == new.call, new.asked)


def promise_by_form(db: Session, new: NewPromise) -> CallbackId:
    """Record a promise that no call made; an older one to the same number gives way to it."""
    made = insert(_CALLBACK).values(_values(new, CallbackState.OPEN)).returning(_B.id)
    callback = CallbackId(db.connection().execute(made).scalar_one())
    _give_way(db, _B.id == callback, new.asked)
    return callback


def draft_promise(db: Session, new: NewPromise) -> None:
    """Keep a number until it is confirmed; of several that were keyed in, the last."""
    values = _values(new, CallbackState.ASKED)
    row = insert_any(db, _CALLBACK).values(values)
    latest = {"number_cipher": new.cipher, "number_hash": new.hash}
    kept = row.on_conflict_do_update(index_elements=["call_id"], set_=latest, where=_DRAFT)
    db.connection().execute(kept)


def _values(new: NewPromise, state: CallbackState) -> dict[str, object]:
    return {
        "call_id": new.call,
        "line": new.line,
        "asked": new.asked,
        "due": new.due,
        "state": state,
        "number_cipher": new.cipher,
        "number_hash": new.hash,
        "safe": new.safe,
        "leave_word": new.leave_word,
        "urgent": new.urgent,
        "attempts": 0,
        "next_at": new.asked,
    }


def drafted_cipher(db: Session, call: CallId) -> bytes | None:
    """The number that was keyed in and is not confirmed yet, encrypted."""
    found = select(_B.number_cipher).where(_B.call_id == call, _DRAFT)
    return db.connection().execute(found).scalar()


def confirm_draft(db: Session, call: CallId, now: datetime) -> bool:
    """True if this request made a promise of the number that was keyed in."""
    becomes = advance(CallbackState.ASKED, CallbackEvent.CONFIRMED)
    made = update(_CALLBACK).where(_B.call_id == call, _DRAFT).values(state=becomes, asked=now)
    if db.connection().execute(made.returning(_B.id)).first() is None:
        return False
    _give_way(db, _B.call_id == call, now)
    return True


def _give_way(db: Session, mine: ColumnElement[bool], now: datetime) -> None:
    """Who asked twice is rung once: the older promise to the same number on the same line ends."""
    newer = select(_B.id, _B.number_hash, _B.line).where(mine).cte("newer").c
    event = CallbackEvent.ASKED_ANEW
    (becomes,) = {advance(state, event) for state in states_before(event)}
    same = (_B.number_hash == select(newer.number_hash).scalar_subquery()) & (
        _B.line == select(newer.line).scalar_subquery()
    )
    older = same & (_B.id != select(newer.id).scalar_subquery())
    ends = update(_CALLBACK).where(older, _B.state.in_(sorted(states_before(event))))
    db.connection().execute(ends.values(state=becomes, done=now))


def promised_at(db: Session, call: CallId) -> datetime | None:
    """When the caller agreed."""
    return db.connection().execute(select(_B.asked).where(_B.call_id == call)).scalar()


def refine_promise(db: Session, call: CallId, **terms: object) -> None:
    """The caller's terms: safe times and the deadline that follows, and whether to leave word."""
    open_still = _B.state == CallbackState.OPEN
    db.connection().execute(update(_CALLBACK).where(_B.call_id == call, open_still).values(**terms))


def has_callback(db: Session, call: CallId) -> bool:
    """Whether the caller agreed to be rung back."""
    promised = select(_B.id).where(_B.call_id == call, _B.state != CallbackState.ASKED)
    return db.connection().execute(promised).first() is not None


def caller_cipher(db: Session, call: CallId) -> bytes | None:
    """The number a call came from, encrypted; None if withheld."""
    found = select(_CALL.caller_cipher).where(_CALL.id == call)
    return db.connection().execute(found).scalar()


def record_consent(db: Session, consent: Consent) -> None:
    """Add to what callers were asked and answered."""
    values = {
        "call_id": consent.call,
        "callback_id": consent.callback,
        "at": consent.at,
        "question": consent.question,
        "words": consent.words,
        "answer": consent.answer,
    }
    db.connection().execute(insert(_CONSENT).values(values))
