"""Work on rosters that somebody asked for on a page."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class LineWeekRow(SQLModel, table=True):
    """A week that is over, summed up for one line: what was promised, and what callers got."""

    __tablename__ = "line_week"
    line: str = Field(primary_key=True, max_length=64)
    week: str = Field(primary_key=True, max_length=8)
    promised: str  # JSON
    delivered: str  # JSON


class RosterJobRow(SQLModel, table=True):
    """A build, a search for repairs, or a rehearsal. The same is asked for once at a time."""

    __tablename__ = "roster_job"
    __table_args__ = (
        Index(
            "uq_roster_job_open",
            "kind",
            "week",
            "desks",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        Index("ix_roster_job_week", "week", "kind"),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    week: str = Field(max_length=8)
    desks: str  # names, one a line
    seconds: float | None = None
    weeks: int = 1  # running, built as one
    asked_by: str = Field(max_length=120)
    asked_at: datetime
    state: str = Field(max_length=16)
    tries: int = 0
    holder: str | None = Field(default=None, max_length=40)  # a worker's word, new for each try
    leased_until: datetime | None = None
    stop_asked: bool = False
    so_far: str = "{}"  # JSON
    began: datetime | None = None
    ended: datetime | None = None
    build_id: int | None = Field(default=None, foreign_key="build.id")
    failure: str | None = None
    found: str | None = None  # JSON: repairs, or a rehearsal
