"""What people decided about callers, who are known by the keyed hash of their number alone."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class CallerRow(SQLModel, table=True):
    """How a caller is treated now. Words about them are encrypted."""

    __tablename__ = "caller"
    hash: str = Field(primary_key=True, max_length=64)
    plan_cipher: bytes | None = None  # read to the volunteer before accepting
    standing: str = Field(default="usual", max_length=16)
    blocked_until: datetime | None = None
    same_id: int | None = Field(default=None, foreign_key="person.id")  # promised until same_until
    same_until: datetime | None = None


class CallerActRow(SQLModel, table=True):
    """What was decided, by whom and why: appended, never edited."""

    __tablename__ = "caller_act"
    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(index=True, max_length=64)
    call_id: int = Field(foreign_key="call.id")  # from which the caller was known
    at: datetime
    act: str = Field(max_length=16)
    by_id: int = Field(foreign_key="person.id")
    why_cipher: bytes | None = None
    until: datetime | None = None
