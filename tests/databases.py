"""How tests get an empty, migrated database in milliseconds: copies of a template."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
import pytest
from psycopg import sql

from hotline.store.migrate import migrate
from tests.parts import lacking

DATABASES: Final = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgresql),
)
REMEDY: Final = "apt-get install -y --no-install-recommends postgresql"
DEBIAN: Final = Path("/usr/lib/postgresql")
SERVER_USER: Final = "postgres"
SECONDS_TO_START: Final = 60
INITDB: Final = ("--no-sync", "--no-locale", "--encoding=UTF8", "--no-instructions")
FAST: Final = {  # nothing here outlives the tests, so nothing is forced to disk
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "log_min_messages": "panic",
}


def migrated_sqlite(path: Path) -> str:
    """Make `path` a migrated, empty SQLite file with nothing left in its journal."""
    url = f"sqlite:///{path}"
    migrate(url)
    return url


@dataclass(frozen=True)
class PostgresCluster:
    """A running server that only this process talks to, over a socket in `folder`."""

    folder: Path
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        """Where Store finds `database`."""
        return f"postgresql://hotline@/{database}?host={self.folder}"

    def administer(self, statement: sql.SQL | sql.Composed) -> None:
        """Run a statement that no transaction may hold."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

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
    programs, runner = _programs(), _runner()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)  # short: the path of a socket has at most 107 bytes
        if runner:
            shutil.chown(folder, SERVER_USER)
        with _server(programs, runner, folder) as server:
            cluster = PostgresCluster(folder, count(1))
            _wait_until_ready(cluster, server)
            cluster.administer(sql.SQL("create database template_hotline"))
            migrate(cluster.url("template_hotline"))
            yield cluster


def _programs() -> Path:
    """The folder of initdb and postgres: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(DEBIAN.glob("*/bin"))
    if not folders or not (folders[-1] / "postgres").exists():
        lacking("PostgreSQL", REMEDY)
    return folders[-1]


def _runner() -> list[str]:
    """What makes root's server run as another user, for PostgreSQL refuses to serve as root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        lacking("setpriv, to start PostgreSQL as another user than root,", "install util-linux")
    return ["setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--clear-groups"]


@contextmanager
def _server(programs: Path, runner: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    data = str(folder / "data")
    initdb = [f"{programs}/initdb", "-D", data, "-U", "hotline", "-A", "trust", *INITDB]
    made = subprocess.run([*runner, *initdb], cwd=folder, capture_output=True, check=False)
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stderr.decode()}")
    options = [f"-c{name}={value}" for name, value in FAST.items()]
    postgres = [f"{programs}/postgres", "-D", data, "-k", str(folder), *options]
    server = subprocess.Popen([*runner, *_dying_with_us(), *postgres], cwd=folder)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGQUIT)  # at once; nothing in it is worth keeping
        server.wait(SECONDS_TO_START)


def _dying_with_us() -> list[str]:
    """Also when the tests are killed, no server stays behind."""
    return ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else []


def _wait_until_ready(cluster: PostgresCluster, server: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return cluster.administer(sql.SQL("select 1"))
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > last:
                raise
            time.sleep(0.05)
