"""How do the calls of a usual week fall on its days and half hours?"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scheduling.demand.grid import Floats, Grid, Numbers

DAYS: Final = 7
NEIGHBOURS: Final = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0


def shrunk(seen: Floats, expected: Floats, doubt: float | None = None) -> Floats:
    """By what factor each cell exceeds what was expected, drawn towards 1 where little is seen.

    seen, expected: calls. doubt: the spread of true factors (standard deviation); None: the one
    that the cells show beyond chance. The posterior mean of a Gamma-Poisson model.
    """
    variance = _variance(seen, expected) if doubt is None else doubt**2
    factors: Floats = (seen * variance + 1.0) / (expected * variance + 1.0)
    return factors


def _variance(seen: Floats, expected: Floats) -> float:
    weight = float((expected**2).sum())
    excess = float(((seen - expected) ** 2 - expected).sum())
    return max(0.0, excess / weight) if weight else 0.0


@dataclass(frozen=True)
class Shape:
    """Mean calls in each step of the week, days by steps; parameters: freely fitted numbers."""

    week: Floats
    parameters: float


def week_shape(calls: Floats, grid: Grid) -> Shape:
    """Mean calls in each step of the week, over the ordinary days of a history.

    calls: NaN where unknown. A cell seen rarely leans on its weekday and its time of day, a time
    of day on its neighbours, so that sparse lines get no jagged nights.
    """
    seen, weeks = by_week(calls, grid)
    mean = _smooth(seen.sum(axis=0), weeks.sum(axis=0))
    by_time = _as_many(
        mean * shrunk(seen.sum(axis=0), mean * weeks.sum(axis=0)), seen, weeks.sum(axis=0)
    )
    by_day = shrunk(seen.sum(axis=1), (by_time * weeks).sum(axis=1))
    both = by_day[:, None] * by_time[None, :]
    variance = _variance(seen, both * weeks)
    free = both * weeks * variance  # beside 1: what a cell says itself beside what it leans on
    parameters = DAYS + grid.slots + float((free / (free + 1.0)).sum())
    return Shape(_as_many(both * shrunk(seen, both * weeks), seen, weeks), parameters)


def _as_many(expected: Floats, seen: Floats, times: Floats) -> Floats:
    """Scaled to as many calls as were seen: leaning moves calls, and loses none."""
    total = float((expected * times).sum())
    return expected * (float(seen.sum()) / total if total else 1.0)


def by_week(calls: Floats, grid: Grid) -> tuple[Floats, Floats]:
    """Calls, and how often it was seen, for each step of the week, on ordinary days."""
    known = ~np.isnan(calls) & grid.ordinary
    cell = (grid.acts_as * grid.slots + grid.slot)[known]
    cells = DAYS * grid.slots
    shape = (DAYS, grid.slots)
    seen, weeks = summed(cell, calls[known], cells), summed(cell, np.ones(len(cell)), cells)
    return seen.reshape(shape), weeks.reshape(shape)


def summed(where: Numbers, what: Floats, cells: int) -> Floats:
    """The sum of `what` in each of so many cells."""
    return np.bincount(where, what, cells).astype(np.float64)


def _smooth(seen: Floats, times: Floats) -> Floats:
    """Mean by time of day, weighed with the neighbouring steps around midnight and all."""
    around = range(-2, 3)
    near = sum(w * np.roll(seen, k) for w, k in zip(NEIGHBOURS, around, strict=True))
    often = sum(w * np.roll(times, k) for w, k in zip(NEIGHBOURS, around, strict=True))
    smooth: Floats = np.divide(near, often, out=np.zeros_like(seen), where=np.asarray(often) > 0)
    return smooth
