"""What we answered before: a repeated request of the carrier gets the same document."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from hotline.store.prepared import Prepared, asked, new_row
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_WEBHOOK: Final = TABLES["webhook"]
_W: Final = _WEBHOOK.c
_KNOWN: Final = Prepared(select(_W.document).where(_W.key == asked(_W.key)))
_NEW: Final = Prepared(
    new_row(_WEBHOOK, "key", "at", "document").on_conflict_do_nothing(index_elements=["key"]),
)


def remembered(db: Session, key: str) -> str | None:
    """The document that was answered to `key`; None: it is new."""
    row = _KNOWN.first(db, key=key)
    return None if row is None else str(row.document)


def remember(db: Session, key: str, document: str, now: datetime) -> bool:
    """False if another request answered `key` meanwhile: undo everything and repeat its answer."""
    return _NEW.run(db, key=key, at=now, document=document) == 1
