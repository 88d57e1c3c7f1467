"""What there is of one caller, and how it goes: in one transaction, and only what is over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlmodel import Session

from hotline.promises.states import CallbackState
from hotline.store.tables import TABLES
from hotline.store.upkeep.too_old import FOLLOW_UP_DUE, NAMELESS_CALL, PROMISE_OPEN, UNANSWERED

_CALL: Final = TABLES["call"].c
_LEG: Final = TABLES["leg"].c
_FORM: Final = TABLES["call_form"].c
_CALLBACK: Final = TABLES["callback"].c
_MESSAGE: Final = TABLES["message"].c
_RECORDING: Final = TABLES["recording"].c
_CALLER: Final = TABLES["caller"].c
_ACT: Final = TABLES["caller_act"].c
_HANDOVER: Final = TABLES["handover"].c
_WEBHOOK: Final = TABLES["webhook"].c

Hashes = Collection[str]


@dataclass(frozen=True)
class OfCaller:
    """How much there is. going_on: calls that are not over; acts: what people decided of them."""

    calls: int
    going_on: int
    notes: int
    messages: int
    unanswered: int
    callbacks: int
    promises: int  # of the callbacks those that somebody waits for
    follow_ups: int
    acts: int


def of_caller(db: Session, hashes: Hashes) -> OfCaller:
    """All that is known of whoever has one of these hashes."""
    calls, theirs = _calls(hashes), _callbacks(hashes)
    return OfCaller(
        calls=_count(db, _CALL.id, _CALL.id.in_(calls)),
        going_on=_count(db, _CALL.id, _CALL.id.in_(calls), _CALL.state != "closed"),
        notes=_count(db, _FORM.leg_id, _FORM.call_id.in_(calls), _FORM.note_cipher.is_not(None)),
        messages=_count(db, _MESSAGE.id, _MESSAGE.call_id.in_(calls)),
        unanswered=_count(db, _MESSAGE.id, _MESSAGE.call_id.in_(calls), UNANSWERED),
        callbacks=_count(db, _CALLBACK.id, theirs),
        promises=_count(db, _CALLBACK.id, theirs, PROMISE_OPEN),
        follow_ups=_count(db, _FORM.leg_id, _FORM.call_id.in_(calls), FOLLOW_UP_DUE),
        acts=_count(db, _ACT.id, _ACT.hash.in_(hashes))
        + _count(db, _CALLER.hash, _CALLER.hash.in_(hashes)),
    )


def forget_notes(db: Session, hashes: Hashes) -> None:
    """Notes after their conversations go; that there was one, its risk and its kind stay."""
    _change(db, _FORM.call_id.in_(_calls(hashes)), _FORM, note_cipher=None)


def forget_caller(db: Session, hashes: Hashes, now: datetime) -> None:
    """Nothing leads to the caller any more; nobody waits for anything. Notes stay as they are.

    A recording that the carrier still has is erased there by the job that fetches them.
    """
    calls = _calls(hashes)
    _change(db, _LEG.call_id.in_(calls), _LEG, sid=None)
    _change(db, _HANDOVER.call_id.in_(calls), _HANDOVER, reference=None)
    _change(db, _WEBHOOK.call_id.in_(calls), _WEBHOOK, document="")
    _change(db, _FORM.call_id.in_(calls) & FOLLOW_UP_DUE, _FORM, follow_up=None)
    recordings = select(_MESSAGE.id).where(_MESSAGE.call_id.in_(calls))
    gone = delete(TABLES["recording"]).where(_RECORDING.message_id.in_(recordings))
    db.connection().execute(gone)
    _change(db, _MESSAGE.call_id.in_(calls), _MESSAGE, **_seen_to(now))
    _end_promises(db, _callbacks(hashes), now)
    for hashed in (_ACT.hash, _CALLER.hash):
        db.connection().execute(delete(hashed.table).where(hashed.in_(hashes)))
    _change(db, _CALL.caller_hash.in_(hashes), _CALL, caller_cipher=None, **NAMELESS_CALL)


def _end_promises(db: Session, theirs: ColumnElement[bool], now: datetime) -> None:
    """One that was open has run out: it was not kept."""
    still = theirs & (_CALLBACK.state == CallbackState.OPEN)
    _change(db, still, _CALLBACK, state=CallbackState.EXPIRED)
    done = func.coalesce(_CALLBACK.done, now)
    _change(db, theirs, _CALLBACK, done=done, number_cipher=None, number_hash=None)


def _seen_to(now: datetime) -> dict[str, object]:
    return {
        "answered": func.coalesce(_MESSAGE.answered, now),
        "fetched": func.coalesce(_MESSAGE.fetched, now),  # so nobody fetches it any more
        "tries": 0,
        "next_at": now,
    }


def _calls(hashes: Hashes) -> Select[Any]:
    return select(_CALL.id).where(_CALL.caller_hash.in_(hashes))


def _callbacks(hashes: Hashes) -> ColumnElement[bool]:
    return _CALLBACK.number_hash.in_(hashes) | _CALLBACK.call_id.in_(_calls(hashes))


def _count(db: Session, key: Any, *conditions: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(key.table).where(*conditions)
    return int(db.connection().execute(counted).scalar_one())


def _change(db: Session, mine: ColumnElement[bool], columns: Any, **values: object) -> None:
    table = next(iter(columns)).table
    db.connection().execute(update(table).where(mine).values(**values))
