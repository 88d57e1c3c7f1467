"""Counts by day, so that a report scans no calls. What each means: hotline.reports.figures."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel


class LineDayRow(SQLModel, table=True):
    """One line on one day of the site's calendar; counted anew until nothing changes any more."""

    __tablename__ = "line_day"
    line: str = Field(primary_key=True, max_length=64)
    day: date = Field(primary_key=True, index=True)
    made: datetime
    calls: int
    short: int
    answered: int
    prompt: int
    left: int
    callbacks: int
    messages: int
    referred: int
    exited: int
    wait_seconds: int
    longest_wait: int
    talk_seconds: int
    known: int
    repeats: int
    rated: int
    high_risk: int
    due: int
    kept: int
    follow_due: int
    follow_kept: int


class DeskDayRow(SQLModel, table=True):
    """One desk on one day."""

    __tablename__ = "desk_day"
    desk: str = Field(primary_key=True, max_length=64)
    day: date = Field(primary_key=True, index=True)
    made: datetime
    talks: int
    busy_seconds: int
    there_seconds: int


class DutyDayRow(SQLModel, table=True):
    """How many night shifts, or 24-hour duties, somebody began at a desk on a day."""

    __tablename__ = "duty_day"
    desk: str = Field(primary_key=True, max_length=64)
    day: date = Field(primary_key=True, index=True)
    person: str = Field(primary_key=True, max_length=64)  # the code
    kind: str = Field(primary_key=True, max_length=16)
    shifts: int
