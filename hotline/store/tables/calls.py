"""Calls, their legs, and what happened in them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class CallRow(SQLModel, table=True):
    """A caller's whole contact. The number is here encrypted and as a keyed hash, nowhere else."""

    __tablename__ = "call"
    __table_args__ = (
        Index(
            "ix_call_open",
            "state",
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index(  # what a caller's earlier calls mean for a new one depends on these alone
            "ix_call_talked",
            "caller_hash",
            "arrived",
            sqlite_where=text("joined IS NOT NULL"),
            postgresql_where=text("joined IS NOT NULL"),
        ),
        Index(  # a year of crises is read wherever load is weighed
            "ix_call_urgent",
            "arrived",
            sqlite_where=text("urgent = 1"),
            postgresql_where=text("urgent"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True, max_length=32)  # stands in URLs and conference names
    sid: str = Field(unique=True, max_length=64)
    line: str = Field(max_length=64)
    state: str = Field(max_length=16)
    caller_cipher: bytes | None = None  # None: number withheld
    caller_hash: str | None = Field(default=None, max_length=64, index=True)
    arrived: datetime = Field(index=True)
    since: datetime  # start of the present wait: the ceiling counts from here
    expected: datetime  # the caller's own leg shows a sign of life before this, or is gone
    same_id: int | None = None  # the person who is rung for them first
    delayed: bool = False  # rung for after everybody else, but once in the first minute
    decided: str | None = Field(default=None, max_length=16)  # mark of the last decision
    urgent: bool = False  # the caller pressed the emergency key
    by_dial: bool = False  # REST failed: people are reached by <Dial> from the caller's leg
    cut_off: bool = False  # a volunteer dropped out: this caller comes first
    room_sid: str | None = Field(default=None, max_length=64)  # the carrier's id of the room
    time_told: int = 0  # how many notes of the time this conversation has had
    leg_id: int | None = None  # the leg that won the call
    accepted: datetime | None = None
    joined: datetime | None = None
    ended: datetime | None = None
    outcome: str | None = Field(default=None, max_length=16)
    wish: str = ""  # whom the caller asked for, and what of it was given up: JSON, or empty
    came_to: str | None = Field(
        default=None, max_length=64
    )  # the line dialled, if `line` took over
    crossed: datetime | None = None  # when that was
    ways_tried: str = ""  # lines and partners that the exit has led to, and so offers no more
    leaves_message: bool = False  # pressed the key for it while waiting
    callback_id: int | None = None  # we ring the caller, as was promised; else the caller rang us


class LegRow(SQLModel, table=True):
    """One telephone connection to a volunteer inside a call."""

    __tablename__ = "leg"
    __table_args__ = (
        Index(
            "ix_leg_live",
            "state",
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True, max_length=32)
    call_id: int = Field(foreign_key="call.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    desk: str = Field(max_length=64)
    part: str = Field(default="answer", max_length=16)
    place: str = Field(default="room", max_length=16)
    by_dial: bool = False
    state: str = Field(max_length=16)
    sid: str | None = Field(default=None, max_length=64)
    planned: datetime = Field(index=True)
    until: datetime  # over, whether or not anybody tells us
    seen: datetime | None = None  # when it last asked us something in a conversation
    ended: datetime | None = Field(default=None, index=True)
    result: str | None = Field(default=None, max_length=16)


class CallEventRow(SQLModel, table=True):
    """What happened, appended and never edited."""

    __tablename__ = "call_event"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    leg_id: int | None = None
    at: datetime
    kind: str = Field(max_length=32)
    detail: str = ""
