"""What volunteers note of a conversation, and to whom they hand one over."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class CallFormRow(SQLModel, table=True):
    """The form after a conversation, by keys and on a page. Without `done` it is still due."""

    __tablename__ = "call_form"
    __table_args__ = (
        Index(
            "ix_call_form_due",
            "follow_up",
            sqlite_where=text("followed_up IS NULL AND follow_up IS NOT NULL"),
            postgresql_where=text("followed_up IS NULL AND follow_up IS NOT NULL"),
        ),
    )
    leg_id: int = Field(foreign_key="leg.id", primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    at: datetime
    risk: str | None = Field(default=None, max_length=16)
    kind: int | None = None  # the place in talking.form.kinds, counted from 1
    follow_up: datetime | None = None  # due by then
    done: datetime | None = None
    note_cipher: bytes | None = None
    followed_up: datetime | None = None
    followed_up_by: int | None = Field(default=None, foreign_key="person.id")
    result: str | None = Field(default=None, max_length=16)  # of the follow-up
    version: int = 0  # counts the changes


class HandoverRow(SQLModel, table=True):
    """A conversation handed over to a partner, or spoken of with one: on which ground."""

    __tablename__ = "handover"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    leg_id: int = Field(foreign_key="leg.id")
    partner: str = Field(max_length=64)
    ground: str = Field(max_length=16)  # consent, or law
    reference: str | None = Field(default=None, max_length=32)  # a work-order number
    at: datetime
    reached: datetime | None = None
    ended: datetime | None = None
