"""How many callers are answered, and how many hang up, when patience is finite? Exact Erlang A."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from math import exp, inf, log
from typing import Final

import numpy as np

from scheduling.demand.counts import DemandError
from scheduling.demand.erlang import CoverageTarget, lost
from scheduling.demand.grid import Floats

HOUR: Final = timedelta(hours=1)
NOTHING: Final = 60.0  # e to the minus this is nothing beside 1
PANELS: Final = 400
FINE: Final = 20.0  # the first panel is e to the minus this of the whole
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)


@dataclass(frozen=True)
class Waits:
    """Waiting at a desk whose callers hang up (M/M/n+M), in the steady state.

    Times in mean conversations: load = calls per mean conversation, patience = mean patience of a
    caller in the same unit. Source: Mandelbaum & Zeltyn (2007), by the density of the wait that a
    caller of endless patience would meet. Exact for overload and for no calls.
    """

    servers: int
    load: float
    patience: float

    def __post_init__(self) -> None:
        if self.servers < 0 or not 0 <= self.load < inf or not 0 < self.patience < inf:
            raise DemandError("Erlang A takes 0 or more people and calls, and a patience above 0.")

    @property
    def at_once(self) -> float:
        """The share of calls that do not wait at all."""
        return self._scale[0]

    @property
    def abandoned(self) -> float:
        """The share of calls that hang up unanswered."""
        return self.mean(lambda wait: -np.expm1(-wait / self.patience))

    @property
    def mean_wait(self) -> float:
        """Mean wait of all calls, answered or not, in mean conversations."""
        return self.abandoned * self.patience

    @property
    def mean_waiting(self) -> float:
        """Mean number of callers who wait at once."""
        return self.load * self.mean_wait

    @property
    def occupancy(self) -> float:
        """The part of the people's time that they talk; 0 where there is nobody."""
        return self.load * (1.0 - self.abandoned) / self.servers if self.servers else 0.0

    def answered(self, within: float) -> float:
        """The share of all calls answered within a wait, in mean conversations."""
        return self.at_once + self.mean(lambda wait: np.exp(-wait / self.patience), within)

    def mean(self, what: Callable[[Floats], Floats], within: float = inf) -> float:
        """The mean over calls that wait of `what` by the wait they would meet, 0 beyond `within`.

        Calls that do not wait count as 0: this is a part of the mean over all calls.
        """
        if self.servers == 0:  # the wait has no end
            return float(what(np.array([inf]))[0]) if within == inf else 0.0
        waits, widths = _panels(min(within, self._end))
        density = np.exp(self._log(waits) - self._top) / self._scale[1]
        return float(np.sum(what(waits) * density * widths))

    @cached_property
    def _scale(self) -> tuple[float, float]:
        """The share at once, and what the density of the wait is divided by."""
        if self.servers == 0:
            return 0.0, inf
        if self.load == 0:
            return 1.0, inf
        waits, widths = _panels(self._end)
        area = float(np.sum(np.exp(self._log(waits) - self._top) * widths))
        at_once = exp(-self._top) / (self.load * lost(self.servers - 1, self.load))
        return at_once / (at_once + area), at_once + area

    def _log(self, wait: Floats) -> Floats:
        """The logarithm of the density, up to a constant."""
        served: Floats = -self.servers * wait - self.load * self.patience * np.expm1(
            -wait / self.patience
        )
        return served

    @cached_property
    def _top(self) -> float:
        """The greatest value of that logarithm."""
        if self.load <= self.servers:
            return 0.0
        return float(self._log(np.array([self.patience * log(self.load / self.servers)]))[0])

    @cached_property
    def _end(self) -> float:
        """A wait that hardly any call meets."""
        end = 1.0 / self.servers
        while self._log(np.array([end]))[0] > self._top - NOTHING or end < self.patience * log(
            max(1.0, self.load / self.servers)
        ):
            end *= 2.0
        return end


def _panels(end: float) -> tuple[Floats, Floats]:
    """Points and weights of a sum that is the integral from 0 to `end`: fine near 0, where waits
    of a few seconds lie.
    """
    edges = end * np.expm1(np.linspace(0.0, FINE, PANELS + 1)) / np.expm1(FINE)
    middle, half = (edges[1:] + edges[:-1]) / 2.0, (edges[1:] - edges[:-1]) / 2.0
    points = middle[:, None] + half[:, None] * NODES[None, :]
    return points.ravel(), (half[:, None] * WEIGHTS[None, :]).ravel()


def heads_with_patience(
    calls_an_hour: float,
    talk: timedelta,
    patience: timedelta,
    target: CoverageTarget,
    most_lost: float = 0.05,
) -> int:
    """The fewest people who answer the target's share of all calls in time and lose few enough.

    patience: mean, of a caller; most_lost: share that may hang up. 0 when no call is expected.
    """
    load = calls_an_hour * (talk / HOUR)
    heads = 0
    while load and not _kept(Waits(heads, load, patience / talk), talk, target, most_lost):
        heads += 1
    return heads


def _kept(waits: Waits, talk: timedelta, target: CoverageTarget, most_lost: float) -> bool:
    within = target.within / talk
    return waits.answered(within) >= target.share and waits.abandoned <= most_lost
