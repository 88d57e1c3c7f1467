"""The calendars that volunteers subscribe to."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class CalendarRow(SQLModel, table=True):
    """The secret address of somebody's calendar, hashed; a new one ends the one before."""

    __tablename__ = "calendar"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret_hash: str = Field(max_length=64, unique=True)
    made: datetime


class CalendarEventRow(SQLModel, table=True):
    """An event as the calendar last told it: what changes or goes must be told as a change."""

    __tablename__ = "calendar_event"
    __table_args__ = (UniqueConstraint("person_id", "uid"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    uid: str = Field(max_length=160)
    desk: str = Field(max_length=64)
    standby: bool
    starts: datetime
    ends: datetime
    sequence: int
    cancelled: bool
    changed: datetime
