"""Promises to call back, and messages left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.calls.routing import CallId
from hotline.config.settings import LineName
from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_CALLBACK: Final = TABLES["callback"]
_MESSAGE: Final = TABLES["message"]
_CALL: Final = TABLES["call"].c
_B: Final = _CALLBACK.c
_M: Final = _MESSAGE.c


@dataclass(frozen=True)
class Callback:
    """A caller who agreed to be rung back. cipher: the number, encrypted."""

    id: int
    line: LineName
    asked: datetime
    due: datetime
    cipher: bytes


def promise_callback(
    db: Session, call: CallId, line: LineName, asked: datetime, due: datetime
) -> None:
    """Record the consent and the promise, once for each call."""
    values = {"call_id": call, "line": line, "asked": asked, "due": due}
    db.connection().execute(insert_new(db, _CALLBACK, values, "call_id"))


def has_callback(db: Session, call: CallId) -> bool:
    """Whether the caller agreed to be rung back."""
    return db.connection().execute(select(_B.id).where(_B.call_id == call)).first() is not None


def open_callbacks(db: Session) -> tuple[Callback, ...]:
    """Promises not kept yet, the most urgent first."""
    statement = (
        select(_B.id, _B.line, _B.asked, _B.due, _CALL.caller_cipher)
        .join(_CALL.id.table, _CALL.id == _B.call_id)
        .where(_B.done.is_(None))
        .order_by(_B.due, _B.id)
    )
    return tuple(
        Callback(row.id, LineName(row.line), row.asked, row.due, row.caller_cipher)
        for row in db.connection().execute(statement)
    )


def keep_callback(db: Session, callback: int, now: datetime) -> bool:
    """True if this request marks an open promise as kept."""
    kept = update(_CALLBACK).where(_B.id == callback, _B.done.is_(None)).values(done=now)
    return db.connection().execute(kept.returning(_B.id)).first() is not None


@dataclass(frozen=True)
class NewMessage:
    """A recording of a caller, kept by the carrier."""

    call: CallId
    line: LineName
    at: datetime
    recording: str
    seconds: int


@dataclass(frozen=True)
class Message:
    """A recording that nobody has listened to. recording: the carrier's id of it."""

    id: int
    line: LineName
    left: datetime
    seconds: int
    recording: str


def unheard_messages(db: Session) -> tuple[Message, ...]:
    """Messages nobody has listened to, the oldest first."""
    statement = (
        select(_M.id, _M.line, _M.at, _M.seconds, _M.recording_sid)
        .where(_M.heard.is_(None))
        .order_by(_M.at, _M.id)
    )
    return tuple(
        Message(row.id, LineName(row.line), row.at, row.seconds, row.recording_sid)
        for row in db.connection().execute(statement)
    )


def hear_message(db: Session, message: int, now: datetime) -> bool:
    """True if this request marks an unheard message as listened to."""
    heard = update(_MESSAGE).where(_M.id == message, _M.heard.is_(None)).values(heard=now)
    return db.connection().execute(heard.returning(_M.id)).first() is not None


def keep_message(db: Session, message: NewMessage) -> None:
    """Record where a message is, once for each call."""
    values = {
        "call_id": message.call,
        "line": message.line,
        "at": message.at,
        "recording_sid": message.recording,
        "seconds": message.seconds,
    }
    db.connection().execute(insert_new(db, _MESSAGE, values, "call_id"))
