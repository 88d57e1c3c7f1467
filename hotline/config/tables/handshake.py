"""What an operator may set about duties: when they are confirmed, and how stand-ins are found."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class QuietHours:
    """When nobody is asked about a duty that is further ahead than `beyond_hours`; site time."""

    start: time
    end: time  # earlier than start: the next day
    beyond_hours: float


@dataclass(frozen=True)
class Handshake:
    """How a duty is confirmed and replaced. What stands here holds for a site that says nothing."""

    first_hours: float = 0.0  # before a duty, its person is asked to confirm; 0: not asked
    last_hours: float = 0.0  # asked again, if they have not; 0: not asked
    call: bool = False  # the last time by telephone, too
    answer_minutes: int = 20  # after the last time, whoever has not confirmed is replaced
    missed_minutes: int = 10  # after the start, whoever has not checked in where a line demands it
    reachable_hours: float = 24.0  # a telephone answered within them counts as reachable
    longest_minutes: int = 30  # somebody asked to stand in has for an answer, far from the duty
    shortest_minutes: int = 3  # the same when the duty runs
    undo_seconds: int = 120  # whoever said yes can take it back
    quiet: QuietHours | None = None
