"""How far do calls scatter around what is expected?"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from scheduling.demand.grid import Floats

FAR: Final = 12.0  # standard deviations beyond which nothing is expected
ROWS: Final = 256  # means at once: bounds the memory a large centre takes


def busy_variance(calls: Floats, mean: Floats, parameters: float) -> float:
    """The variance of the busy factor: calls vary by mean + this * mean**2. 0 is pure chance.

    calls: NaN where unknown; mean: fitted to them by so many parameters, each of which brings it
    nearer to them than to the truth.
    """
    known = ~np.isnan(calls)
    count, squares = float(known.sum()), float((mean[known] ** 2).sum())
    if squares == 0 or count <= parameters:
        return 0.0
    off = float(((calls[known] - mean[known]) ** 2).sum()) * count / (count - parameters)
    return max(0.0, (off - float(mean[known].sum())) / squares)


def quantiles(mean: Floats, variance: float, levels: Sequence[float]) -> Floats:
    """The smallest counts with at least these chances of not being exceeded, one row a mean.

    Negative binomial with variance mean + variance * mean**2; Poisson where variance is 0.
    """
    different, where = np.unique(mean, return_inverse=True)
    parts = [different[start : start + ROWS] for start in range(0, len(different), ROWS)]
    return np.concatenate([_quantiles(part, variance, levels) for part in parts])[where]


def _quantiles(mean: Floats, variance: float, levels: Sequence[float]) -> Floats:
    most = mean[-1]
    counts = np.arange(np.ceil(most + FAR * np.sqrt(most + variance * most**2)) + FAR)
    with np.errstate(divide="ignore"):  # a mean of zero: the logarithm of no chance
        logs = np.log(mean)[:, None] - np.log1p(variance * mean)[:, None]
    steps = logs + np.log1p(variance * counts[:-1]) - np.log(counts[1:])
    first = -mean if variance == 0 else -np.log1p(variance * mean) / variance
    chances = np.exp(
        first[:, None]
        + np.concatenate([np.zeros((len(mean), 1)), np.cumsum(steps, axis=1)], axis=1)
    )
    reached = np.cumsum(chances, axis=1)
    rows: Floats = np.stack([(reached < level).sum(axis=1) for level in levels], axis=1).astype(
        float
    )
    return rows
