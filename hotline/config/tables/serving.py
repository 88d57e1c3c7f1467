"""What an operator may set about the web server: config.toml, table [serving]."""

from dataclasses import dataclass
from enum import StrEnum


class Server(StrEnum):
    """Which web server answers."""

    WAITRESS = "waitress"  # one process with threads
    GUNICORN = "gunicorn"  # several processes with threads each


@dataclass(frozen=True)
class Serving:
    """Where the web server listens. server, processes: of `hotline web`."""

    host: str
    port: int
    threads: int  # of each process
    server: Server | None = None  # None: waitress
    processes: int | None = None  # None: 1
