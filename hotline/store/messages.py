"""Messages that callers left: where they are, and who has seen to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import String, cast, func, select, update
from sqlmodel import Session

from hotline.alarms import AlarmKind
from hotline.calls.routing import CallId
from hotline.config.settings import LineName
from hotline.promises.states import MessageId
from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_MESSAGE: Final = TABLES["message"]
_M: Final = _MESSAGE.c
_A: Final = TABLES["alarm"].c


@dataclass(frozen=True)
class NewMessage:
    """A recording of a caller, kept by the carrier. due: to be answered by then."""

    call: CallId
    line: LineName
    at: datetime
    recording: str
    seconds: int
    due: datetime


@dataclass(frozen=True)
class Message:
    """A message that is not answered yet. recording: the carrier's id of it."""

    id: MessageId
    line: LineName
    left: datetime
    due: datetime
    seconds: int
    recording: str
    heard: datetime | None
    fetched: datetime | None


def keep_message(db: Session, message: NewMessage) -> MessageId | None:
    """Record where a message is, once for each call; its number, or None if it was known."""
    values = {
        "call_id": message.call,
        "line": message.line,
        "at": message.at,
        "recording_sid": message.recording,
        "seconds": message.seconds,
        "due": message.due,
        "tries": 0,
        "next_at": message.at,
    }
    new = insert_new(db, _MESSAGE, values, "call_id").returning(_M.id)
    row = db.connection().execute(new).first()
    return None if row is None else MessageId(row.id)


def open_messages(db: Session) -> tuple[Message, ...]:
    """Messages that nobody has answered, the oldest first."""
    statement = select(_MESSAGE).where(_M.answered.is_(None)).order_by(_M.at, _M.id)
    return tuple(
        Message(
            id=MessageId(row.id),
            line=LineName(row.line),
            left=row.at,
            due=row.due,
            seconds=row.seconds,
            recording=row.recording_sid,
            heard=row.heard,
            fetched=row.fetched,
        )
        for row in db.connection().execute(statement)
    )


def hear_message(db: Session, message: MessageId, now: datetime) -> bool:
    """True if this request marks an unheard message as listened to."""
    heard = update(_MESSAGE).where(_M.id == message, _M.heard.is_(None)).values(heard=now)
    return db.connection().execute(heard.returning(_M.id)).first() is not None


def answer_message(db: Session, message: MessageId, now: datetime) -> bool:
    """True if this request marks a message as answered; then it counts as listened to."""
    mine = update(_MESSAGE).where(_M.id == message, _M.answered.is_(None))
    done = mine.values(answered=now, heard=func.coalesce(_M.heard, now)).returning(_M.id)
    return db.connection().execute(done).first() is not None


def late_messages(db: Session, now: datetime) -> tuple[MessageId, ...]:
    """Messages past their time of which no alarm was ever raised."""
    told = select(_A.id).where(_A.kind == AlarmKind.UNANSWERED, _A.subject == cast(_M.id, String))
    late = select(_M.id).where(_M.answered.is_(None), _M.due <= now, ~told.exists())
    rows = db.connection().execute(late.order_by(_M.due, _M.id))
    return tuple(MessageId(row.id) for row in rows)
