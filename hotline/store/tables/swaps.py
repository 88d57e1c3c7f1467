"""Duties that people exchange."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class SwapRow(SQLModel, table=True):
    """Two people, and the shift that each gives to the other. takes_shift: empty for none."""

    __tablename__ = "swap"
    __table_args__ = (
        Index(
            "uq_swap_open",
            "asker_id",
            "partner_id",
            "gives_desk",
            "gives_starts",
            "takes_shift",
            unique=True,
            sqlite_where=text("state IN ('asked', 'agreed')"),
            postgresql_where=text("state IN ('asked', 'agreed')"),
        ),
        Index(
            "ix_swap_open",
            "until",
            sqlite_where=text("state IN ('asked', 'agreed')"),
            postgresql_where=text("state IN ('asked', 'agreed')"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    asker_id: int = Field(foreign_key="person.id", index=True)
    partner_id: int = Field(foreign_key="person.id", index=True)
    gives_desk: str = Field(max_length=64)
    gives_shift: str = Field(max_length=120)
    gives_kind: str = Field(max_length=16)
    gives_starts: datetime
    gives_ends: datetime
    takes_desk: str | None = Field(default=None, max_length=64)
    takes_shift: str = Field(default="", max_length=120)
    takes_kind: str | None = Field(default=None, max_length=16)
    takes_starts: datetime | None = None
    takes_ends: datetime | None = None
    state: str = Field(max_length=16)
    asked: datetime
    until: datetime  # when it expires
    answered: datetime | None = None
    decided: datetime | None = None
    # Desks whose coordinators have approved, with spaces between.
    approved_at: str = Field(default="", max_length=160, sa_column_kwargs={"server_default": ""})
