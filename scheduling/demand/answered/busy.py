"""How many people answer in time when some half hours are busier than others by chance?"""

from datetime import timedelta
from typing import Final

import numpy as np

from scheduling.demand.counts import DemandError
from scheduling.demand.erlang import CoverageTarget, heads_for_load
from scheduling.demand.grid import Floats

POINTS: Final = 1000  # of the busy factor; the share answered is then right to 0.0001
LEAST: Final = 0.01  # less variation changes the share answered by less than that
MOST: Final = 2.0  # more is no busy factor but another hotline every half hour


def heads_when_busy(load: float, talk: timedelta, target: CoverageTarget, busy: float) -> int:
    """The fewest people who keep the target over all calls; 0 at no load.

    load: mean, in erlangs; busy: coefficient of variation of the factor (gamma) by which the load
    of a half hour differs from its mean; 0 is Erlang C. Busy half hours bring more calls, so each
    counts by its calls.
    """
    if not 0 <= busy <= MOST:
        raise DemandError(f"The busy factor's variation is {busy}; between 0 and 2 it makes sense.")
    if load == 0 or busy < LEAST:
        return heads_for_load(load, talk, target)
    factors, weights = _gamma(busy)
    loads, inverse = load * factors, np.ones(POINTS)
    heads, share = 0, 0.0
    with np.errstate(over="ignore"):  # hardly any load: the inverse of no loss at all
        while share < target.share:
            heads += 1
            inverse = 1.0 + inverse * heads / loads
            share = float(weights @ _answered(heads, loads, 1.0 / inverse, target.within / talk))
    return heads


def _gamma(busy: float) -> tuple[Floats, Floats]:
    """Factors, and the share of calls that comes at each."""
    least, most = max(0.0, 1.0 - 8.0 * busy), 1.0 + 12.0 * busy
    factors = least + (np.arange(POINTS) + 0.5) / POINTS * (most - least)
    logs = (np.log(factors) - factors) / busy**2
    weights = np.exp(logs - logs.max())
    return factors, weights / weights.sum()


def _answered(heads: int, loads: Floats, lost: Floats, within: float) -> Floats:
    """Erlang C for many loads at once, from Erlang B. within: in mean conversations."""
    part = np.minimum(loads / heads, 1.0)
    waiting = lost / (1.0 - part * (1.0 - lost))
    spare = np.maximum(heads - loads, 0.0)
    share: Floats = np.where(loads < heads, 1.0 - waiting * np.exp(-spare * within), 0.0)
    return share
