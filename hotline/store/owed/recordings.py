"""Recordings: fetched once from the carrier, kept encrypted, and then erased at the carrier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, select, update
from sqlmodel import Session

from hotline.promises.states import UNKNOWN, MessageId
from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_MESSAGE: Final = TABLES["message"]
_M: Final = _MESSAGE.c
_RECORDING: Final = TABLES["recording"]
_R: Final = _RECORDING.c


@dataclass(frozen=True)
class Held:
    """A recording that the carrier has. tries: to do what is due with it, this one included."""

    message: MessageId
    recording: str
    fetched: bool
    forgotten: bool  # here it is no more, and there it must not be either
    tries: int


def recordings_due(db: Session, now: datetime, *, erase: bool) -> tuple[MessageId, ...]:
    """Messages to fetch, or to erase at the carrier if that is wanted; the oldest first."""
    statement = select(_M.id).where(_due(now, erase)).order_by(_M.at, _M.id)
    return tuple(MessageId(row.id) for row in db.connection().execute(statement))


def claim_recording(
    db: Session, message: MessageId, now: datetime, until: datetime, *, erase: bool
) -> Held | None:
    """For one worker only: what to fetch or to erase. Nobody else is given it before `until`."""
    mine = update(_MESSAGE).where(_M.id == message, _due(now, erase))
    claimed = mine.values(next_at=until, tries=_M.tries + 1)
    back = claimed.returning(_M.recording_sid, _M.fetched, _M.tries)
    row = db.connection().execute(back).first()
    if row is None:
        return None
    fetched = row.fetched is not None
    forgotten = fetched and recording_of(db, message) is None
    return Held(message, row.recording_sid, fetched, forgotten, row.tries)


def _due(now: datetime, erase: bool) -> ColumnElement[bool]:
    forgotten = _M.erased.is_(None) & _FORGOTTEN
    here = _M.erased.is_(None) if erase else _M.fetched.is_(None) | forgotten
    return here & (_M.next_at <= now) & (_M.recording_sid != UNKNOWN)


_FORGOTTEN: Final = _M.fetched.is_not(None) & ~exists(
    select(_R.message_id).where(_R.message_id == _M.id)
)


def keep_recording(
    db: Session, message: MessageId, cipher: bytes, now: datetime, until: datetime
) -> None:
    """What was said, encrypted; a second one of the same message is dropped.

    until: whoever fetched it has so long to have it erased.
    """
    values = {"message_id": message, "cipher": cipher}
    db.connection().execute(insert_new(db, _RECORDING, values, "message_id"))
    mine = update(_MESSAGE).where(_M.id == message, _M.fetched.is_(None))
    db.connection().execute(mine.values(fetched=now, next_at=until, tries=0))


def note_erased(db: Session, message: MessageId, now: datetime) -> None:
    """The carrier has it no more."""
    db.connection().execute(update(_MESSAGE).where(_M.id == message).values(erased=now))


def put_off_recording(db: Session, message: MessageId, until: datetime) -> None:
    """It did not work: not tried again before `until`."""
    db.connection().execute(update(_MESSAGE).where(_M.id == message).values(next_at=until))


def recording_of(db: Session, message: MessageId) -> bytes | None:
    """What was said in a message, encrypted; None: it is not here."""
    row = db.connection().execute(select(_R.cipher).where(_R.message_id == message)).first()
    return None if row is None else bytes(row.cipher)
