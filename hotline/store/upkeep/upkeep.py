"""When something was last done to the whole database, or with it."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlmodel import Session

from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_UPKEEP: Final = TABLES["upkeep"]
_U: Final = _UPKEEP.c
PURGE: Final = "purge"
BACKUP: Final = "backup"
COMPARED: Final = "compared"  # up to when our calls were held against the carrier's list


def note_upkeep(db: Session, what: str, now: datetime) -> None:
    """It was done now."""
    new = insert_any(db, _UPKEEP).values(what=what, at=now)
    db.connection().execute(new.on_conflict_do_update(index_elements=["what"], set_={"at": now}))


def last_upkeep(db: Session, what: str) -> datetime | None:
    """When it was done last; None: never."""
    found: datetime | None = (
        db.connection().execute(select(_U.at).where(_U.what == what)).scalar_one_or_none()
    )
    return found
