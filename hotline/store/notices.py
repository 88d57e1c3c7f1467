"""Notices: written with the decision they tell of, sent after the commit."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlmodel import Session

from hotline.alarms import NewNotice
from hotline.duty import PersonId
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_NOTICE: Final = TABLES["notice"]
_PERSON: Final = TABLES["person"].c


def post_notices(db: Session, notices: Sequence[NewNotice], now: datetime) -> None:
    """Have people told after the commit; what has a key that was used before is not told again."""
    rows = [
        {
            "key": notice.key,
            "person_id": notice.person,
            "kind": notice.kind,
            "words": json.dumps(notice.words, ensure_ascii=False, sort_keys=True),
            "posted": now,
            "due": notice.due,
            "expires": notice.expires,
            "attempts": 0,
        }
        for notice in notices
    ]
    if rows:
        new = insert_any(db, _NOTICE).values(rows)
        db.connection().execute(new.on_conflict_do_nothing(index_elements=["key"]))


def supervisors(db: Session) -> tuple[PersonId, ...]:
    """Who is told of alarms."""
    statement = (
        select(_PERSON.id)
        .where(_PERSON.role == "supervisor", _PERSON.active.is_(True))
        .order_by(_PERSON.id)
    )
    return tuple(PersonId(row.id) for row in db.connection().execute(statement))
