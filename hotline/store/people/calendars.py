"""Secret addresses of calendars, and what each calendar told last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, select

from hotline.config.settings import DeskName
from hotline.duty import PersonId
from hotline.own.feed import Event
from hotline.store.dialects import insert_any
from hotline.store.sessions import Session
from hotline.store.tables import TABLES
from scheduling.problem import Span

_CALENDAR: Final = TABLES["calendar"]
_C: Final = _CALENDAR.c
_EVENT: Final = TABLES["calendar_event"]
_E: Final = _EVENT.c


def keep_secret(db: Session, person: PersonId, secret_hash: str, now: datetime) -> None:
    """Keep the hashed secret of somebody's calendar instead of the one before."""
    values = {"secret_hash": secret_hash, "made": now}
    new = insert_any(db, _CALENDAR).values(person_id=person, **values)
    db.connection().execute(new.on_conflict_do_update(index_elements=["person_id"], set_=values))


def drop_secret(db: Session, person: PersonId) -> bool:
    """True if there was an address; it works no more."""
    gone = delete(_CALENDAR).where(_C.person_id == person).returning(_C.person_id)
    return db.connection().execute(gone).first() is not None


def secret_made(db: Session, person: PersonId) -> datetime | None:
    """Since when somebody's calendar has its address; None: it has none."""
    row = db.connection().execute(select(_C.made).where(_C.person_id == person)).first()
    return None if row is None else row.made


def owner_of(db: Session, secret_hash: str) -> PersonId | None:
    """Whose calendar is behind that secret."""
    mine = select(_C.person_id).where(_C.secret_hash == secret_hash)
    row = db.connection().execute(mine).first()
    return None if row is None else PersonId(row.person_id)


def events_told(db: Session, person: PersonId, since: datetime) -> tuple[Event, ...]:
    """The events of somebody's calendar that end after `since`, as they were told last."""
    mine = select(_EVENT).where(_E.person_id == person, _E.ends > since)
    return tuple(_event(row) for row in db.connection().execute(mine.order_by(_E.uid)))


def keep_events(db: Session, person: PersonId, events: Iterable[Event]) -> None:
    """Keep how they are told; of two who tell at once, the later change stays."""
    for event in events:
        new = insert_any(db, _EVENT).values(person_id=person, uid=event.uid, **_columns(event))
        db.connection().execute(
            new.on_conflict_do_update(
                index_elements=["person_id", "uid"],
                set_=_columns(event),
                where=_E.sequence < event.sequence,
            )
        )


def _columns(event: Event) -> dict[str, object]:
    return {
        "desk": event.desk,
        "standby": event.standby,
        "starts": event.span.start,
        "ends": event.span.end,
        "sequence": event.sequence,
        "cancelled": event.cancelled,
        "changed": event.changed,
    }


def _event(row: Row[Any]) -> Event:
    return Event(
        uid=row.uid,
        desk=DeskName(row.desk),
        span=Span(row.starts, row.ends),
        standby=row.standby,
        cancelled=row.cancelled,
        sequence=row.sequence,
        changed=row.changed,
    )
