"""All rows of all tables at one instant, as JSON can hold them: read while the site works."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Date, DateTime, LargeBinary, Table, TypeDecorator, func, select, text
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from hotline.store.sessions import Session, Store
from hotline.store.tables import TABLES

AT_ONCE: Final = 1000  # rows of a batch


@dataclass(frozen=True)
class Batch:
    """Some rows of a table. columns: each with the kind of its values: time, day, bytes, plain."""

    table: str
    columns: tuple[tuple[str, str], ...]
    rows: list[list[Any]]


@contextmanager
def snapshot(store: Store) -> Iterator[Session]:
    """A transaction that sees one instant, however long it takes, and delays nobody."""
    with store.reading() as db:
        if db.dialect.name == "postgresql":
            alone = text("set transaction isolation level repeatable read, read only")
            db.connection().execute(alone)
        yield db


def count_rows(db: Session) -> Mapping[str, int]:
    """How many rows each table has."""
    return {
        name: int(db.connection().execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in TABLES.items()
    }


def batches(db: Session) -> Iterator[Batch]:
    """Every row, those that others point at first."""
    for table in SQLModel.metadata.sorted_tables:
        columns = tuple((column.name, _kind(column.type)) for column in table.columns)
        written = [WRITTEN[kind] for _, kind in columns]
        for rows in _rows(db, table):
            done = [
                [_cell(write, value) for write, value in zip(written, row, strict=True)]
                for row in rows
            ]
            yield Batch(table.name, columns, done)


def _rows(db: Session, table: Table) -> Iterator[list[Any]]:
    asked = select(table).order_by(*table.primary_key)
    found = db.connection().execute(asked, execution_options={"stream_results": True})
    while rows := found.fetchmany(AT_ONCE):
        yield list(rows)


def _kind(of: TypeEngine[Any]) -> str:
    plain = of.impl_instance if isinstance(of, TypeDecorator) else of
    if isinstance(plain, DateTime):
        return "time"
    if isinstance(plain, Date):
        return "day"
    return "bytes" if isinstance(plain, LargeBinary) else "plain"


def _cell(write: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else write(value)


WRITTEN: Final[Mapping[str, Callable[[Any], Any]]] = {
    "time": lambda value: value.isoformat(),
    "day": lambda value: value.isoformat(),
    "bytes": lambda value: b64encode(value).decode(),
    "plain": lambda value: value,
}
