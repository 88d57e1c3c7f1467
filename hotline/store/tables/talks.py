"""What volunteers note of a conversation by keys, and to whom they hand one over."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CallFormRow(SQLModel, table=True):
    """The short form after a conversation. Without `done` it is still due."""

    __tablename__ = "call_form"
    leg_id: int = Field(foreign_key="leg.id", primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    at: datetime
    risk: str | None = Field(default=None, max_length=16)
    kind: int | None = None  # the place in talking.form.kinds, counted from 1
    follow_up: datetime | None = None  # due by then
    done: datetime | None = None


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
