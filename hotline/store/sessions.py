"""How a transaction is opened on SQLite and on PostgreSQL."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

T = TypeVar("T")

BUSY_MILLISECONDS = 10_000
IN_EACH_OTHERS_WAY: Final = frozenset({"40P01", "40001"})  # deadlock, serialization failure
TRIES: Final = 3


class QueuedConnection(sqlite3.Connection):
    """Writers queue on a file lock: SQLite's own sleep-and-retry starves some of them."""

    queue: IO[bytes] | None = None

    def line_up(self, path: str) -> None:
        """Wait until no other connection writes."""
        if self.queue is None:
            self.queue = Path(f"{path}.queue").open("ab")  # noqa: SIM115 - open as long as we are
        fcntl.flock(self.queue, fcntl.LOCK_EX)

    def step_out(self) -> None:
        """Let the next writer in."""
        if self.queue is not None:
            fcntl.flock(self.queue, fcntl.LOCK_UN)

    def commit(self) -> None:
        """Commit and let the next writer in."""
        try:
            super().commit()
        finally:
            self.step_out()

    def rollback(self) -> None:
        """Undo and let the next writer in."""
        try:
            super().rollback()
        finally:
            self.step_out()

    def close(self) -> None:
        """Close, and the queue's file with it."""
        super().close()
        if self.queue is not None:
            self.queue.close()


class Store:
    """The database behind everything. Thread-safe; one per process."""

    def __init__(self, url: str) -> None:
        """url: `sqlite:////path/to/file.db` or `postgresql://...`."""
        self.url = url
        self.engine = _engine(url)
        self._reader = self.engine.execution_options(hotline_begin="DEFERRED")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write; committed at the end, undone on any error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def settled(self, work: Callable[[Session], T]) -> T:
        """What `work` answers in one writing transaction.

        It is done again when another transaction stood in its way, so it must only use the session.
        """
        for _ in range(TRIES - 1):
            try:
                with self.writing() as db:
                    return work(db)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in IN_EACH_OTHERS_WAY:
                    raise
        with self.writing() as db:
            return work(db)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads and delays no writer."""
        with Session(self._reader, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url, pool_size=16, max_overflow=16, pool_pre_ping=True, hide_parameters=True
    )


def _sqlite(url: str) -> Engine:
    path = str(make_url(url).database)
    engine = create_engine(
        url,
        connect_args={"factory": QueuedConnection, "check_same_thread": False},
        hide_parameters=True,  # errors are logged; numbers and names are not
        pool_size=16,
        max_overflow=16,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # else pysqlite begins by itself, and never for SELECT
        for pragma in (
            "journal_mode=WAL",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "synchronous=FULL",  # a claim that a power cut takes back would ring somebody twice
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("hotline_begin", "IMMEDIATE")
        driver: Any = connection.connection.dbapi_connection
        if mode == "IMMEDIATE":
            driver.line_up(path)
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine
