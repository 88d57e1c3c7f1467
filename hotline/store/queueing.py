"""How writers of one SQLite file queue: one after the other, and none without end."""

import fcntl
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import IO, Any, Final

from hotline.store.driving import Asked, Values

BUSY_MILLISECONDS: Final = 10_000  # well within the carrier's 15 s of patience
LOOK: Final = 0.001  # seconds between two looks at what another process holds


class Gate:
    """What the writers of one process queue at, before they queue with other processes."""

    def __init__(self, patience: float = BUSY_MILLISECONDS / 1000) -> None:
        """patience: seconds that a writer waits at most, here and for other processes."""
        self.patience = patience
        self.lock = Lock()


class QueuedConnection(sqlite3.Connection):
    """Writers queue on a file lock: SQLite's own sleep-and-retry starves some of them.

    Of each process one at a time asks for the file, so that looking again and again is cheap.
    """

    path = ""
    gate: Gate
    queue: IO[bytes] | None = None
    writes = False

    def line_up(self) -> None:
        """Wait until no other connection writes; OperationalError when that takes too long."""
        deadline = monotonic() + self.gate.patience
        if not self.gate.lock.acquire(timeout=self.gate.patience):
            raise sqlite3.OperationalError("database is locked by a writer of this process")
        self.writes = True
        if self.queue is None:
            self.queue = Path(f"{self.path}.queue").open("ab")  # noqa: SIM115 - as long as we are
        while not _taken(self.queue):
            if monotonic() > deadline:
                self.step_out()
                raise sqlite3.OperationalError("database is locked by another process")
            sleep(LOOK)

    def step_out(self) -> None:
        """Let the next writer in."""
        if not self.writes:
            return
        self.writes = False
        if self.queue is not None:
            fcntl.flock(self.queue, fcntl.LOCK_UN)
        self.gate.lock.release()

    def rows(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """What a statement brings."""
        return self.execute(sql, values).fetchall()

    def rows_alone(self, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
        """The same: here a transaction waits for nothing."""
        return self.rows(sql, values)

    def wrote(self, sql: str, values: Values) -> int:
        """How many rows a statement wrote."""
        return self.execute(sql, values).rowcount

    def write_each(self, sql: str, each: Sequence[Values]) -> None:
        """A statement once for each of `each`."""
        self.executemany(sql, each)

    def finish(self, asked: Sequence[Asked]) -> None:
        """The last statements of the transaction, and its end: all of it stays, or nothing."""
        for sql, values in asked:
            self.execute(sql, values)
        self.commit()

    def commit(self) -> None:
        """Commit and let the next writer in."""
        try:
            super().commit()
        finally:
            self.step_out()

    def rollback(self) -> None:
        """Undo and let the next writer in."""
        try:
            super().rollback()
        finally:
            self.step_out()

    def close(self) -> None:
        """Close, and the queue's file with it."""
        super().close()
        self.step_out()
        if self.queue is not None:
            self.queue.close()


def _taken(queue: IO[bytes]) -> bool:
    try:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
