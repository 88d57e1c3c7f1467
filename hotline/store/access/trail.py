"""The audit trail: entries appended under a chain of hashes, and read back."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlmodel import Session

from hotline.accounts.trail import Change, Entry, chained, written
from hotline.store.tables import TABLES

_TRAIL: Final = TABLES["trail"]
_T: Final = _TRAIL.c
_END: Final = TABLES["trail_end"]
_E: Final = _END.c
AT_ONCE: Final = 1000  # entries read in one query


def append_to_trail(db: Session, login: str, change: Change, now: datetime) -> Entry:
    """Write one entry. Two who write at once follow each other: the end is locked till commit."""
    step = update(_END).where(_E.id == 1).values(last=_E.last + 1)
    number, previous = db.connection().execute(step.returning(_E.last, _E.hash)).one()
    entry = chained(number, now, login, change, previous)
    db.connection().execute(insert(_TRAIL).values(_columns(entry)))
    db.connection().execute(update(_END).where(_E.id == 1).values(hash=entry.hash))
    return entry


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.number,
        "at": entry.at,
        "login": entry.login,
        "act": entry.change.act,
        "subject": entry.change.subject,
        "before": written(entry.change.before),
        "after": written(entry.change.after),
        "hash": entry.hash,
    }


def trail(db: Session) -> Iterator[Entry]:
    """Every entry in order, read a thousand at a time."""
    last = 0
    while batch := _after(db, last):
        yield from batch
        last = batch[-1].number


def _after(db: Session, number: int) -> tuple[Entry, ...]:
    found = select(_TRAIL).where(_T.id > number).order_by(_T.id).limit(AT_ONCE)
    return tuple(_entry(row) for row in db.connection().execute(found))


def latest_of_trail(
    db: Session, most: int, before: int | None = None, subject: str = "", login: str = ""
) -> tuple[Entry, ...]:
    """The newest entries first. subject: how theirs begins; before: older than this number."""
    found = select(_TRAIL).order_by(_T.id.desc()).limit(most)
    if before is not None:
        found = found.where(_T.id < before)
    if subject:
        found = found.where(_T.subject.startswith(subject, autoescape=True))
    if login:
        found = found.where(_T.login == login)
    return tuple(_entry(row) for row in db.connection().execute(found))


def end_of_trail(db: Session) -> tuple[int, str]:
    """The number of the last entry, and its hash; 0 and nothing before the first."""
    row = db.connection().execute(select(_E.last, _E.hash).where(_E.id == 1)).one()
    return row.last, row.hash


def _entry(row: Any) -> Entry:
    change = Change.read(row.act, row.subject, row.before, row.after)
    return Entry(row.id, row.at, row.login, change, row.hash)
