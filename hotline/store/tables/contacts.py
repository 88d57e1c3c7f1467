"""How a person is reached outside of calls, and whether they want to be."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class ContactRow(SQLModel, table=True):
    """urls: encrypted, one a line; stopped: since when they want no texts (STOP)."""

    __tablename__ = "contact"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    urls: bytes | None = None
    stopped: datetime | None = None
