"""One transaction, and the store that opens it on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import psycopg
from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import Session as OrmSession

from hotline.store.driving import Asked, Driver
from hotline.store.engines import DEFERRED, IMMEDIATE, begin, engine_of
from hotline.store.lending import Lender

T = TypeVar("T")
Memory = dict[str, Any]

IN_EACH_OTHERS_WAY: Final = frozenset({"40P01", "40001"})  # deadlock, serialization failure
SERVER_ENDS: Final = frozenset({None, "57P01", "57P02", "57P03"})  # or the wire to it is cut
TRIES: Final = 3


class WrittenBeforeError(Exception):
    """Another transaction was first with what this one wrote last; nothing of this one stays."""


class Session(OrmSession):
    """One transaction, for SQLAlchemy's statements and for prepared ones alike."""

    def __init__(self, engine: Engine, lent: PoolProxiedConnection, memory: Memory) -> None:
        """memory: what this process keeps from one transaction to the next."""
        self.memory: Final = memory
        self.dialect: Final[Dialect] = engine.dialect
        self.read: Final[Memory] = {}  # what this transaction has read and may use again
        self._engine = engine
        self.last: Final[list[Asked]] = []  # what is executed at the end, together with it
        self.driver: Final[Driver] = lent.dbapi_connection  # type: ignore[assignment]  # ours
        self._lent = lent
        self._held: Connection | None = None
        self._open = True

    def __getattr__(self, name: str) -> Any:
        """The ORM's part is made when it is first asked for: most transactions never do."""
        if "identity_map" in self.__dict__:
            raise AttributeError(name)
        super().__init__(self.connection(), expire_on_commit=False)
        return getattr(self, name)

    def connection(self, *_: Any, **__: Any) -> Connection:
        """What executes a statement of SQLAlchemy's."""
        if self._held is None:
            self._held = Connection(self._engine, self._lent)
        return self._held

    def complete(self) -> None:
        """Commit whatever was begun by whom. Raises WrittenBeforeError."""
        if self.last:
            self._finish()
        if self._orm_began():
            self.commit()
        if self._held is not None and self._held.in_transaction():
            self._held.commit()
        self.driver.commit()
        self._open = False

    def _finish(self) -> None:
        if self._orm_began():
            self.flush()
        try:
            self.driver.finish(self.last)
        except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation) as error:
            raise WrittenBeforeError from error

    def undone(self) -> bool:
        """Undo what was begun by whom and not completed. False: the connection is of no use."""
        if not self._open:
            return True
        if not self._lent.is_valid:  # SQLAlchemy saw it fail
            return False
        try:
            if self._orm_began():
                self.close()
            if self._held is not None and self._held.in_transaction():
                self._held.rollback()
            self._lent.rollback()
        except (DBAPIError, psycopg.Error, sqlite3.Error):
            return False
        return True

    def _orm_began(self) -> bool:
        return "identity_map" in self.__dict__ and self.in_transaction()


class Store:
    """The database behind everything. Thread-safe; one per process."""

    def __init__(self, url: str) -> None:
        """url: `sqlite:////path/to/file.db` or `postgresql://...`."""
        self.url = url
        self.engine = engine_of(url)
        self._lender = Lender(self.engine)
        self._memory: Memory = {}

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that may write; committed at the end, undone on any error."""
        with self._begun(IMMEDIATE) as session:
            yield session
            session.complete()

    def settled(self, work: Callable[[Session], T]) -> T:
        """What `work` answers in one writing transaction.

        It is done again when another transaction stood in its way or the database was restarted,
        so it must only use the session, and make nothing twice.
        """
        for _ in range(TRIES - 1):
            try:
                return self._done(work)
            except (OperationalError, psycopg.OperationalError) as error:
                if not _may_pass(error):
                    raise
        return self._done(work)

    def _done(self, work: Callable[[Session], T]) -> T:
        """As in `writing`, whose two context managers cost a caller half a statement."""
        lent = self._lender.lend()
        session = Session(self.engine, lent, self._memory)
        try:
            begin(lent.dbapi_connection, IMMEDIATE)
            answer = work(session)
            session.complete()
        finally:
            self._end(session, lent)
        return answer

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that only reads and delays no writer."""
        with self._begun(DEFERRED) as session:
            yield session

    @contextmanager
    def _begun(self, mode: str) -> Iterator[Session]:
        lent = self._lender.lend()
        session = Session(self.engine, lent, self._memory)
        try:
            begin(lent.dbapi_connection, mode)
            yield session
        finally:
            self._end(session, lent)

    def _end(self, session: Session, lent: PoolProxiedConnection) -> None:
        if session.undone():
            self._lender.take_back(lent)
        else:
            self._lender.drop(lent)

    def let_go(self) -> None:
        """Give idle connections back to the engine, whose listeners hear of the next ones."""
        self._lender.let_go()

    def close(self) -> None:
        """Give back every connection."""
        self.let_go()
        self.engine.dispose()


def _may_pass(error: OperationalError | psycopg.OperationalError) -> bool:
    """Whether the same transaction may well succeed if it is tried once more."""
    cause = error.orig if isinstance(error, OperationalError) else error
    if not isinstance(cause, psycopg.Error):
        return False
    return cause.sqlstate in IN_EACH_OTHERS_WAY or cause.sqlstate in SERVER_ENDS
