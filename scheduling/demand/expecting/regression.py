"""What do months and years of calls say of the coming days? Poisson regression."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, pi, sin
from typing import Final
from warnings import catch_warnings, simplefilter

import numpy as np

from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.dates.shape import DAYS, summed, week_shape
from scheduling.demand.expecting.methods import Expected
from scheduling.demand.expecting.spread import busy_variance
from scheduling.demand.grid import Floats, Grid

SHAPE_WEEKS: Final = 104  # the hours of a day change slowly; their share is taken from two years
YEAR: Final = 365.25
WEEKDAY: Final = 1.0  # how far each effect may go (standard deviation of its logarithm)
HOLIDAY: Final = 0.3
FESTIVAL: Final = 0.2  # one festival beside the others
SEASON: Final = 0.1
LEVEL: Final = 0.03  # from four weeks to the next, for good
MONTH: Final = 0.04  # four weeks by themselves, over afterwards; or seasons would be seen in chance
LEVEL_DAYS: Final = 28


def by_regression(calls: Floats, past: Grid, coming: Grid, calendar: Calendar) -> Expected:
    """Expected calls: the day's total by regression, shared out by the shape of the week."""
    recent = calls.copy()
    recent[: max(0, len(calls) - SHAPE_WEEKS * DAYS * past.slots)] = np.nan
    shape = week_shape(recent, past)
    share = _share(shape.week)
    known = ~np.isnan(calls)
    days = len(past.dates)
    seen = summed(past.day[known], calls[known], days)
    part = summed(past.day[known], share[past.acts_as, past.slot][known], days)
    fitted, ahead = _totals(seen, part, past.dates, coming.dates, calendar)
    mean = fitted[past.day] * share[past.acts_as, past.slot]
    variance = busy_variance(calls, mean, shape.parameters)
    return Expected(ahead[coming.day] * share[coming.acts_as, coming.slot], variance)


def _share(week: Floats) -> Floats:
    """The part of a day's calls that falls in each step, days of the week by steps."""
    totals = week.sum(axis=1, keepdims=True)
    share = np.full_like(week, 1.0 / week.shape[1])
    np.divide(week, totals, out=share, where=totals > 0)
    return share


def _totals(
    seen: Floats, part: Floats, past: Sequence[date], coming: Sequence[date], calendar: Calendar
) -> tuple[Floats, Floats]:
    """Whole days' expected calls, past and coming. part: of each past day, what was seen of it."""
    if not seen.any():
        return np.zeros(len(past)), np.zeros(len(coming))
    there = part > 0
    rows = np.array(list(_effects([*past, *coming], past, calendar)), dtype=np.float64)
    weights = part
    for _ in range(2):  # the second time by negative-binomial weights: a busy day tells less
        means = _fitted(
            rows[: len(past)][there],
            (seen / np.where(there, part, 1.0))[there],
            weights[there],
            rows,
        )
        fitted, ahead = means[: len(past)], means[len(past) :]
        extra = busy_variance(seen[there], (fitted * part)[there], parameters=DAYS)
        weights = part / (1.0 + extra * fitted * part)
    return fitted, ahead


def _fitted(days: Floats, calls: Floats, weights: Floats, rows: Floats) -> Floats:
    """What a Poisson regression of `calls` on `days` expects of `rows`."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import PoissonRegressor  # heavy; only long histories need it
    from threadpoolctl import threadpool_limits

    model = PoissonRegressor(alpha=1.0 / weights.sum(), solver="newton-cholesky", max_iter=100)
    with threadpool_limits(1), catch_warnings():  # one is ten times faster than two on busy cores
        simplefilter("ignore", ConvergenceWarning)  # at once there, where all days are alike
        means: Floats = model.fit(days, calls, weights).predict(rows)
    return means


def _effects(
    days: Sequence[date], past: Sequence[date], calendar: Calendar
) -> Iterator[list[float]]:
    """One row a day: each effect, scaled by how far it may go, so that one penalty fits all."""
    festivals = sorted({name for day in past if (name := calendar.holiday(day))})
    knots = range(past[-1].toordinal() - LEVEL_DAYS, past[0].toordinal(), -LEVEL_DAYS)
    waves = (1, 2) if len(past) >= YEAR else ()
    for day in days:
        name, number = calendar.holiday(day), day.toordinal()
        yield [
            *(WEEKDAY * (calendar.acts_as(day) == one) for one in range(DAYS)),
            HOLIDAY * (name is not None),
            HOLIDAY * calendar.is_made_up(day),
            *(FESTIVAL * (name == one) for one in festivals),
            *(
                SEASON * turn(2 * pi * wave * number / YEAR)
                for wave in waves
                for turn in (sin, cos)
            ),
            *(LEVEL * (number > knot) for knot in knots),
            *(MONTH * (knot < number <= knot + LEVEL_DAYS) for knot in knots),
        ]
