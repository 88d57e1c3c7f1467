"""How many forms came in an hour, under keys that tell nothing of who sent them."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session

from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_COUNT: Final = TABLES["form_count"]
_N: Final = _COUNT.c


def count_form(db: Session, key: str, ends: datetime) -> int:
    """Count one more under `key`, and say how many that makes. ends: when the hour is over."""
    first = insert_any(db, _COUNT).values(key=key, count=1, ends=ends)
    more = first.on_conflict_do_update(index_elements=["key"], set_={"count": _N.count + 1})
    found: int = db.connection().execute(more.returning(_N.count)).scalar_one()
    return found


def forget_forms(db: Session, now: datetime) -> None:
    """Drop the counts of hours that are over."""
    db.connection().execute(delete(_COUNT).where(_N.ends <= now))
