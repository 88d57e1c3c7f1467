"""How low can the price get? Column generation with smoothed worths, and the bound it proves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scheduling.columns.ledger import Column, Floats, Ints, Ledger
from scheduling.columns.walks.pricing import Priced, Pricing
from scheduling.columns.worths.relaxation import Relaxation

SMOOTH: Final = 0.6  # the part of the best worths so far; measured in reference/rostering.md 9
CLOSE: Final = 1e-6


@dataclass(frozen=True)
class Descent:
    """The relaxation at its lowest: its price, what proves it, and the worths that do."""

    price: float
    proven: float
    worth: Ints

    @property
    def bound(self) -> float:
        """No whole roster costs less; minus infinity when it was too late to prove anything."""
        return float(np.ceil(self.proven - CLOSE))


@dataclass(frozen=True)
class Stop:
    """When to stop: when late, after some rounds, or once no price below `cutoff` is left."""

    late: Callable[[], bool]
    rounds: int = 1_000_000
    cutoff: float = np.inf
    gap: float = 0.0  # points between price and bound that need no further rounds


@dataclass
class Descending:
    """Prices rosters at worths between the relaxation's and those of the best bound so far."""

    ledger: Ledger
    pricing: Pricing
    relaxation: Relaxation

    def guess(self, people: Sequence[int], worth: Ints) -> None:
        """Begin with the rosters that are cheapest at these worths of heads, in 1/scale points."""
        self.relaxation.add(one.column for one in self.pricing.cheapest(people, worth))

    def run(self, people: Sequence[int], kept: Sequence[Column], stop: Stop) -> Descent:
        """Add rosters for `people` until none helps, or it is time to stop.

        kept: the rosters of everybody else. The bound holds for all rosters beside those.
        """
        price, raw = self.relaxation.solve()
        best, center = -np.inf, self.clipped(raw)
        for _ in range(stop.rounds):
            worth = self._smoothed(center, raw, first=best == -np.inf)
            priced = self.pricing.cheapest(people, worth)
            value = self._value(kept, worth, priced)
            if value > best:
                best, center = value, worth
            if best >= stop.cutoff - 1 + CLOSE or stop.late():
                break
            if self.relaxation.add(one.column for one in priced):
                price, raw = self.relaxation.solve()
            elif (worth == self.clipped(raw)).all():
                break
            else:
                center = self.clipped(raw)
            if price - best <= stop.gap or self._met(best, price):
                break
        return Descent(price, best, center)

    def clipped(self, worth: Floats) -> Ints:
        """Worths between nothing and the price of a missing head, in 1/scale points."""
        scale = self.pricing.scale
        return np.clip(np.rint(worth * scale).astype(np.int64), 0, self.ledger.slack * scale)

    def _smoothed(self, center: Ints, raw: Floats, *, first: bool) -> Ints:
        new = self.clipped(raw)
        return new if first else np.rint(SMOOTH * center + (1 - SMOOTH) * new).astype(np.int64)

    def _value(self, kept: Sequence[Column], worth: Ints, priced: Sequence[Priced]) -> float:
        """The Lagrangian bound beside the kept, exact in whole 1/scale points."""
        missing = self.ledger.need - self.ledger.heads(kept)
        total = int((missing * worth).sum()) + sum(one.least for one in priced)
        fixed = self.ledger.fixed + sum(column.points for column in kept)
        return total / self.pricing.scale + fixed

    def _met(self, best: float, price: float) -> bool:
        return best > price - CLOSE or np.ceil(best - CLOSE) >= np.ceil(price - CLOSE)
