"""Whose telephone is out of reach, and that it was reached again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select, update

from hotline.alarms import AlarmKind
from hotline.duty import PersonId
from hotline.store.alarms import clear_alarm
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_PRESENCE: Final = TABLES["presence"]
_N: Final = _PRESENCE.c
_P: Final = TABLES["person"].c


def codes_of(db: Session, people: Iterable[PersonId]) -> Mapping[PersonId, str]:
    """The codes of `people`. One query."""
    asked = select(_P.id, _P.code).where(_P.id.in_(list(people)))
    return {PersonId(row.id): row.code for row in db.connection().execute(asked)}


def reached(db: Session, person: PersonId, now: datetime) -> bool:
    """The telephone of `person` is in reach again; True if it was missing calls before."""
    silent = or_(_N.missed > 0, _N.refused.is_(True))
    back = (
        update(_PRESENCE)
        .where(_N.person_id == person, silent)
        .values(missed=0, missed_at=None, refused=False)
        .returning(_N.person_id)
    )
    if db.connection().execute(back).first() is None:
        return False
    for code in codes_of(db, [person]).values():
        clear_alarm(db, AlarmKind.UNREACHABLE, code, now)
    return True
