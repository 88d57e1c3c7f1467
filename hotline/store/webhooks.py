"""What we answered before: a repeated request of the carrier gets the same document."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from hotline.store.dialects import insert_new
from hotline.store.tables import TABLES

_WEBHOOK: Final = TABLES["webhook"]
_W: Final = _WEBHOOK.c
_KNOWN: Final = select(_W.document).where(_W.key == bindparam("asked"))


def remembered(db: Session, key: str) -> str | None:
    """The document that was answered to `key`; None: it is new."""
    row = db.connection().execute(_KNOWN, {"asked": key}).first()
    return None if row is None else str(row.document)


def remember(db: Session, key: str, document: str, now: datetime) -> bool:
    """False if another request answered `key` meanwhile: undo everything and repeat its answer."""
    new = insert_new(db, _WEBHOOK, {"key": key, "document": document, "at": now}, "key")
    return db.connection().execute(new.returning(_W.key)).first() is not None
