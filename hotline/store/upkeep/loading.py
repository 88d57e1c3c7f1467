"""A database made anew from rows, in one transaction: all of it, or nothing changes."""

from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, MetaData, Table, delete, func, insert, inspect, select, text
from sqlmodel import Session

from hotline.accounts.trail import Change, broken_links
from hotline.store.access.trail import append_to_trail, end_of_trail, trail
from hotline.store.migrate import (
    DatabaseError,
    make_folder,
    migrating,
    refuse_newer,
    shown,
    walked,
)
from hotline.store.upkeep.dumping import Batch

FILLED_BY_ITSELF: Final = frozenset(  # by steps, or by a worker that found nothing to do
    {"alembic_version", "job_run", "pace", "rota_version", "trail_end", "upkeep"}
)


@dataclass(frozen=True)
class Contents:
    """What a database is to hold. step: whose shape it has; rows: how many in each table."""

    step: str
    rows: Mapping[str, int]
    batches: Iterable[Batch]


@dataclass(frozen=True)
class Noted:
    """What the trail says of it."""

    by: str
    change: Change
    at: datetime


def load(url: str, contents: Contents, noted: Noted, *, replace: bool) -> tuple[str, ...]:
    """Fill the database and bring it to today's shape; what is wrong with the trail in it.

    Raises DatabaseError if there is anything in it and `replace` does not say that this goes.
    """
    refuse_newer(url)
    make_folder(url)
    with migrating(url) as connection:
        _refuse_filled(connection, url, replace=replace)
        _wipe(connection)
        walked(connection, contents.step)
        tables = _tables(connection)
        _empty(connection, tables)
        for batch in contents.batches:
            _insert(connection, tables, batch)
        _refuse_other_counts(connection, tables, contents.rows)
        _set_sequences(connection, tables)
        walked(connection, "head")
        with Session(bind=connection) as db:
            doubts = tuple(broken_links(trail(db), end_of_trail(db)))
            append_to_trail(db, noted.by, noted.change, noted.at)
        return doubts


def _refuse_filled(connection: Connection, url: str, *, replace: bool) -> None:
    if replace:
        return
    for name, table in _tables(connection).items():
        if name not in FILLED_BY_ITSELF and connection.execute(select(table).limit(1)).first():
            raise DatabaseError(
                f"{shown(url)} is not empty; with --replace all that is in it goes for good."
            )


def _wipe(connection: Connection) -> None:
    tables = _tables(connection)
    if "alembic_version" in inspect(connection).get_table_names():
        _empty(connection, tables)  # steps that lead back need not copy what goes anyway
        walked(connection, "base")


def _tables(connection: Connection) -> dict[str, Table]:
    """As the database has them now, whatever today's are."""
    known = MetaData()
    known.reflect(connection)
    return {table.name: table for table in known.sorted_tables if table.name != "alembic_version"}


def _empty(connection: Connection, tables: Mapping[str, Table]) -> None:
    for table in reversed(list(tables.values())):
        connection.execute(delete(table))


def _insert(connection: Connection, tables: Mapping[str, Table], batch: Batch) -> None:
    read = [(name, READ[kind]) for name, kind in batch.columns]
    rows = [
        {
            name: None if value is None else reading(value)
            for (name, reading), value in zip(read, row, strict=True)
        }
        for row in batch.rows
    ]
    if rows:
        connection.execute(insert(tables[batch.table]), rows)


READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "time": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": b64decode,
    "plain": lambda value: value,
}


def _refuse_other_counts(
    connection: Connection, tables: Mapping[str, Table], rows: Mapping[str, int]
) -> None:
    for name, table in tables.items():
        found = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if found != rows.get(name):
            raise DatabaseError(
                f"{found} rows of {name} arrived, and the backup says {rows.get(name)}."
            )


def _set_sequences(connection: Connection, tables: Mapping[str, Table]) -> None:
    """PostgreSQL counts ids on its own: beyond those that are taken now."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in tables.items():
        if "id" in table.c:
            of = connection.execute(
                text("select pg_get_serial_sequence(:name, 'id')"), {"name": f'"{name}"'}
            ).scalar_one()
            last = connection.execute(select(func.max(table.c.id))).scalar_one()
            if of is not None and last is not None:
                connection.execute(text("select setval(:of, :last)"), {"of": of, "last": last})
