"""A Dask scheduler and workers of one's own on this machine, to measure and to test with."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from distributed import Client

ROOT: Final = Path(__file__).parent.parent
SECONDS_TO_START: Final = 300
HOST: Final = ("--host", "127.0.0.1", "--no-dashboard")
ANY_PORTS: Final = ("--port", "0", "--dashboard-address", "127.0.0.1:0")
ALONE: Final = ("--nthreads", "1", "--no-nanny", "--memory-limit", "1GiB")

Program = subprocess.Popen[bytes]


class NotStartedError(Exception):
    """A program of the cluster did not start in time."""


@dataclass(frozen=True)
class Loopback:
    """A cluster on 127.0.0.1. Workers have no nanny: who is killed stays dead."""

    address: str
    scheduler: Program
    workers: list[Program]


@contextmanager
def loopback(workers: int) -> Iterator[Loopback]:
    """The scheduler and so many workers, of one thread each; ended in the end."""
    with tempfile.TemporaryDirectory(prefix="dask-", ignore_cleanup_errors=True) as folder:
        programs: list[Program] = []
        try:
            where = Path(folder) / "scheduler.json"
            asked = (*HOST, *ANY_PORTS, "--scheduler-file", str(where))
            programs.append(_begun(folder, "scheduler", *asked))
            address = _address(where, programs[0])
            mine = (*HOST, *ALONE, "--local-directory", folder)
            programs += [_begun(folder, "worker", address, *mine) for _ in range(workers)]
            if workers:
                _wait_for_workers(address, workers)
            yield Loopback(address, programs[0], programs[1:])
        finally:
            for program in programs:
                program.kill()
                program.wait()


def _wait_for_workers(address: str, workers: int) -> None:
    with Client(address, timeout=SECONDS_TO_START, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=SECONDS_TO_START)


def _begun(folder: str, *words: str) -> Program:
    with Path(folder, "log").open("ab") as log:
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 - ours


def _address(where: Path, scheduler: Program) -> str:
    deadline = monotonic() + SECONDS_TO_START
    while monotonic() < deadline and scheduler.poll() is None:
        if where.exists() and (address := address_in(where.read_text(encoding="utf-8"))):
            return address
        sleep(0.05)
    raise NotStartedError(f"dask scheduler did not start within {SECONDS_TO_START} s")


def address_in(written: str) -> str | None:
    """What the scheduler's file gives as its address; None while it is being written.

    Dask opens the file first and fills it after, so whoever watches for it may see a part.
    """
    try:
        return str(json.loads(written)["address"])
    except json.JSONDecodeError:
        return None
