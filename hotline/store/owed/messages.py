"""Messages that callers left: where they are, and who has seen to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, String, cast, func, select, true, update
from sqlmodel import Session

from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName
from hotline.oversight.alarms import AlarmKind
from hotline.promises.states import MessageId
from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_MESSAGE: Final = TABLES["message"]
_M: Final = _MESSAGE.c
_A: Final = TABLES["alarm"].c
_CALL: Final = TABLES["call"].c


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
    """A message. recording: the carrier's id of it; answered: None, somebody still waits.

    withheld: the caller's number is not known.
    """

    id: MessageId
    call: CallId
    line: LineName
    left: datetime
    due: datetime
    seconds: int
    recording: str
    heard: datetime | None
    fetched: datetime | None
    answered: datetime | None
    withheld: bool


def keep_message(db: Session, message: NewMessage) -> MessageId | None:
    """Record where a message is, once for each recording; its number, or None if it was known."""
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
    new = insert_new(db, _MESSAGE, values, "call_id", "recording_sid").returning(_M.id)
    row = db.connection().execute(new).first()
    return None if row is None else MessageId(row.id)


def open_messages(
    db: Session, lines: Collection[LineName] | None = None, most: int = 1000, after: int = 0
) -> tuple[Message, ...]:
    """Messages that nobody has answered, of these lines or of all: those to hear first, by due."""
    statement = _MESSAGES.where(_M.answered.is_(None), _of(lines))
    ordered = statement.order_by(_M.heard.is_not(None), _M.due, _M.id)
    return tuple(
        _message(row) for row in db.connection().execute(ordered.limit(most).offset(after))
    )


def count_messages(db: Session, lines: Collection[LineName]) -> int:
    """How many messages of these lines nobody has answered."""
    counted = select(func.count()).where(_M.answered.is_(None), _of(lines))
    return int(db.connection().execute(counted).scalar_one())


def message_of(db: Session, message: MessageId) -> Message | None:
    """The message of that number."""
    row = db.connection().execute(_MESSAGES.where(_M.id == message)).first()
    return None if row is None else _message(row)


def _of(lines: Collection[LineName] | None) -> ColumnElement[bool]:
    return true() if lines is None else _M.line.in_(sorted(lines))


_MESSAGES: Final[Select[Any]] = select(
    _MESSAGE, _CALL.caller_cipher.is_(None).label("withheld")
).join(_CALL.id.table, _CALL.id == _M.call_id)


def _message(row: Row[Any]) -> Message:
    return Message(
        id=MessageId(row.id),
        call=CallId(row.call_id),
        line=LineName(row.line),
        left=row.at,
        due=row.due,
        seconds=row.seconds,
        recording=row.recording_sid,
        heard=row.heard,
        fetched=row.fetched,
        answered=row.answered,
        withheld=row.withheld,
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
