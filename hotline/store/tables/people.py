"""Who there is, what they hold, when they cannot come, and whether they may be rung."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """A volunteer. `availability`, `preferred`, `unwanted`: weekly grids as written in the CSV.

    shares_address: somebody had it before, from when nobody saw to that.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "uq_person_address",
            "address",
            unique=True,
            sqlite_where=text("active AND NOT shares_address AND address <> ''"),
            postgresql_where=text("active AND NOT shares_address AND address <> ''"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=120)
    address: str = Field(max_length=200)
    languages: str = Field(max_length=40)
    desks: str = Field(max_length=400)
    availability: str = ""
    preferred: str = ""
    unwanted: str = ""
    supervised_turns: int = 0
    shifts_a_week: int
    hours_a_week: float
    nights_a_week: int
    nights_running: int
    standing: str = Field(default="full", max_length=16)
    agreement: str = ""  # clauses as written in the CSV
    role: str = Field(default="volunteer", max_length=16)
    notices: str = Field(default="", max_length=32)  # ways, in the order tried; empty: every way
    gender: str = Field(default="", max_length=8)  # woman or man; empty: not said
    dialects: str = Field(default="", max_length=120)
    active: bool = True
    left_at: datetime | None = None  # since when not active; else the nightly purge notes it
    shares_address: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class AbsenceRow(SQLModel, table=True):
    """A time in which a person cannot come, whatever they said before or were promised."""

    __tablename__ = "absence"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts: datetime
    ends: datetime = Field(index=True)
    noted_at: datetime
    dropped_at: datetime | None = None  # it was taken back then


class CertificateRow(SQLModel, table=True):
    """Training a person holds up to and including the site-local day `last_day`."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("person_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=64)
    last_day: date
    until: datetime  # the first instant it is no longer valid, from last_day in the site's zone


class PresenceRow(SQLModel, table=True):
    """Whether a person may be rung now. Reserved for one leg at most, by one UPDATE."""

    __tablename__ = "presence"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    leg_id: int | None = None
    until: datetime | None = None  # the reservation heals itself then
    talking: bool = False
    free_at: datetime  # end of wrap-up
    last_ended: datetime | None = None
    talk_seconds: int = 0  # in this stretch of work
    missed: int = 0  # calls in a row rung out unanswered
    missed_at: datetime | None = None  # the last of them
    refused: bool = False  # the carrier said that the number cannot be rung


class AttendanceRow(SQLModel, table=True):
    """What somebody told us of their coming and going: appended, never edited."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_person", "person_id", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str = Field(max_length=16)
    at: datetime
    until: datetime | None = None
    duty: datetime | None = None  # the start of the duty it is about
    way: str = Field(max_length=16)
