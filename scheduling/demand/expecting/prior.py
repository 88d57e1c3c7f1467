"""What is to be expected of a line that has hardly any history?"""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from scheduling.demand.counts import DemandError
from scheduling.demand.dates.shape import DAYS
from scheduling.demand.grid import Floats

# Of a thousand calls, by local hour and by weekday. Source: 91,501 suicide-related calls for
# persons in crisis, Toronto, Open Data Toronto.
CRISIS_HOURS: Final = (
    44,
    36,
    28,
    22,
    17,
    13,
    13,
    16,
    21,
    32,
    40,
    47,
    53,
    55,
    56,
    58,
    59,
    57,
    56,
    55,
    57,
    58,
    56,
    51,
)
CRISIS_DAYS: Final = (145, 149, 149, 149, 145, 131, 131)
CRISIS_WEEK: Final = tuple(float(d * h) for d, h in product(CRISIS_DAYS, CRISIS_HOURS))


@dataclass(frozen=True)
class Prior:
    """A guess that own calls soon outweigh.

    calls_a_week: on ordinary days; shape: weights of equal parts of the week from Monday 00:00 on
    (any scale; 168 are hours); the doubts: how far off level and shape may be, as a share
    (standard deviation); busy: how much busier or quieter than expected a half hour is by itself.
    The doubts and `busy` are guesses, not measurements.
    """

    calls_a_week: float
    shape: tuple[float, ...] = CRISIS_WEEK
    level_doubt: float = 0.5
    shape_doubt: float = 0.3
    busy: float = 0.2

    def week(self, slots: int) -> Floats:
        """Expected calls in each step of the week, days by steps. slots: steps of a day."""
        steps = DAYS * slots
        if not self.shape or steps % len(self.shape) or min(self.shape) < 0:
            raise DemandError(
                f"{len(self.shape)} weights do not share out a week of {steps} steps."
            )
        weights = np.repeat(np.array(self.shape), steps // len(self.shape))
        if not weights.sum() > 0 or self.calls_a_week < 0:
            raise DemandError("A prior has weights above 0 and at least 0 calls a week.")
        week: Floats = (self.calls_a_week * weights / weights.sum()).reshape(DAYS, slots)
        return week
