"""What a new number means for who was out of reach at the old one."""

from collections.abc import Collection
from datetime import datetime

from hotline.store import Session
from hotline.store.duty.reach import all_reached
from hotline.store.people.everybody import people_coded


def reached_anew(db: Session, renumbered: Collection[str], now: datetime) -> None:
    """Have those, by code, rung in turn again: what the old number missed counts no more."""
    if renumbered:
        all_reached(db, [person.id for person in people_coded(db, renumbered)], now)
