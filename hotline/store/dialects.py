"""The one place where SQLite and PostgreSQL are spoken to differently."""

from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session


def insert_new(db: Session, table: Table, values: Any, *unique: str) -> Any:
    """An INSERT that leaves a row with the same `unique` columns as it is."""
    return insert_any(db, table).values(values).on_conflict_do_nothing(index_elements=list(unique))


def insert_any(db: Session, table: Table) -> Any:
    """An INSERT to which `on_conflict_do_update` may be added."""
    statement: Insert
    if db.get_bind().dialect.name == "sqlite":
        statement = sqlite.insert(table)
    else:
        statement = postgresql.insert(table)
    return statement
