"""What is one head worth in each cell, when the linear relaxation would take too long?

Where the cheapest rosters leave heads missing they become dearer, where there are too many cheaper
(a subgradient with Polyak's step: towards the price of a roster that is known).
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from scheduling.columns.ledger import Ints, Ledger
from scheduling.columns.walks.pricing import Priced, Pricing

TRIES: Final = 60
PATIENCE: Final = 3  # tries without a gain, after which steps are halved


class Ascent(NamedTuple):
    """Worths in 1/scale points, and what they prove in points, where all rosters are walked."""

    worth: Ints
    proven: float


def ascent(pricing: Pricing, people: Sequence[int], price: int, late: Callable[[], bool]) -> Ascent:
    """The worths that prove most, of some tries; price: of a roster of these people."""
    ledger, scale = pricing.ledger, pricing.scale
    worth = np.zeros_like(ledger.need)
    best, length, idle = Ascent(worth, -np.inf), 1.0, 0
    for _ in range(TRIES):
        priced = pricing.cheapest(people, worth)
        missing = ledger.need - ledger.heads(one.column for one in priced)
        value = proven(ledger, scale, worth, priced)
        idle = 0 if value > best.proven else idle + 1
        best = max(best, Ascent(worth, value), key=lambda one: one.proven)
        if late() or price - best.proven < 1:
            break
        if idle == PATIENCE:
            length, idle, worth = length / 2, 0, best.worth
        step = length * (price - value) * scale / max(1, int((missing**2).sum()))
        moved = np.rint(worth + step * missing).astype(np.int64)
        worth = np.clip(moved, 0, ledger.slack * scale)
    return best


def proven(ledger: Ledger, scale: int, worth: Ints, priced: Sequence[Priced]) -> float:
    """The Lagrangian bound of these worths, exact in whole 1/scale points."""
    total = int((ledger.need * worth).sum()) + sum(one.least for one in priced)
    return total / scale + ledger.fixed
