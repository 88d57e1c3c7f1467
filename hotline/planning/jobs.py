"""Long work on rosters that somebody asked for: what it is, how far it is, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from hotline.config.settings import DeskName
from hotline.rosters.week import Week

JobId = NewType("JobId", int)

LEASE: Final = timedelta(seconds=20)  # who has not said a word for so long is dead
TRIES: Final = 3  # work that so many workers died over is not taken up again


class JobKind(StrEnum):
    """What is asked for."""

    BEGIN = "begin"  # a draft to change by hand
    BUILD = "build"  # a draft for each desk
    REPAIR = "repair"  # the single changes that close each gap
    REHEARSE = "rehearse"  # what callers will meet


class JobState(StrEnum):
    """How far a job got."""

    WAITING = "waiting"  # for a worker
    RUNNING = "running"  # one worker has it, as long as its lease
    DONE = "done"
    FAILED = "failed"  # and says why
    WITHDRAWN = "withdrawn"  # stopped before anybody began


class JobEvent(StrEnum):
    """What happens to a job."""

    TAKEN = "taken"
    GIVEN_BACK = "given-back"  # its worker is sent home
    FOUND = "found"
    BROKEN = "broken"
    STOPPED = "stopped"


S, E = JobState, JobEvent
NEXT: Final[Mapping[JobState, Mapping[JobEvent, JobState]]] = {
    S.WAITING: {E.TAKEN: S.RUNNING, E.STOPPED: S.WITHDRAWN},
    S.RUNNING: {
        E.TAKEN: S.RUNNING,  # from a worker whose lease is over
        E.GIVEN_BACK: S.WAITING,
        E.FOUND: S.DONE,
        E.BROKEN: S.FAILED,
    },
    S.DONE: {},
    S.FAILED: {},
    S.WITHDRAWN: {},
}
OPEN: Final = frozenset(state for state, moves in NEXT.items() if moves)


def before(event: JobEvent) -> tuple[JobState, ...]:
    """The states in which `event` can happen."""
    return tuple(state for state, moves in NEXT.items() if event in moves)


def becomes(event: JobEvent) -> JobState:
    """The state that `event` leads to, from wherever it can happen."""
    [state] = {moves[event] for moves in NEXT.values() if event in moves}
    return state


@dataclass(frozen=True)
class JobOrder:
    """What is asked for. desks: in the site's order, at least one; seconds: None: as configured.

    weeks: so many running, the first included, built as one.
    """

    kind: JobKind
    week: Week
    desks: tuple[DeskName, ...]
    seconds: float | None = None
    weeks: int = 1

    @property
    def every_week(self) -> tuple[Week, ...]:
        """All of them, the first one first."""
        return tuple(self.week.shifted(n) for n in range(self.weeks))

    def meets(self, other: "JobOrder") -> bool:
        """Whether both would make a draft of some desk in some week."""
        same_desk = not set(self.desks).isdisjoint(other.desks)
        return same_desk and not set(self.every_week).isdisjoint(other.every_week)


@dataclass(frozen=True)
class SoFar:
    """How far a job is. share: of the cover wanted, or of what is to be done, 0 to 1.

    price, bound: of a build, in points of all levels; None: nothing is known yet.
    """

    seconds: float = 0.0
    share: float = 0.0
    price: int | None = None
    bound: int | None = None


NOTHING_YET: Final = SoFar()


@dataclass(frozen=True)
class Job:
    """A job as it is kept. by: who asked; ended: when it was over; failure: why it came to nothing.

    build: the number of the draft it made; stop_asked: the best found by then will do.
    """

    id: JobId
    order: JobOrder
    by: str
    asked_at: datetime
    state: JobState
    tries: int = 0
    stop_asked: bool = False
    so_far: SoFar = NOTHING_YET
    began: datetime | None = None
    ended: datetime | None = None
    build: int | None = None
    failure: str | None = None

    @property
    def open(self) -> bool:
        """Whether anything is still to come of it."""
        return self.state in OPEN

    def at(self, now: datetime) -> "Job":
        """The same with the seconds that it has run by now, while it runs."""
        if self.state is not JobState.RUNNING or self.began is None:
            return self
        return replace(
            self, so_far=replace(self.so_far, seconds=(now - self.began).total_seconds())
        )
