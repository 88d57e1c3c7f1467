"""How a transaction is opened on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import Any, Final, TypeVar

import psycopg
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session as OrmSession

from hotline.store.queueing import BUSY_MILLISECONDS, Gate, QueuedConnection

T = TypeVar("T")
Memory = dict[str, Any]

IMMEDIATE: Final = "IMMEDIATE"
DEFERRED: Final = "DEFERRED"
IN_EACH_OTHERS_WAY: Final = frozenset({"40P01", "40001"})  # deadlock, serialization failure
SERVER_ENDS: Final = frozenset({None, "57P01", "57P02", "57P03"})  # or the wire to it is cut
TRIES: Final = 3
TRUSTED_FOR: Final = 5.0  # seconds that a connection is taken to be alive without asking


class Session(OrmSession):
    """One transaction, for SQLAlchemy's statements and for prepared ones alike."""

    def __init__(self, held: Connection, driver: Any, memory: Memory) -> None:
        """memory: what this process keeps from one transaction to the next."""
        super().__init__(held, expire_on_commit=False)
        self.memory: Final = memory
        self._held = held
        self._cursor = driver.cursor()
        self.dialect: Final[Dialect] = held.dialect

    def connection(self, *_: Any, **__: Any) -> Connection:
        """What executes a statement of SQLAlchemy's."""
        return self._held

    def cursor(self) -> Any:
        """The driver's own, one for each transaction: fetch before you execute again."""
        return self._cursor

    def complete(self) -> None:
        """Commit whatever was begun by whom."""
        if self.in_transaction():
            self.commit()
        if self._held.in_transaction():
            self._held.commit()
        self._held.connection.commit()


class Store:
    """The database behind everything. Thread-safe; one per process."""

    def __init__(self, url: str) -> None:
        """url: `sqlite:////path/to/file.db` or `postgresql://...`."""
        self.url = url
        self.engine = _engine(url)
        self._memory: Memory = {}

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write; committed at the end, undone on any error."""
        with _begun(self.engine, IMMEDIATE, self._memory) as session:
            yield session
            session.complete()

    def settled(self, work: Callable[[Session], T]) -> T:
        """What `work` answers in one writing transaction.

        It is done again when another transaction stood in its way or the database was restarted,
        so it must only use the session, and make nothing twice.
        """
        for _ in range(TRIES - 1):
            try:
                with self.writing() as db:
                    return work(db)
            except (OperationalError, psycopg.OperationalError) as error:
                if not _may_pass(error):
                    raise
        with self.writing() as db:
            return work(db)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads and delays no writer."""
        with _begun(self.engine, DEFERRED, self._memory) as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


@contextmanager
def _begun(engine: Engine, mode: str, memory: Memory) -> Iterator[Session]:
    with engine.connect() as held:
        driver: Any = held.connection.dbapi_connection
        _begin(driver, mode)
        session = Session(held, driver, memory)
        try:
            yield session
        finally:
            if session.in_transaction():  # the ORM's own, and something failed
                session.close()


def _begin(driver: Any, mode: str) -> None:
    """On SQLite a transaction has to be begun; on PostgreSQL its first statement does."""
    if isinstance(driver, QueuedConnection) and not driver.in_transaction:
        if mode == IMMEDIATE:
            driver.line_up()
        driver.execute(f"BEGIN {mode}")


def _may_pass(error: OperationalError | psycopg.OperationalError) -> bool:
    """Whether the same transaction may well succeed if it is tried once more."""
    cause = error.orig if isinstance(error, OperationalError) else error
    if not isinstance(cause, psycopg.Error):
        return False
    return cause.sqlstate in IN_EACH_OTHERS_WAY or cause.sqlstate in SERVER_ENDS


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


def _postgresql(url: str) -> Engine:
    engine = create_engine(url, pool_size=16, max_overflow=16, hide_parameters=True)

    @event.listens_for(engine, "checkin")
    def used(_driver: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        entry.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def alive(driver: DBAPIConnection, entry: ConnectionPoolEntry, _held: object) -> None:
        """One that was idle may have been cut; asking each time costs as much as a statement."""
        if monotonic() - entry.info.get("used", inf) > TRUSTED_FOR and not _answers(engine, driver):
            raise DisconnectionError

    return engine


def _answers(engine: Engine, driver: DBAPIConnection) -> bool:
    try:
        return engine.dialect.do_ping(driver)
    except psycopg.Error:
        return False


def _sqlite(url: str) -> Engine:
    path, gate = str(make_url(url).database), Gate()
    engine = create_engine(
        url,
        connect_args={"factory": QueuedConnection, "check_same_thread": False},
        hide_parameters=True,  # errors are logged; numbers and names are not
        pool_size=16,
        max_overflow=16,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: QueuedConnection, _record: object) -> None:
        connection.path, connection.gate = path, gate
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
        """For whoever asks the engine itself; in a session it has begun already."""
        _begin(connection.connection.dbapi_connection, IMMEDIATE)

    return engine
