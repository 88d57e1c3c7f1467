"""The tables. They only store: domain types validate, the store converts.

Times are plain `datetime` fields: SQLModel keeps them aware and UTC on both databases.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class PersonRow(SQLModel, table=True):
    """A volunteer. `availability`, `preferred`, `unwanted`: weekly grids as written in the CSV."""

    __tablename__ = "person"
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
    active: bool = True


class AbsenceRow(SQLModel, table=True):
    """A time in which a person cannot come, whatever they said before or were promised."""

    __tablename__ = "absence"
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts: datetime
    ends: datetime = Field(index=True)
    noted_at: datetime


class CertificateRow(SQLModel, table=True):
    """Training a person holds up to and including the site-local day `last_day`."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("person_id", "name"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=64)
    last_day: date
    until: datetime  # the first instant it is no longer valid, from last_day in the site's zone


class BuildRow(SQLModel, table=True):
    """One run of the solver: the whole question and the whole answer, as JSON."""

    __tablename__ = "build"
    id: int | None = Field(default=None, primary_key=True)
    week: str = Field(max_length=8, index=True)
    built_at: datetime
    status: str = Field(max_length=16)
    price: int
    bound: int
    problem: str
    result: str


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
    urgent: bool = False  # the caller pressed the emergency key
    by_dial: bool = False  # REST failed: people are reached by <Dial> from the caller's leg
    leg_id: int | None = None  # the leg that won the call
    accepted: datetime | None = None
    joined: datetime | None = None
    ended: datetime | None = None
    outcome: str | None = Field(default=None, max_length=16)


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
    by_dial: bool = False
    state: str = Field(max_length=16)
    sid: str | None = Field(default=None, max_length=64)
    planned: datetime
    until: datetime  # over, whether or not anybody tells us
    ended: datetime | None = None
    result: str | None = Field(default=None, max_length=16)


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


class CallEventRow(SQLModel, table=True):
    """What happened, appended and never edited."""

    __tablename__ = "call_event"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    leg_id: int | None = None
    at: datetime
    kind: str = Field(max_length=32)
    detail: str = ""


class WebhookRow(SQLModel, table=True):
    """What we answered to a request of the carrier: a repeat gets the same document."""

    __tablename__ = "webhook"
    key: str = Field(primary_key=True, max_length=64)
    at: datetime = Field(index=True)
    document: str


class OutboxRow(SQLModel, table=True):
    """What must be sent to the carrier after the commit that decided it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "due",
            sqlite_where=text("done IS NULL"),
            postgresql_where=text("done IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    call_id: int = Field(foreign_key="call.id")
    leg_id: int | None = Field(default=None, index=True)  # for a move: whose call it is now
    due: datetime
    expires: datetime  # pointless later
    taken_until: datetime | None = None
    attempts: int = 0
    done: datetime | None = None
    failure: str | None = None


class PaceRow(SQLModel, table=True):
    """When the carrier accepts the next new leg (calls per second)."""

    __tablename__ = "pace"
    name: str = Field(primary_key=True, max_length=16)
    next: datetime


class CallbackRow(SQLModel, table=True):
    """A promise to ring a caller who agreed to it."""

    __tablename__ = "callback"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", unique=True)
    line: str = Field(max_length=64)
    asked: datetime
    due: datetime
    done: datetime | None = None


class MessageRow(SQLModel, table=True):
    """A voicemail: where the carrier keeps it."""

    __tablename__ = "message"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", unique=True)
    line: str = Field(max_length=64)
    at: datetime
    recording_sid: str = Field(max_length=64)
    seconds: int
    heard: datetime | None = None


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


TABLES: Final = SQLModel.metadata.tables  # by name, for statements without entities

# Written out, not bound: only then do the partial indexes above serve, and a table of a million
# past calls costs no more than an empty one.
OPEN_CALL: Final = TABLES["call"].c.state != text("'closed'")
LIVE_LEG: Final = TABLES["leg"].c.state != text("'ended'")
