"""What is expected of each coming step, by as much history as there is?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from scheduling.demand.dates.shape import by_week, shrunk, week_shape
from scheduling.demand.expecting.prior import Prior
from scheduling.demand.expecting.spread import busy_variance
from scheduling.demand.grid import Floats, Grid

HOLIDAY_DOUBT: Final = 0.3  # a holiday may well see a third more or fewer calls than a Sunday


class Method(StrEnum):
    """How the expected calls were found."""

    PRIOR = "prior"
    MEANS = "hour-of-week means"
    REGRESSION = "regression"


@dataclass(frozen=True)
class Expected:
    """Mean calls of each coming step; busy_variance: of the factor by which steps miss it."""

    mean: Floats
    busy_variance: float


def by_prior(calls: Floats, past: Grid, coming: Grid, prior: Prior) -> Expected:
    """The prior's level and shape, each drawn towards the calls seen as far as these are many."""
    week = prior.week(past.slots)
    seen, weeks = by_week(calls, past)
    guessed = week * weeks
    level = float(
        shrunk(seen.sum(keepdims=True), guessed.sum(keepdims=True), prior.level_doubt)[0, 0]
    )
    shape = level * week * shrunk(seen, level * guessed, prior.shape_doubt)
    unsure = 1.0 / (1.0 / prior.level_doubt**2 + seen.sum())
    return Expected(shape[coming.acts_as, coming.slot], prior.busy**2 + unsure)


def by_means(calls: Floats, past: Grid, coming: Grid) -> Expected:
    """The mean of each step of the week; holidays as Sundays times the ratio that they showed."""
    shape = week_shape(calls, past)
    fitted = shape.week[past.acts_as, past.slot]
    off = past.holiday & ~np.isnan(calls)
    seen, guessed = calls[off].sum(keepdims=True), fitted[off].sum(keepdims=True)
    ratio = float(shrunk(seen, guessed, HOLIDAY_DOUBT)[0])
    fitted = np.where(past.holiday, ratio, 1.0) * fitted
    mean = np.where(coming.holiday, ratio, 1.0) * shape.week[coming.acts_as, coming.slot]
    return Expected(mean, busy_variance(calls, fitted, shape.parameters))
