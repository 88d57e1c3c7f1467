"""What share of callers is answered in time, and what share hangs up, with given people?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from hotline.config.tables.demand import Demand
from hotline.demand.seating import Seats
from scheduling.demand.answered.patience import Waits


@dataclass(frozen=True)
class Kept:
    """Shares of all calls: answered within the promised wait, and hung up unanswered."""

    in_time: float
    hung_up: float


def kept(halves: Sequence[Seats], people: Callable[[Seats], int], demand: Demand) -> Kept | None:
    """What becomes of the calls of the open half hours; None where none are expected.

    By Erlang A in each half hour: as if all people were awake, and picked up at once.
    """
    talk = timedelta(minutes=demand.talk_minutes)
    within = timedelta(seconds=demand.within_seconds) / talk
    patience = timedelta(minutes=demand.patience_minutes) / talk

    @cache
    def shares(heads: int, load: float) -> Kept:
        waits = Waits(heads, load, patience)
        return Kept(waits.answered(within), waits.abandoned)

    busy = [half for half in halves if half.is_open and half.load > 0]
    total = sum(half.load for half in busy)
    if not total:
        return None
    found = [(half.load / total, shares(people(half), round(half.load, 3))) for half in busy]
    return Kept(
        sum(weight * one.in_time for weight, one in found),
        sum(weight * one.hung_up for weight, one in found),
    )
