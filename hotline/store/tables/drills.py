"""Drills that were played."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class DrillRow(SQLModel, table=True):
    """What came of practice callers; their calls are nowhere else. lines: JSON."""

    __tablename__ = "drill"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime  # the instant that was played
    played: datetime = Field(index=True)
    stranded: int
    double_booked: int
    lines: str


class DrillWordRow(SQLModel, table=True):
    """Whether somebody agreed to be rung in drills: appended, the last word holds."""

    __tablename__ = "drill_word"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    agrees: bool
    at: datetime
    way: str = Field(max_length=16)
