"""What goes wrong in the soak, one after another, and who calls meanwhile."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from benchmarks.soak.house import House
from benchmarks.soak.people import QUICK_MAILBOX, Habits, accepting, connect, only, usual
from hotline.practice import NO_FAULTS, Callbacks, Faults, Rest, Webhooks

Breaking = Callable[[House], AbstractContextManager[None]]
Telephones = Callable[[random.Random], Habits]
PATIENT: Final = (15.0, 60.0)
IMPATIENT: Final = (1.0, 7.0)  # hangs up about when somebody answers or presses 1


@dataclass(frozen=True)
class Fault:
    """One thing that breaks. burst: callers in its first second, beside those of every second."""

    name: str
    breaks: Breaking
    burst: int = 0
    patience: tuple[float, float] = PATIENT
    telephones: Telephones = usual


@contextmanager
def nothing(_: House) -> Iterator[None]:
    """All is well."""
    yield


def carrier(**faults: object) -> Breaking:
    """Something is wrong at the carrier."""

    @contextmanager
    def breaks(house: House) -> Iterator[None]:
        house.carrier.faults = Faults(**faults)  # type: ignore[arg-type]  # names of its fields
        try:
            yield
        finally:
            house.carrier.faults = NO_FAULTS

    return breaks


@contextmanager
def web_processes_killed(house: House) -> Iterator[None]:
    """Again and again a process that answers is killed, in the middle of a request or not."""
    with _every(2.0, lambda turn: house.webs[turn % 2].kill_a_child(turn // 2)):
        yield


@contextmanager
def web_host_killed(house: House) -> Iterator[None]:
    """One of the two web hosts is gone altogether."""
    house.webs[0].kill()
    try:
        yield
    finally:
        house.webs[0].start()


@contextmanager
def worker_killed(house: House) -> Iterator[None]:
    """One of the two workers is gone."""
    house.workers[0].kill()
    try:
        yield
    finally:
        house.workers[0].start()


@contextmanager
def all_workers_killed(house: House) -> Iterator[None]:
    """Nobody sends orders to the carrier."""
    for worker in house.workers:
        worker.kill()
    try:
        yield
    finally:
        for worker in house.workers:
            worker.start()


@contextmanager
def database_restarted(house: House) -> Iterator[None]:
    """PostgreSQL crashes and is back after a second."""
    timer = threading.Timer(1.0, lambda: house.database.restart(1.0))
    timer.start()
    try:
        yield
    finally:
        timer.join()


def clock(seconds: float, *, everywhere: bool = False) -> Breaking:
    """The clock of a web host, or of every process, steps, and comes back later.

    Processes that start meanwhile start by the wrong clock.
    """

    @contextmanager
    def breaks(house: House) -> Iterator[None]:
        programs = (*house.webs, *house.workers) if everywhere else house.webs[:1]
        for program in programs:
            program.set_clock(seconds)
        house.webs[0].kill_a_child(0)
        try:
            yield
        finally:
            for program in programs:
                program.set_clock(0)

    return breaks


@contextmanager
def _every(seconds: float, action: Callable[[int], None]) -> Iterator[None]:
    over = threading.Event()

    def run() -> None:
        turn = 0
        while not over.wait(seconds):
            action(turn)
            turn += 1

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def telephones(house: House, chance: random.Random, fault: Fault) -> None:
    """Everybody's telephone as the fault has it."""
    connect(house.carrier.phone, fault.telephones(chance))


def _quick(chance: random.Random) -> Habits:
    return accepting(chance, slowest=5)


FAULTS: Final = (
    Fault("nothing", nothing),
    Fault("20 callers in one second", nothing, burst=20),
    Fault("web processes killed", web_processes_killed),
    Fault("all workers killed", all_workers_killed),
    Fault("database restarted", database_restarted),
    Fault("REST answers 500", carrier(rest=Rest.FAILS)),
    Fault("callbacks lost", carrier(callbacks=Callbacks.LOST)),
    Fault("callers hang up as 1 is pressed", nothing, patience=IMPATIENT, telephones=_quick),
    Fault("clock of a web host 5 min ahead", clock(300)),
    Fault("clock of a web host 5 min behind", clock(-300)),
    Fault("REST answers 429", carrier(rest=Rest.BUSY)),
    Fault("REST times out", carrier(rest=Rest.TIMES_OUT)),
    Fault("REST's answers lost", carrier(rest=Rest.LOSES_ANSWERS)),
    Fault("REST's answers too late", carrier(rest=Rest.ANSWERS_TOO_LATE)),
    Fault("callbacks late", carrier(callbacks_late=timedelta(seconds=20))),
    Fault("callbacks doubled", carrier(callbacks=Callbacks.DOUBLED)),
    Fault("callbacks reordered", carrier(callbacks=Callbacks.REORDERED)),
    Fault("webhooks asked twice", carrier(webhooks=Webhooks.TWICE)),
    Fault("every telephone a mailbox", nothing, telephones=lambda _: only(QUICK_MAILBOX)),
    Fault("a web host killed", web_host_killed),
    Fault("one of two workers killed", worker_killed),
    Fault("every process's clock 5 min ahead", clock(300, everywhere=True)),
)
