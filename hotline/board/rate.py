"""The last hour's answer rate: of how many callers, and how many reached a person in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.board.facts import LateCall

WITHIN: Final = timedelta(seconds=15)  # GB/T 33358-2016; a site's demand.within_seconds beats it
LOOKED_BACK: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Rate:
    """So many callers reached a person in time, out of so many."""

    met: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None: nobody called."""
        return self.met / self.of if self.of else None


NO_CALLS: Final = Rate()


def answer_rate(calls: Iterable[LateCall], within: timedelta, at: datetime) -> Rate:
    """How many of `calls` spoke with a person within `within` of their arrival.

    Not counted are who waits no longer than that yet, and who hung up before it was over: they
    gave the line no time. Whoever was answered later, or never, counts as missed.
    """
    waits = [_wait(call, at) for call in calls]
    met = sum(answered and wait <= within for wait, answered in waits)
    missed = sum(wait > within for wait, _ in waits)
    return Rate(met, met + missed)


def _wait(call: LateCall, at: datetime) -> tuple[timedelta, bool]:
    until = call.joined or call.ended or at
    return until - call.arrived, call.joined is not None
