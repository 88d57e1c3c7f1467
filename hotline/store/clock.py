"""The clock that all processes on one database can agree on."""

from datetime import UTC, datetime

from sqlalchemy import text

from hotline.ports import Clock
from hotline.store.sessions import Store


def shared_clock(store: Store, wall: Clock) -> Clock:
    """The database server's; on SQLite, where all processes sit on one machine, that machine's."""
    if store.engine.dialect.name == "sqlite":
        return wall
    return lambda: _asked(store)


def _asked(store: Store) -> datetime:
    with store.reading() as db:
        found: datetime = db.connection().execute(text("select clock_timestamp()")).scalar_one()
    return found.astimezone(UTC)
