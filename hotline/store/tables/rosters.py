"""Rosters as they were built and published."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class BuildRow(SQLModel, table=True):
    """One run of the solver: the whole question and the whole answer, as JSON.

    version: counts the edits by hand; edited_pins, edited_result: what they made of both, if any.
    """

    __tablename__ = "build"
    id: int | None = Field(default=None, primary_key=True)
    week: str = Field(max_length=8, index=True)
    built_at: datetime
    status: str = Field(max_length=16)
    price: int
    bound: int
    problem: str
    result: str
    version: int = 0
    edited_pins: str | None = None
    edited_result: str | None = None


class RosterEditRow(SQLModel, table=True):
    """One change by hand to the drafts of a build, or one taken back. Never changed."""

    __tablename__ = "roster_edit"
    __table_args__ = (UniqueConstraint("build_id", "version", name="uq_roster_edit_version"),)
    id: int | None = Field(default=None, primary_key=True)
    build_id: int = Field(foreign_key="build.id")
    version: int  # of the build when it was made
    kind: str = Field(max_length=8)
    made: str  # the edit as JSON
    at: datetime
    by: str = Field(max_length=120)


class RosterRow(SQLModel, table=True):
    """Who works when, one desk and week. At most one is published for each."""

    __tablename__ = "roster"
    __table_args__ = (
        Index(
            "uq_roster_published",
            "desk",
            "week",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    build_id: int | None = Field(default=None, foreign_key="build.id")
    desk: str = Field(max_length=64)
    week: str = Field(max_length=8)
    state: str = Field(max_length=16)
    created_at: datetime
    published_at: datetime | None = None
    archived_at: datetime | None = None
    accepted_gaps: str | None = Field(default=None, max_length=400)  # why, though below its floor


class AssignmentRow(SQLModel, table=True):
    """A person in a slot of a roster."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_span", "starts", "ends"),)
    id: int | None = Field(default=None, primary_key=True)
    roster_id: int = Field(foreign_key="roster.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    shift: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    starts: datetime
    ends: datetime
    pinned: bool = False


class RotaVersionRow(SQLModel, table=True):
    """One row: triggers change its token with everything that a rota is read from."""

    __tablename__ = "rota_version"
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(max_length=40)
