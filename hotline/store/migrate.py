"""Which shape the database has, and how it gets today's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import DatabaseError as SqlDatabaseError

from hotline.errors import HotlineError
from hotline.store.sessions import Store

if TYPE_CHECKING:
    from alembic.config import Config

STEPS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 96111  # names the PostgreSQL lock that two migrating processes queue on


def steps() -> tuple[str, ...]:
    """The steps that this program knows, oldest first: "0001", "0002", ..."""
    return tuple(sorted(path.name.split("_")[0] for path in STEPS.glob("versions/[0-9]*.py")))


def head() -> str:
    """The newest step that this program knows."""
    return steps()[-1]


class DatabaseError(HotlineError):
    """The database cannot be used as it is."""


def refuse_other_shapes(url: str) -> None:
    """Raise DatabaseError, saying what to do, unless the database stands at the newest step."""
    found = current(url)
    if found is None:
        raise DatabaseError(f"There is no hotline in {shown(url)} yet; run: hotline init")
    if found in steps()[:-1]:
        raise DatabaseError(f"{shown(url)} is at step {found} of {head()}; run: hotline migrate")
    refuse_newer(url)


def refuse_newer(url: str) -> None:
    """Raise DatabaseError if a newer program than this one brought the database up."""
    found = current(url)
    if found is not None and found not in steps():
        raise DatabaseError(f"{shown(url)} is at step {found}; this program knows only {head()}.")


def shown(url: str) -> str:
    """A database's address for people: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def current(url: str) -> str | None:
    """The step the database stands at; None: no database, or one without our tables.

    Raises DatabaseError when it cannot be reached or is none.
    """
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None  # asking must not create it
    with _reached(url) as store, store.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(text("select version_num from alembic_version"))
        return None if found is None else str(found)


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`, in one transaction; makes SQLite's file and folder."""
    from alembic import command  # 0.3 s that other commands should not pay

    make_folder(url)
    _walk(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Take the database back to `revision` ("base": nothing left), in one transaction."""
    from alembic import command

    _walk(url, lambda config: command.downgrade(config, revision))


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite address; None: another database. Raises DatabaseError if it is none."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError:
        raise DatabaseError(
            "HOTLINE_DATABASE_URL is no address of a database; "
            "write sqlite:///var/hotline.db or postgresql://user@host/name."
        ) from None
    return Path(str(parsed.database)) if backend == "sqlite" else None


@contextmanager
def _reached(url: str) -> Iterator[Store]:
    try:
        store = Store(url)
    except (ArgumentError, ImportError):
        raise DatabaseError(f"{shown(url)} is no kind of database that is supported.") from None
    try:
        yield store
    except SqlDatabaseError as error:
        reason = str(error.orig).splitlines()[0]
        raise DatabaseError(f"{shown(url)} cannot be used: {reason}") from error
    finally:
        store.close()


def make_folder(url: str) -> None:
    """Make the folder of SQLite's file, if it is not there. Raises DatabaseError."""
    file = sqlite_file(url)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"{file.parent} cannot be made: {error.strerror}.") from None


def walked(connection: Connection, revision: str) -> None:
    """Take the database from where it stands to `revision`, up or down, within a transaction."""
    from alembic import command

    config = _config(connection)
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _walk(url: str, walk: Callable[["Config"], None]) -> None:
    with migrating(url) as connection:
        walk(_config(connection))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(STEPS))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    """One transaction that no other migration shares, with foreign keys asked for only at its end.

    SQLite changes a table by copying it and dropping the old one: with foreign keys on, that would
    delete what points at it, and they cannot be switched off once a transaction has begun.
    """
    with _reached(url) as store, store.engine.connect() as connection:
        if sqlite_file(url) is not None:
            _driver(connection).execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if sqlite_file(url) is None:
                connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
            yield connection
            if sqlite_file(url) is not None:
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                assert not orphans, f"a step left rows that point nowhere: {orphans}"


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
