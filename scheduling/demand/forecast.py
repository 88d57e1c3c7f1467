"""How many calls will come in each half hour of the coming weeks?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

import numpy as np

from scheduling.demand.counts import Counts, DemandError, on_step
from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.expecting.methods import Expected, Method, by_means, by_prior
from scheduling.demand.expecting.prior import Prior
from scheduling.demand.expecting.regression import by_regression
from scheduling.demand.expecting.spread import quantiles
from scheduling.demand.grid import Floats, Grid, grid
from scheduling.problem import Span

WEEK: Final = timedelta(weeks=1)
LEVELS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Forecast:
    """Expected calls in each step, and bands around them.

    bands: for each level the count that is not exceeded with that chance; busy: the coefficient of
    variation of the busy factor, for seats; provisional: a year's holidays are not yet announced.
    """

    start: datetime
    step: timedelta
    mean: tuple[float, ...]
    bands: Mapping[float, tuple[float, ...]]
    busy: float
    method: Method
    provisional: bool


def forecast(
    history: Counts,
    horizon: Span,
    calendar: Calendar,
    prior: Prior | None = None,
    levels: Sequence[float] = LEVELS,
) -> Forecast:
    """The calls of each step of `horizon`, by the method that so much history bears.

    Under 4 weeks of known days: `prior` and what was seen; to 26 weeks: means by step of the week
    with a holiday ratio; beyond: regression. horizon: whole steps, after the history, up to a year
    from its end; levels: within 0-1. Raises DemandError otherwise, or if a prior is missing.
    """
    if not all(0 < level < 1 for level in levels):
        raise DemandError(f"Bands are asked for at chances between 0 and 1, not at {levels}.")
    steps = _steps(history, horizon)
    calls = np.array([np.nan if one is None else one for one in history.calls], dtype=np.float64)
    past = grid(history.start, len(calls), history.step, calendar)
    coming = grid(horizon.start, steps, history.step, calendar)
    method = _method(history)
    expected = _expected(method, calls, past, coming, calendar, prior)
    rows = quantiles(expected.mean, expected.busy_variance, levels)
    return Forecast(
        start=horizon.start,
        step=history.step,
        mean=tuple(expected.mean.tolist()),
        bands={level: tuple(rows[:, k].tolist()) for k, level in enumerate(levels)},
        busy=sqrt(expected.busy_variance),
        method=method,
        provisional=calendar.is_provisional(horizon),
    )


def _steps(history: Counts, horizon: Span) -> int:
    on_step(horizon.start, history.step)
    on_step(horizon.end, history.step)
    if horizon.start < history.end:
        raise DemandError(
            f"The forecast begins {horizon.start}, before the history's end {history.end}."
        )
    if horizon.end - history.end > 53 * WEEK:
        raise DemandError(f"The forecast ends {horizon.end}, over a year after the history.")
    return horizon.length // history.step


def _method(history: Counts) -> Method:
    known = (number for number, calls in enumerate(history.calls) if calls is not None)
    days = len({(history.start + number * history.step).date() for number in known})
    if days < 4 * 7:
        return Method.PRIOR
    return Method.MEANS if days <= 26 * 7 else Method.REGRESSION


def _expected(
    method: Method, calls: Floats, past: Grid, coming: Grid, calendar: Calendar, prior: Prior | None
) -> Expected:
    match method:
        case Method.REGRESSION:
            return by_regression(calls, past, coming, calendar)
        case Method.MEANS:
            return by_means(calls, past, coming)
        case Method.PRIOR if prior is not None:
            return by_prior(calls, past, coming, prior)
    raise DemandError("Under four weeks of history a prior is needed: calls a week, and a shape.")
