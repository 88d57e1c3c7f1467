"""What is done to the whole database now and then."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class UpkeepRow(SQLModel, table=True):
    """When something was last done to the whole database."""

    __tablename__ = "upkeep"
    what: str = Field(primary_key=True, max_length=16)
    at: datetime
