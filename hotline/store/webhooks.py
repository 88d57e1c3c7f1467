"""What we answered before: a repeated request of the carrier gets the same document."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from hotline.calls.turn import Told
from hotline.store.prepared import Prepared, asked, new_row
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

NOBODY: Final = Told()
_WEBHOOK: Final = TABLES["webhook"]
_W: Final = _WEBHOOK.c
_KNOWN: Final = Prepared(select(_W.document).where(_W.key == asked(_W.key)))
_NEW: Final = Prepared(
    new_row(_WEBHOOK, "key", "at", "document", "call_id", "leg_id", "said").on_conflict_do_nothing(
        index_elements=["key"]
    ),
)


def remembered(db: Session, key: str) -> str | None:
    """The document that was answered to `key`; None: it is new."""
    row = _KNOWN.first(db, key=key)
    return None if row is None else str(row.document)


def remember(db: Session, key: str, document: str, now: datetime, told: Told = NOBODY) -> bool:
    """False if another request answered `key` meanwhile: undo everything and repeat its answer."""
    said = ",".join(told.phrases)
    values = {"call_id": told.call, "leg_id": told.leg, "said": said}
    return _NEW.run(db, key=key, at=now, document=document, **values) == 1
