"""What we answered before: a repeated request of the carrier gets the same document."""

from typing import Final

from sqlalchemy import select

from hotline.store.prepared import Prepared, asked
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_W: Final = TABLES["webhook"].c
_DOCUMENT: Final = select(_W.document).where(_W.key == asked(_W.key))
_KNOWN: Final = Prepared(_DOCUMENT)
# The same as a part of another statement, which is then asked `key`, too.
ANSWERED: Final = _DOCUMENT.scalar_subquery().label("document")


def remembered(db: Session, key: str) -> str | None:
    """The document that was answered to `key`; None: it is new."""
    row = _KNOWN.first(db, key=key)
    return None if row is None else str(row.document)
