"""Whose telephone is out of reach, and that it was reached again."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select, update

from hotline.duty import PersonId, Presence
from hotline.oversight.alarms import AlarmKind
from hotline.store.people.volunteers import presence_of
from hotline.store.sending.alarms import clear_alarms
from hotline.store.sessions import Session
from hotline.store.tables import TABLES

_PRESENCE: Final = TABLES["presence"]
_N: Final = _PRESENCE.c
_P: Final = TABLES["person"].c


def codes_of(db: Session, people: Iterable[PersonId]) -> Mapping[PersonId, str]:
    """The codes of `people`. One query."""
    asked = select(_P.id, _P.code).where(_P.id.in_(list(people)))
    return {PersonId(row.id): row.code for row in db.connection().execute(asked)}


def presence_now(db: Session, person: PersonId) -> Presence:
    """What the telephone of `person` does, and has missed. One query."""
    row = db.connection().execute(select(_PRESENCE).where(_N.person_id == person)).first()
    return Presence() if row is None else presence_of(row)


def reached(db: Session, person: PersonId, now: datetime) -> bool:
    """The telephone of `person` is in reach again; True if it was missing calls before."""
    return bool(all_reached(db, [person], now))


def all_reached(db: Session, people: Collection[PersonId], now: datetime) -> tuple[PersonId, ...]:
    """The same of several people; those whose telephones were missing calls. At most three."""
    silent = or_(_N.missed > 0, _N.refused.is_(True))
    back = (
        update(_PRESENCE)
        .where(_N.person_id.in_(list(people)), silent)
        .values(missed=0, missed_at=None, refused=False)
        .returning(_N.person_id)
    )
    found = tuple(PersonId(row.person_id) for row in db.connection().execute(back))
    if found:
        clear_alarms(db, AlarmKind.UNREACHABLE, codes_of(db, found).values(), now)
    return found
