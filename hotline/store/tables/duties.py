"""How the published roster is corrected, hour by hour."""

from datetime import datetime

from sqlalchemy import Index, text
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
