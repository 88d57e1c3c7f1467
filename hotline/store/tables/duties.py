"""How the published roster is corrected, and how somebody is found who stands in."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class OverrideRow(SQLModel, table=True):
    """Who comes to a desk instead of whom. Never edited; one that is undone counts no more."""

    __tablename__ = "override"
    __table_args__ = (
        Index(
            "ix_override_span",
            "starts",
            "ends",
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    comes_id: int | None = Field(default=None, foreign_key="person.id")
    replaces_id: int | None = Field(default=None, foreign_key="person.id")
    desk: str = Field(max_length=64)
    week: str = Field(max_length=8)  # of the roster that is corrected
    shift: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    part: bool = False  # of a shift that stays somebody else's
    starts: datetime
    ends: datetime
    way: str = Field(max_length=16)
    why: str = Field(max_length=400)
    noted_at: datetime
    undone_at: datetime | None = None


class SearchRow(SQLModel, table=True):
    """The search for somebody who stands in. For one duty at most one is under way."""

    __tablename__ = "search"
    __table_args__ = (
        UniqueConstraint("person_id", "desk", "starts", "reason"),
        Index("ix_search_state", "state", "due"),
        Index(
            "uq_search_open",
            "person_id",
            "desk",
            "starts",
            unique=True,
            sqlite_where=text("state IN ('searching', 'found')"),
            postgresql_where=text("state IN ('searching', 'found')"),
        ),
        Index(
            "uq_search_gap",
            "desk",
            "shift",
            "certificate",
            unique=True,
            sqlite_where=text("person_id IS NULL AND state IN ('searching', 'found')"),
            postgresql_where=text("person_id IS NULL AND state IN ('searching', 'found')"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")  # who does not come
    desk: str = Field(max_length=64)
    shift: str = Field(max_length=120)
    kind: str = Field(max_length=16)
    certificate: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    starts: datetime
    ends: datetime = Field(index=True)
    reason: str = Field(max_length=16)
    state: str = Field(max_length=16)
    due: datetime  # when there is next something to do
    asked: int = 0  # how many questions so far: of two workers one asks the next
    opened: datetime
    undo_until: datetime | None = None
    override_id: int | None = Field(default=None, foreign_key="override.id")


class QuestionRow(SQLModel, table=True):
    """One person asked to stand in. In one search one question at most waits for its answer."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("search_id", "person_id"),
        Index(
            "uq_question_asked",
            "search_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    search_id: int = Field(foreign_key="search.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(max_length=16)
    asked: datetime
    deadline: datetime
    answered: datetime | None = None


class ErrandRow(SQLModel, table=True):
    """A call of ours to a volunteer that belongs to no caller: a question, and a key in answer."""

    __tablename__ = "errand"
    __table_args__ = (
        Index(
            "ix_errand_live",
            "due",
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True, max_length=32)
    key: str = Field(unique=True, max_length=120)  # rung once for it
    purpose: str = Field(max_length=16)
    person_id: int = Field(foreign_key="person.id", index=True)
    question_id: int | None = Field(default=None, foreign_key="question.id")
    drill_id: int | None = Field(default=None, index=True)
    desk: str = Field(max_length=64)
    starts: datetime  # of the duty it is about
    state: str = Field(max_length=16)
    due: datetime
    expires: datetime  # pointless later
    sid: str | None = Field(default=None, max_length=64)
    ended: datetime | None = Field(default=None, index=True)
    result: str | None = Field(default=None, max_length=16)
