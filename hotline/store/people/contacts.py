"""How people are reached outside of calls."""

from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from hotline.duty import PersonId
from hotline.store.dialects import insert_any
from hotline.store.tables import TABLES

_CONTACT: Final = TABLES["contact"]


def keep_urls(db: Session, person: PersonId, urls: bytes | None) -> None:
    """Keep the encrypted apprise URLs of a person; None: none any more."""
    new = insert_any(db, _CONTACT).values(person_id=person, urls=urls)
    kept = new.on_conflict_do_update(index_elements=["person_id"], set_={"urls": urls})
    db.connection().execute(kept)


def stop_texts(db: Session, person: PersonId, now: datetime) -> None:
    """Send this person no texts from now on."""
    new = insert_any(db, _CONTACT).values(person_id=person, stopped=now)
    kept = new.on_conflict_do_update(index_elements=["person_id"], set_={"stopped": now})
    db.connection().execute(kept)


def has_stopped(db: Session, person: PersonId) -> bool:
    """Whether this person wants no texts."""
    mine = _CONTACT.c.person_id == person
    found = select(_CONTACT.c.stopped).where(mine, _CONTACT.c.stopped.is_not(None))
    return db.connection().execute(found).first() is not None


def start_texts(db: Session, person: PersonId) -> None:
    """Send this person texts again."""
    theirs = update(_CONTACT).where(_CONTACT.c.person_id == person)
    db.connection().execute(theirs.values(stopped=None))
