"""Who is kept free for a call of ours that belongs to no caller: the one reservation of legs.

Presence keeps one number: a leg's, or below zero that of a call that is no leg.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import update
from sqlmodel import Session

from hotline.duty import PersonId
from hotline.store.calling.endings import STOPS_RINGING
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_PRESENCE: Final = TABLES["presence"]
_N: Final = _PRESENCE.c


def reserve_for_errand(
    db: Session, errand: int, person: PersonId, until: datetime, now: datetime
) -> bool:
    """True if the person was free, and is reserved now: for a leg of a caller, they are not."""
    values = {
        "person_id": person,
        "leg_id": -errand,
        "until": until,
        "talking": False,
        "free_at": now,
        "talk_seconds": 0,
        "missed": 0,
        "refused": False,
    }
    new = insert_any(db, _PRESENCE).values(values)
    mine = new.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"leg_id": new.excluded.leg_id, "until": new.excluded.until, "talking": False},
        where=(_N.leg_id.is_(None) | (_N.until <= now)) & (_N.free_at <= now),
    )
    return db.connection().execute(mine.returning(_N.person_id)).first() is not None


def keep_reserved(db: Session, errand: int, until: datetime) -> bool:
    """False if the person is not reserved for this call any more."""
    held = update(_PRESENCE).where(_N.leg_id == -errand).values(until=until)
    return db.connection().execute(held.returning(_N.person_id)).first() is not None


def free_reserved(db: Session, errands: Collection[int], now: datetime) -> None:
    """Free whoever is reserved for these calls."""
    freed = {"leg_id": None, "until": None, "free_at": now + STOPS_RINGING}
    theirs = _N.leg_id.in_([-number for number in errands])
    db.connection().execute(update(_PRESENCE).where(theirs).values(freed))
