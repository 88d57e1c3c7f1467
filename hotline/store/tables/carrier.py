"""What the carrier was answered and what it is asked for."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class WebhookRow(SQLModel, table=True):
    """What we answered to a request of the carrier: a repeat gets the same document.

    Of what was said in a call the phrases stay when the document is forgotten.
    """

    __tablename__ = "webhook"
    __table_args__ = (
        Index(  # what is to be forgotten one day: not what was said in all the years
            "ix_webhook_kept",
            "at",
            sqlite_where=text("document <> '' OR said = ''"),
            postgresql_where=text("document <> '' OR said = ''"),
        ),
    )
    key: str = Field(primary_key=True, max_length=64)
    at: datetime
    document: str
    call_id: int | None = Field(default=None, index=True)
    leg_id: int | None = None  # of the volunteer who heard it; None: the caller did
    said: str = ""  # keys of phrases, in order


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
    detail: str | None = Field(default=None, max_length=32)  # what to announce
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
