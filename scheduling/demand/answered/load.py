"""How many people would talk at once if nobody ever had to wait?"""

from collections.abc import Sequence
from datetime import timedelta
from math import exp

from scheduling.demand.counts import DAY, DemandError


def offered_load(calls: Sequence[float], step: timedelta, talk: timedelta) -> tuple[float, ...]:
    """Mean conversations at once in each step, in erlangs, as they outlast the step they began in.

    calls: expected in each step; talk: mean conversation plus wrap-up. Before the first step a day
    like the first is taken to have gone. The load of infinitely many people, which long calls make
    lag behind the calls: Green, Kolesar & Whitt (2007), modified offered load.
    """
    if talk <= timedelta(0):
        raise DemandError(f"A conversation takes some time, not {talk}.")
    first_day = calls[: DAY // step]
    _, now = _run(first_day, 0.0, step, talk)
    loads, _ = _run(calls, now, step, talk)
    return loads


def _run(
    calls: Sequence[float], now: float, step: timedelta, talk: timedelta
) -> tuple[tuple[float, ...], float]:
    """The mean load in each step, and the load at the end. now: the load at the beginning."""
    steps = step / talk
    kept = exp(-steps)
    loads = []
    for one in calls:
        settled = one / steps
        loads.append(settled + (now - settled) * (1.0 - kept) / steps)
        now = settled + (now - settled) * kept
    return tuple(loads), now


def pooled_load(lines: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The load of a desk that answers several lines, whatever each line's calls take."""
    if not lines:
        raise DemandError("Nothing to pool: give the load of at least one line.")
    return tuple(sum(loads) for loads in zip(*lines, strict=True))
