"""Which statements a database is sent, whoever sends them: SQLAlchemy or a prepared one."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import event

from hotline.store import Store
from hotline.store.driving import Asked

TRANSACTION = ("BEGIN", "COMMIT", "ROLLBACK")
STILL_THERE = ("SELECT 1", ";")  # asked of a connection that was idle for long: on a busy machine


def noted(trip: Callable[..., Any], said: list[str]) -> Callable[..., Any]:
    """The same, noting the statements; one that is sent several times counts once."""

    def told(asked: Sequence[Asked], **options: bool) -> Any:
        said.extend(dict.fromkeys(sql for sql, _ in asked))
        return trip(asked, **options)

    return told


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What is sent within the block, in order, without what begins and ends transactions."""
    said: list[str] = []

    class Told(psycopg.Cursor[Any]):
        """Notes what it executes."""

        def execute(self, query: Any, *more: Any, **options: Any) -> "Told":
            """As usual."""
            said.append(str(query))
            super().execute(query, *more, **options)
            return self

        def executemany(self, query: Any, *more: Any, **options: Any) -> None:
            """As usual; counts once."""
            said.append(str(query))
            super().executemany(query, *more, **options)

    def listen(driver: Any, *_: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(said.append)
            return
        driver.cursor_factory, driver.trip = Told, noted(driver.trip, said)

    def forget(driver: Any, *_: object) -> None:
        if isinstance(driver, sqlite3.Connection):
            driver.set_trace_callback(None)
        else:
            driver.cursor_factory = psycopg.Cursor
            del driver.trip

    store.let_go()  # so that every connection is lent anew, and listened to
    event.listen(store.engine, "checkout", listen)
    event.listen(store.engine, "checkin", forget)
    try:
        yield said
    finally:
        store.let_go()
        event.remove(store.engine, "checkout", listen)
        event.remove(store.engine, "checkin", forget)
        said[:] = [
            each for each in said if each not in STILL_THERE and not each.startswith(TRANSACTION)
        ]
