"""What we answer, kept for a repetition of the same request."""

from datetime import datetime
from typing import Final

from hotline.calls.turn import Told
from hotline.store.prepared import Prepared, new_row
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

NOBODY: Final = Told()
_WEBHOOK: Final = TABLES["webhook"]
_NEW: Final = Prepared(
    new_row(_WEBHOOK, "key", "at", "document", "call_id", "leg_id", "said").on_conflict_do_nothing(
        index_elements=["key"]
    ),
)


def remember(db: Session, key: str, document: str, now: datetime, told: Told = NOBODY) -> bool:
    """False if another request answered `key` meanwhile: undo everything and repeat its answer."""
    said = ",".join(told.phrases)
    values = {"call_id": told.call, "leg_id": told.leg, "said": said}
    return _NEW.run(db, key=key, at=now, document=document, **values) == 1
