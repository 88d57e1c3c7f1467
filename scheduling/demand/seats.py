"""How many people does a desk need in each half hour?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from scheduling.demand.answered.busy import heads_when_busy
from scheduling.demand.answered.load import offered_load
from scheduling.demand.counts import DemandError
from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.dates.seasons import Season, raised_calls
from scheduling.demand.erlang import CoverageTarget
from scheduling.demand.forecast import Forecast


@dataclass(frozen=True)
class Promise:
    """What a desk promises its callers. talk: mean conversation plus wrap-up.

    floor: never fewer people while open (2: the 2021 guide and the 12356 notice).
    """

    talk: timedelta
    target: CoverageTarget = field(default_factory=CoverageTarget)
    floor: int = 2

    def __post_init__(self) -> None:
        if self.talk <= timedelta(0) or self.floor < 0 or not 0 < self.target.share < 1:
            raise DemandError(
                "A promise has talk above 0, a floor of 0 or more, a share within 0-1."
            )


def seats(
    forecast: Forecast, promise: Promise, calendar: Calendar, seasons: Sequence[Season] = ()
) -> tuple[int, ...]:
    """People needed in each step of the forecast: its calls raised by the seasons, their load as
    it outlasts the step, its busy factor, and never fewer than the floor.
    """
    calls = raised_calls(forecast, seasons, calendar)
    loads = offered_load(calls, forecast.step, promise.talk)
    return seats_for_loads(loads, promise, forecast.busy)


def seats_for_loads(loads: Sequence[float], promise: Promise, busy: float = 0.0) -> tuple[int, ...]:
    """People needed at each load in erlangs: of one line, or pooled from several.

    promise.talk: the mean over the lines' calls; busy: coefficient of variation of the busy factor.
    """
    heads = {load: heads_when_busy(load, promise.talk, promise.target, busy) for load in set(loads)}
    return tuple(max(promise.floor, heads[load]) for load in loads)
