"""How SQLite and PostgreSQL are connected to, and how a transaction begins on each."""

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from hotline.store.piping import PipedConnection
from hotline.store.queueing import BUSY_MILLISECONDS, Gate, QueuedConnection

IMMEDIATE: Final = "IMMEDIATE"
DEFERRED: Final = "DEFERRED"
CONNECTIONS: Final = 16  # and as many more for a moment


def engine_of(url: str) -> Engine:
    """The engine of an address, whose connections are ready to be begun on."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return _postgresql(url)


def begin(driver: Any, mode: str) -> None:
    """On SQLite a transaction has to be begun; on PostgreSQL its first statement does."""
    if isinstance(driver, QueuedConnection) and not driver.in_transaction:
        if mode == IMMEDIATE:
            driver.line_up()
        driver.execute(f"BEGIN {mode}")


def _postgresql(url: str) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, pool_size=CONNECTIONS, max_overflow=CONNECTIONS
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: Any, options: Any) -> PipedConnection:
        return PipedConnection.connect(*args, **options)

    return engine


def _sqlite(url: str) -> Engine:
    path, gate = str(make_url(url).database), Gate()
    engine = create_engine(
        url,
        connect_args={"factory": QueuedConnection, "check_same_thread": False},
        hide_parameters=True,  # errors are logged; numbers and names are not
        pool_size=CONNECTIONS,
        max_overflow=CONNECTIONS,
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
    def begins(connection: Connection) -> None:
        """For whoever asks the engine itself; in a session it has begun already."""
        begin(connection.connection.dbapi_connection, IMMEDIATE)

    return engine
