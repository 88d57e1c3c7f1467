"""What was decided for callers, and why."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class DecisionRow(SQLModel, table=True):
    """One decision for one caller, appended and never edited. about: JSON, people by their id."""

    __tablename__ = "decision"
    id: int | None = Field(default=None, primary_key=True)
    call_id: int = Field(foreign_key="call.id", index=True)
    at: datetime = Field(index=True)
    decided: str = Field(max_length=16)
    about: str
