"""Statements of the call path: compiled once, and handed to the database's driver as they are.

Building, caching and unpacking one in SQLAlchemy costs more than running it (ADR 18).
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, Final

from sqlalchemy import BindParameter, Column, ColumnElement, Dialect, SelectBase, bindparam, literal
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel.sql.sqltypes import UTCDateTime

from hotline.store.sessions import Session

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]
Arguments = Sequence[Any]
Places = Sequence[tuple[str, Convert | None]]
# As the server itself has places for values.
NUMBERED: Final[Dialect] = psycopg.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


def asked(column: Column[Any], name: str = "") -> BindParameter[Any]:
    """A value that is given with each execution, by the name of its column or another."""
    return bindparam(name or column.name, None, type_=column.type)


def new_row(table: Any, *columns: str, **fixed: object) -> Any:
    """An INSERT of these columns, to which `on_conflict_...` may be added for both databases.

    fixed: columns that always get the same value.
    """
    given = {name: asked(table.c[name]) for name in columns}
    written = {
        name: literal(value, table.c[name].type, literal_execute=True)
        for name, value in fixed.items()
    }
    return postgresql.insert(table).values(given | written)


class Prepared:
    """One statement, for whichever database asks it. Its values are named as its parameters.

    returns: the columns of its rows, for a statement other than SELECT.
    """

    def __init__(self, statement: Executable, *returns: ColumnElement[Any]) -> None:
        self._statement = statement
        self._columns: Final = (
            tuple(statement.selected_columns) if isinstance(statement, SelectBase) else returns
        )
        self._compiled: dict[str, _Compiled] = {}

    def run(self, db: Session, **values: Any) -> int:
        """Execute. How many rows it wrote."""
        known = self._for(db)
        return db.driver.wrote(known.sql, known.arguments(values))

    def run_each(self, db: Session, rows: Iterable[Values]) -> None:
        """Execute once for each of `rows`."""
        known = self._for(db)
        if each := [known.arguments(row) for row in rows]:
            db.driver.write_each(known.sql, each)

    def run_last(self, db: Session, **values: Any) -> None:
        """Execute with the end of the transaction, which fails with it."""
        known = self._for(db)
        db.last.append((known.sql, known.arguments(values)))

    def first(self, db: Session, **values: Any) -> Any:
        """The first row, by name; None if there is none."""
        return next(iter(self.all(db, **values)), None)

    def first_alone(self, db: Session, **values: Any) -> Any:
        """The same, where it need not agree with what else is read: the cheapest question."""
        known = self._for(db)
        rows = db.driver.rows_alone(known.sql, known.arguments(values))
        return known.row(rows[0]) if rows else None

    def all(self, db: Session, **values: Any) -> list[Any]:
        """Every row, by name."""
        known = self._for(db)
        return list(map(known.row, db.driver.rows(known.sql, known.arguments(values))))

    def _for(self, db: Session) -> "_Compiled":
        dialect = db.dialect
        if (known := self._compiled.get(dialect.name)) is None:
            known = _compiled(self._statement, self._columns, dialect)
            self._compiled[dialect.name] = known
        return known


@dataclass(frozen=True)
class _Compiled:
    sql: str
    arguments: Callable[[Values], Arguments]
    row: Callable[[Sequence[Any]], Any]


def _compiled(
    statement: Executable, columns: Sequence[ColumnElement[Any]], dialect: Dialect
) -> _Compiled:
    compiled = statement.compile(  # type: ignore[attr-defined]  # every Core statement has it
        dialect=NUMBERED if dialect.name == NUMBERED.name else dialect,
        compile_kwargs={"render_postcompile": True},
    )
    assert isinstance(compiled, SQLCompiler)
    converts = {name: _binder(compiled.binds.get(name), dialect) for name in compiled.params}
    fixed = {
        name: value if (convert := converts[name]) is None else convert(value)
        for name, value in compiled.params.items()
        if value is not None
    }
    places = tuple((name, converts[name]) for name in compiled.positiontup or ())
    return _Compiled(
        compiled.string, partial(_in_order, places, fixed), _row_maker(columns, dialect)
    )


# fixed: the values that stand in the statement. KeyError: it asks for more than it was given.
def _in_order(places: Places, fixed: Values, values: Values) -> Arguments:
    return [
        fixed[name] if name in fixed else values[name] if convert is None else convert(values[name])
        for name, convert in places
    ]


def _binder(bind: BindParameter[Any] | None, dialect: Dialect) -> Convert | None:
    if bind is None:  # one of several values of an IN
        return None
    if isinstance(bind.type, UTCDateTime):
        return _instant(dialect)
    convert: Convert | None = bind.type.dialect_impl(dialect).bind_processor(dialect)
    return convert


@cache
def _instant(dialect: Dialect) -> Convert | None:
    """Kept for a moment: a transaction has one `now`, and writes it into many columns."""
    convert: Convert | None = UTCDateTime().dialect_impl(dialect).bind_processor(dialect)
    return None if convert is None else lru_cache(maxsize=64)(convert)


def _name(column: ColumnElement[Any]) -> str:
    return str(getattr(column, "name", "value"))


def _row_maker(
    columns: Sequence[ColumnElement[Any]], dialect: Dialect
) -> Callable[[Sequence[Any]], Any]:
    kind = namedtuple("Found", [_name(column) for column in columns])  # type: ignore[misc]
    converts = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns]
    plan = tuple((place, convert) for place, convert in enumerate(converts) if convert is not None)
    return partial(_row, kind, plan) if plan else partial(tuple.__new__, kind)


def _row(kind: type, plan: Sequence[tuple[int, Convert]], found: Sequence[Any]) -> Any:
    row = list(found)
    for place, convert in plan:
        row[place] = convert(row[place])
    return tuple.__new__(kind, row)
