"""Promises to call back as they are made: consent, the number, and the caller's terms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select, update
from sqlmodel import Session

from hotline.calls.routing import CallId
from hotline.config.settings import LineName
from hotline.promises.states import CallbackEvent, CallbackState, Safe, advance, states_before
from hotline.store.dialects import insert_any, insert_new
from hotline.store.tables import TABLES

_CALL: Final = TABLES["call"].c
_CALLBACK: Final = TABLES["callback"]
_B: Final = _CALLBACK.c
_CONSENT: Final = TABLES["consent"]
_DRAFT: Final = _B.state == CallbackState.ASKED


@dataclass(frozen=True)
class NewPromise:
    """A caller who agreed to be rung back. cipher and hash: of the number to ring."""

    call: CallId
    line: LineName
    asked: datetime
    due: datetime
    cipher: bytes
    hash: str
    safe: Safe
    urgent: bool


@dataclass(frozen=True)
class Consent:
    """One question to a caller, as spoken, and the key they answered with."""

    call: CallId
    at: datetime
    question: str
    words: str
    answer: str


def promise_callback(db: Session, new: NewPromise) -> None:
    """Record the promise, once for each call; an older one to the same number gives way to it."""
    values = _values(new, CallbackState.OPEN)
    db.connection().execute(insert_new(db, _CALLBACK, values, "call_id"))
    _give_way(db, new.call, new.asked)


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
        "leave_word": False,
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
    _give_way(db, call, now)
    return True


def _give_way(db: Session, call: CallId, now: datetime) -> None:
    """Who asked twice is rung once: the older promise to the same number on the same line ends."""
    newer = select(_B.number_hash).where(_B.call_id == call).scalar_subquery()
    line = select(_B.line).where(_B.call_id == call).scalar_subquery()
    event = CallbackEvent.ASKED_ANEW
    (becomes,) = {advance(state, event) for state in states_before(event)}
    older = (_B.number_hash == newer) & (_B.line == line) & (_B.call_id != call)
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
        "at": consent.at,
        "question": consent.question,
        "words": consent.words,
        "answer": consent.answer,
    }
    db.connection().execute(insert(_CONSENT).values(values))
