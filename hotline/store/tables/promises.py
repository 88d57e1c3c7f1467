"""What callers were promised, what they agreed to, and what they left."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class CallbackRow(SQLModel, table=True):
    """A promise to ring a caller who agreed to it. The number is here encrypted and as a hash."""

    __tablename__ = "callback"
    __table_args__ = (
        Index(
            "ix_callback_open",
            "state",
            sqlite_where=text("done IS NULL"),
            postgresql_where=text("done IS NULL"),
        ),
        Index("ix_callback_state", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: int | None = Field(
        default=None, foreign_key="call.id", unique=True
    )  # None: asked for by form
    line: str = Field(max_length=64)
    asked: datetime
    due: datetime
    done: datetime | None = None  # kept, or nobody waits for it any more
    state: str = Field(max_length=16)
    number_cipher: bytes | None = None  # None: the one they called from
    number_hash: str | None = Field(default=None, max_length=64, index=True)
    safe: str = Field(max_length=16)
    leave_word: bool = False
    urgent: bool = False
    attempts: int = 0  # times the caller's telephone was rung
    next_at: datetime  # not rung before
    return_id: int | None = None  # the call that keeps it now, or tried to last
    person_id: int | None = Field(default=None, foreign_key="person.id")  # who is to keep it


class AttemptRow(SQLModel, table=True):
    """One try to keep a callback: the call it was, when the caller was rung, what came of it."""

    __tablename__ = "attempt"
    call_id: int = Field(foreign_key="call.id", primary_key=True)
    callback_id: int = Field(foreign_key="callback.id", index=True)
    offered: datetime
    rung: datetime | None = None
    picked_up: datetime | None = None
    result: str | None = Field(default=None, max_length=16)


class ConsentRow(SQLModel, table=True):
    """What a caller was asked and what they answered, appended and never edited."""

    __tablename__ = "consent"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int | None = Field(default=None, foreign_key="call.id", index=True)
    callback_id: int | None = Field(
        default=None, foreign_key="callback.id", index=True
    )  # if by form
    at: datetime
    question: str = Field(max_length=32)
    words: str  # as spoken, without a number
    answer: str = Field(max_length=16)


class FormCountRow(SQLModel, table=True):
    """How many forms came in one hour, from one address or from everywhere: no address is kept."""

    __tablename__ = "form_count"
    key: str = Field(primary_key=True, max_length=64)  # a keyed hash that changes with the hour
    count: int
    ends: datetime = Field(index=True)


class MessageRow(SQLModel, table=True):
    """A voicemail: where the carrier keeps it, and who has seen to it."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("call_id", "recording_sid", name="uq_message_recording"),
        Index(
            "ix_message_open",
            "line",
            sqlite_where=text("answered IS NULL"),
            postgresql_where=text("answered IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id")
    line: str = Field(max_length=64)
    at: datetime
    recording_sid: str = Field(max_length=64, index=True)
    seconds: int
    heard: datetime | None = None
    due: datetime  # to be answered by then
    answered: datetime | None = None
    fetched: datetime | None = None
    erased: datetime | None = None  # at the carrier
    tries: int = 0  # to fetch it, and then to erase it
    next_at: datetime  # not tried before


class RecordingRow(SQLModel, table=True):
    """What was said in a message, encrypted."""

    __tablename__ = "recording"
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    cipher: bytes
