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
    new_row(_WEBHOOK, "key", "at", "document", "call_id", "leg_id", "said"),
)


def remember(db: Session, key: str, document: str, now: datetime, told: Told = NOBODY) -> None:
    """Keep it with the end of the transaction.

    That fails with WrittenBeforeError if another request answered `key` meanwhile: nothing of this
    one stays, and its answer is the other's.
    """
    values = {"call_id": told.call, "leg_id": told.leg, "said": ",".join(told.phrases)}
    _NEW.run_last(db, key=key, at=now, document=document, **values)
