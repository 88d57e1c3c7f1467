"""What people do by telephone: their PINs, their calls to us, their word on lines."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class PinRow(SQLModel, table=True):
    """A person's PIN, as a hash. wrong: in a row; locked_until: none is looked at before."""

    __tablename__ = "pin"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    hash: str
    wrong: int = 0
    locked_until: datetime | None = None


class StaffCallRow(SQLModel, table=True):
    """A call of somebody who works here. admitted: since when the PIN was right."""

    __tablename__ = "staff_call"
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True, max_length=32)
    sid: str = Field(unique=True, max_length=64)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(index=True)
    admitted: datetime | None = None


class LineChangeRow(SQLModel, table=True):
    """A supervisor's word on a line for a time. Never edited; one that is lifted counts no more."""

    __tablename__ = "line_change"
    id: int | None = Field(default=None, primary_key=True)
    line: str = Field(max_length=64)
    desks: str = ""  # other desks answer; empty: nobody does
    starts: datetime
    ends: datetime = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")  # whose word
    lifted_at: datetime | None = None
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
