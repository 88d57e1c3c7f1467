"""A PostgreSQL server of one's own on this machine, to measure and to test with."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

DEBIAN: Final = Path("/usr/lib/postgresql")
SERVER_USER: Final = "postgres"
SECONDS_TO_START: Final = 300
INITDB: Final = ("--no-sync", "--no-locale", "--encoding=UTF8", "--no-instructions")
FAST: Final = {  # nothing here outlives its user, so nothing is forced to disk
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "log_min_messages": "panic",
}


class MissingPartError(Exception):
    """A program that a server needs is not on this machine. remedy: how to get it."""

    def __init__(self, part: str, remedy: str) -> None:
        super().__init__(f"{part} is missing: {remedy}")
        self.part, self.remedy = part, remedy


class PostgresServer:
    """A running server that only this process talks to, over a socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs, self._runner = programs(), _runner()
        if self._runner:
            shutil.chown(folder, SERVER_USER)
        self._initialize()
        # A server that dies with its starter dies with the starter's thread: this one stays.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="postgresql")
        self._process = self._starter.submit(self._started).result()
        self.wait_until_ready()

    def url(self, database: str) -> str:
        """Where Store finds `database`."""
        return f"postgresql://hotline@/{database}?host={self.folder}"

    def administer(self, statement: sql.SQL | sql.Composed) -> None:
        """Run a statement that no transaction may hold."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def restart(self, away: float) -> None:
        """Cut every connection as a crash does, and be back after so many seconds."""
        self.stop()
        time.sleep(away)
        self._process = self._starter.submit(self._started).result()
        self.wait_until_ready()

    def stop(self) -> None:
        """End at once; what was committed stays."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(SECONDS_TO_START)

    def wait_until_ready(self) -> None:
        """Until it answers."""
        last = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                return self.administer(sql.SQL("select 1"))
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > last:
                    raise
                time.sleep(0.05)

    def _initialize(self) -> None:
        data = str(self.folder / "data")
        initdb = [f"{self._programs}/initdb", "-D", data, "-U", "hotline", "-A", "trust", *INITDB]
        command = [*self._runner, *initdb]
        made = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)  # noqa: S603
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr.decode()}")

    def _started(self) -> subprocess.Popen[bytes]:
        options = [f"-c{name}={value}" for name, value in FAST.items()]
        data = str(self.folder / "data")
        postgres = [f"{self._programs}/postgres", "-D", data, "-k", str(self.folder), *options]
        command = [*self._runner, *_dying_with_us(), *postgres]
        return subprocess.Popen(command, cwd=self.folder)  # noqa: S603


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A fresh server of nobody else; stopped and wiped afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        server = PostgresServer(Path(name))  # short: the path of a socket has at most 107 bytes
        try:
            yield server
        finally:
            server.stop()


def programs() -> Path:
    """The folder of initdb and postgres: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(DEBIAN.glob("*/bin"))
    if not folders or not (folders[-1] / "postgres").exists():
        remedy = "apt-get install -y --no-install-recommends postgresql"
        raise MissingPartError("PostgreSQL", remedy)
    return folders[-1]


def _runner() -> list[str]:
    """What makes root's server run as another user, for PostgreSQL refuses to serve as root."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        part = "setpriv, to start PostgreSQL as another user than root,"
        raise MissingPartError(part, "install util-linux")
    return ["setpriv", f"--reuid={SERVER_USER}", f"--regid={SERVER_USER}", "--clear-groups"]


def _dying_with_us() -> list[str]:
    """Also when its user is killed, no server stays behind."""
    return ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else []
