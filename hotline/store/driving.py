"""What a database's driver does for prepared statements, on SQLite and on PostgreSQL alike."""

from collections.abc import Sequence
from typing import Any, Protocol

Values = Sequence[Any]
Asked = tuple[str, Values]  # a statement, and the values of its places


class Driver(Protocol):
    """One connection, with the transaction that was begun on it."""

    def rows(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """What a statement brings."""

    def rows_alone(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """The same of one that need not agree with any other, so that it begins no transaction."""

    def wrote(self, sql: str, values: Values) -> int:
        """How many rows a statement wrote."""

    def write_each(self, sql: str, each: Sequence[Values]) -> None:
        """A statement once for each of `each`."""

    def finish(self, asked: Sequence[Asked]) -> None:
        """The last statements of the transaction, and its end: all of it stays, or nothing."""

    def commit(self) -> None:
        """End the transaction, if that was not done yet; all of it stays."""
