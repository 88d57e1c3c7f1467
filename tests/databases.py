"""How tests get an empty, migrated database in milliseconds: copies of a template."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from psycopg import sql

from benchmarks.postgresql import MissingPartError, PostgresServer, postgres_server
from hotline.store.migrate import migrate
from tests.parts import lacking

DATABASES: Final = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
)


def migrated_sqlite(path: Path) -> str:
    """Make `path` a migrated, empty SQLite file with nothing left in its journal."""
    url = f"sqlite:///{path}"
    migrate(url)
    return url


@dataclass(frozen=True)
class PostgresCluster:
    """A running server with a migrated template to copy from."""

    server: PostgresServer
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        """Where Store finds `database`."""
        return self.server.url(database)

    def administer(self, statement: sql.SQL | sql.Composed) -> None:
        """Run a statement that no transaction may hold."""
        self.server.administer(statement)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The address of a migrated, empty database; dropped afterwards."""
        name = f"test_{next(self.numbers)}"
        self.administer(_CREATE.format(sql.Identifier(name)))
        try:
            yield self.url(name)
        finally:
            self.administer(_DROP.format(sql.Identifier(name)))


_CREATE = sql.SQL("create database {} template template_hotline")
_DROP = sql.SQL("drop database {} with (force)")


@contextmanager
def postgres_cluster() -> Iterator[PostgresCluster]:
    """A server with a migrated template, of nobody else; stopped and wiped afterwards."""
    with ExitStack() as running:
        try:
            server = running.enter_context(postgres_server())
        except MissingPartError as missing:
            lacking(missing.part, missing.remedy)
        cluster = PostgresCluster(server, count(1))
        cluster.administer(sql.SQL("create database template_hotline"))
        migrate(cluster.url("template_hotline"))
        yield cluster
