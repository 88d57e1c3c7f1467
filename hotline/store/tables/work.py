"""Timed work, the years before ours, and what people are told."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class JobRunRow(SQLModel, table=True):
    """A firing of a timed job, claimed by one INSERT so that two workers never do it twice."""

    __tablename__ = "job_run"
    job: str = Field(primary_key=True, max_length=40)
    slot: datetime = Field(primary_key=True)


class ImportedCallsRow(SQLModel, table=True):
    """Calls of a line in one half hour of the time before ours, as an imported file has them."""

    __tablename__ = "imported_calls"
    line: str = Field(primary_key=True, max_length=64)
    start: datetime = Field(primary_key=True)  # on the half hour
    calls: float  # half of an hour's, where a file counts by hours


class NoticeRow(SQLModel, table=True):
    """Something a person is to be told outside of a call. words: JSON, never a caller's number."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_due",
            "due",
            sqlite_where=text("done IS NULL"),
            postgresql_where=text("done IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True, max_length=120)  # told once
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = Field(max_length=32)
    words: str = "{}"
    posted: datetime
    due: datetime
    expires: datetime  # pointless later
    taken_until: datetime | None = None
    attempts: int = 0
    done: datetime | None = None
    failure: str | None = None


class AlarmRow(SQLModel, table=True):
    """Something a supervisor must know until it is over. At most one is open for a subject."""

    __tablename__ = "alarm"
    __table_args__ = (
        Index(
            "uq_alarm_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("cleared IS NULL"),
            postgresql_where=text("cleared IS NULL"),
        ),
        Index("ix_alarm_subject", "kind", "subject"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=32)
    subject: str = Field(max_length=120)  # what it is about: a line, a person's code, a call's id
    detail: str = ""
    raised: datetime
    cleared: datetime | None = None
