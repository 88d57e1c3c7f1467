"""How much may a search still spend? Seconds of the wall, or units of work."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from time import monotonic
from typing import TypeVar

Answer = TypeVar("Answer")
LISTENING = 0.05  # seconds between two looks at whether somebody cancelled


@dataclass(frozen=True)
class SolveLimits:
    """How much a roster may cost.

    seconds: of the wall; workers: threads of CP-SAT; with one the same problem and seed give the
    same roster, unless the time runs out.
    work: units instead of seconds, counted alike on every machine and under any load, and always
    with one worker: the same problem, seed and work give the same roster and bounds. A unit is
    about a second of one core: a deterministic second of CP-SAT; for HiGHS, simplex iterations
    times rows and columns by `mixed.UNIT`; for pricing, edges by `EDGES_A_UNIT`.
    columns: weeks that one choice may hold; edges: steps that all graphs of legal weeks may hold
    together. Both bound the memory; fewer can cost the proof, never the roster.
    """

    seconds: float = 30.0
    seed: int = 1
    workers: int = 1
    columns: int = 60_000
    edges: int = 10_000_000
    work: float | None = None


def never() -> bool:
    """Nobody cancels."""
    return False


class Meter:
    """What a search has spent so far: seconds, or the units that it is told of."""

    def __init__(self, limits: SolveLimits, cancelled: Callable[[], bool]) -> None:
        self._begun, self._units = monotonic(), 0.0
        self.by_work = limits.work is not None
        self.cancelled = cancelled

    def spent(self) -> float:
        """In the unit of the limit."""
        return self._units if self.by_work else monotonic() - self._begun

    def spend(self, units: float) -> None:
        """Count work; of no account where seconds are the limit."""
        self._units += units


@dataclass(frozen=True)
class Budget:
    """What may be spent until the meter stands at `end`."""

    meter: Meter
    end: float

    def left(self) -> float:
        """Seconds or units; below zero when overdrawn."""
        return self.end - self.meter.spent()

    def going_on(self) -> bool:
        """Whether there is something left and nobody cancelled."""
        return self.left() > 0 and not self.meter.cancelled()

    def at_most(self, amount: float) -> "Budget":
        """A part of this budget; what is not spent of it stays here."""
        return Budget(self.meter, min(self.end, self.meter.spent() + amount))


def whole(limits: SolveLimits, cancelled: Callable[[], bool]) -> Budget:
    """All that the limits allow, from now on."""
    return Budget(Meter(limits, cancelled), limits.seconds if limits.work is None else limits.work)


def awaited(run: Callable[[], Answer], cancelled: Callable[[], bool]) -> Answer | None:
    """What `run` answers; None as soon as somebody cancels, while `run` ends by itself later.

    Solvers listen to nobody while they work, not even to Ctrl-C.
    """
    answers: list[Answer] = []
    failures: list[Exception] = []

    def work() -> None:
        try:
            answers.append(run())
        except Exception as failure:  # noqa: BLE001 - raised again by whoever waits
            failures.append(failure)

    thread = Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive() and not cancelled():
        thread.join(LISTENING)
    if failures:
        raise failures[0]
    return answers[0] if answers else None
