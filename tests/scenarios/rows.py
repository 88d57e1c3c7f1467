"""Everything that is stored, as it stands: to see that nothing changed, or nothing leaked."""

from typing import Any

from sqlalchemy import Select, Table

from hotline.store import Store
from hotline.store.tables import TABLES

Rows = dict[str, list[tuple[object, ...]]]
SEALED = {
    ("call", "caller_cipher"),
    ("call", "caller_hash"),
    ("caller", "hash"),
    ("caller", "plan_cipher"),
    ("caller_act", "hash"),
    ("caller_act", "why_cipher"),
    ("callback", "number_cipher"),
    ("callback", "number_hash"),
    ("recording", "cipher"),
    ("call_form", "note_cipher"),
}


def every_row(store: Store, *but: str) -> Rows:
    """The rows of every table except `but`."""
    with store.reading() as db:
        return {
            name: [tuple(row) for row in db.connection().execute(_in_order(table))]
            for name, table in TABLES.items()
            if name not in but
        }


def column(store: Store, table: str, name: str) -> list[object]:
    """One column of a table, in order of its keys."""
    place = list(TABLES[table].columns.keys()).index(name)
    return [row[place] for row in every_row(store)[table]]


def named(store: Store, table: str) -> list[dict[str, Any]]:
    """The rows of a table by the names of its columns, in order of its keys."""
    with store.reading() as db:
        rows = db.connection().execute(_in_order(TABLES[table])).mappings()
        return [dict(row) for row in rows]


def every_word(store: Store) -> str:
    """All that is stored in the clear, in one text."""
    words: list[str] = []
    with store.reading() as db:
        for name, table in TABLES.items():
            clear = [column for column in table.columns if (name, column.name) not in SEALED]
            for row in db.connection().execute(table.select().with_only_columns(*clear)):
                words += [str(value) for value in row]
    return "\n".join(words)


def _in_order(table: Table) -> Select[tuple[object, ...]]:
    return table.select().order_by(*table.primary_key)
