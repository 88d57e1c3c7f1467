"""How are problems solved on this machine? In this process, or in some of its own."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from threading import Thread
from time import sleep

from scheduling.places import Work
from scheduling.places.board import Board
from scheduling.solve import Progress

LOOK = 0.2  # seconds between two looks at whether anybody still waits

Run = Callable[[int, str], str]

_desk: list[Run] = []  # in a worker process: what it does all day


@dataclass(frozen=True)
class Here:
    """This process, one problem at a time; for one problem, for small ones, and for tests."""

    @contextmanager
    def opened(self, work: Work, problems: int) -> Iterator["LocalCrew"]:
        """Ready at once."""
        board = Board(problems)
        with ThreadPoolExecutor(1) as thread:
            yield LocalCrew(board, 1, partial(_told, work, board), lambda: thread)


@dataclass(frozen=True)
class Processes:
    """So many processes of this machine, at least 1; ready after about a second."""

    workers: int

    @contextmanager
    def opened(self, work: Work, problems: int) -> Iterator["LocalCrew"]:
        """Started afresh, as those that a killed one takes with it are; ended in the end."""
        board = Board(problems)
        crew = LocalCrew(board, self.workers, _in_worker, partial(self._hired, work, board))
        try:
            yield crew
        finally:
            crew.dismiss()

    def _hired(self, work: Work, board: Board) -> Executor:
        context = get_context("spawn")  # a fork would copy locks that threads of ours hold
        whom = (work, board, os.getpid())
        return ProcessPoolExecutor(self.workers, context, _begin_work, whom)


class LocalCrew:
    """Workers of this machine, hired again when one of them was killed."""

    def __init__(self, board: Board, width: int, run: Run, hire: Callable[[], Executor]) -> None:
        self._board, self._width, self._run, self._hire = board, width, run, hire
        self._read: dict[int, int] = {}
        self._executor = hire()

    def width(self) -> int:
        """As many as were asked for: who is killed is replaced."""
        return self._width

    def submit(self, number: int, payload: str) -> Future[str]:
        """Begin with a problem; the future breaks with BrokenExecutor if a worker is killed."""
        try:
            return self._executor.submit(self._run, number, payload)
        except BrokenExecutor:
            self.dismiss()
            self._executor = self._hire()
            return self._executor.submit(self._run, number, payload)

    def heard(self) -> Iterable[tuple[int, Progress]]:
        """What stands on the board and was not read yet."""
        return self._board.read(self._read)

    def enough(self) -> None:
        """Searches answer within moments."""
        self._board.enough()

    def stop(self) -> None:
        """Processes end within moments; a search in this one ends at its next word."""
        self._board.stop()

    def dismiss(self) -> None:
        """Send the workers home, once they have done what is begun."""
        self._executor.shutdown(cancel_futures=True)


def _told(work: Work, board: Board, number: int, payload: str) -> str:
    return work(payload, partial(board.write, number), board.has_enough)


def _begin_work(work: Work, board: Board, employer: int) -> None:
    """What each worker process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever waits for us
    _desk[:] = [partial(_told, work, board)]
    wanted = partial(still_wanted, board, employer)
    Thread(target=leave_when_done, args=(wanted, os._exit), daemon=True).start()


def still_wanted(board: Board, employer: int) -> bool:
    """Whether the process that hired this one is there yet, and waits."""
    return os.getppid() == employer and not board.stopped


def leave_when_done(wanted: Callable[[], bool], leave: Callable[[int], object]) -> None:
    """End a process that nobody waits for, in the midst of whatever it does."""
    while wanted():
        sleep(LOOK)
    leave(0)


def _in_worker(number: int, payload: str) -> str:
    [run] = _desk
    return run(number, payload)
