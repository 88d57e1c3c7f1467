"""How is a roster made better? Some people's days are chosen anew, and again, with others.

A round ends in a choice that is the best there is for its part, or in one that is good enough;
the parts grow as long as the best is found, and shrink when it isn't.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from scheduling.columns.choice import CLOSE, Chosen, Effort, Offer, choose
from scheduling.columns.dive import GAP, Dive
from scheduling.columns.greedy import repriced
from scheduling.columns.ledger import Column, Floats
from scheduling.columns.neighbourhood import Neighbourhoods
from scheduling.columns.parts import Part, part
from scheduling.columns.standing import Standing
from scheduling.columns.walks.engine import Engine
from scheduling.columns.worths.descent import Descending, Descent, Stop
from scheduling.columns.worths.relaxation import Relaxation

STEPS: Final = 40  # of pricing in one round
FINER: Final = 14  # times an offer is made less until the steps of its rosters are few enough
GROWS: Final = 1.1
SHRINKS: Final = 0.8
AFRESH: Final = 0.5
FAR: Final = 0.02  # of a part's price; where its bound is further below, a dive comes first
MOST_ARCS: Final = 1.5  # times those of the beginning
LEAST_ARCS: Final = 0.3


@dataclass
class Rounds:
    """One searcher's rounds."""

    standing: Standing
    near: Neighbourhoods
    left: Callable[[], float]  # seconds
    effort: Effort
    engine: Engine
    _arcs: float = 1.0  # of those the effort allows

    def late(self) -> bool:
        """Whether time is up, or nothing is left to gain."""
        return self.left() <= 0 or self.standing.proved

    def run(self, rounds: int) -> None:
        """So many rounds, unless it gets late."""
        for _ in range(rounds):
            if self.late():
                return
            self._round()

    def _round(self) -> None:
        """Choose some people's days anew, unless the bound of that proves it vain."""
        base = self.standing.best
        people, stretch = self.near.part(base)
        inner = part(self.standing.ledger, self.engine, base, people, stretch)
        worth = self.near.guide.worth[slice(*stretch)]
        descending = self._descending(inner, worth)
        now = inner.ledger.price(inner.mine)
        reached = descending.run(range(len(inner.mine)), [], Stop(self.late, STEPS, now, GAP))
        worth[:] = reached.worth / inner.pricing.scale
        found, bound = list(inner.mine), reached.proven
        if reached.bound < now and not self.late():
            found, bound = self._chosen(inner, descending, reached)
        self.standing.offer(base, inner.whole(found))
        if bound > inner.ledger.price(found) - 1:
            self.near.grow(GROWS)
        if inner.all_there_is:
            self.standing.proves(np.ceil(bound - CLOSE) + self.standing.ledger.fixed)

    def _descending(self, inner: Part, worth: Floats) -> Descending:
        """A relaxation that knows the rosters of now, and the cheapest at the worths given."""
        people = range(len(inner.mine))
        relaxation = Relaxation(inner.ledger, people)
        relaxation.add(inner.mine)
        descending = Descending(inner.ledger, inner.pricing, relaxation)
        descending.guess(people, np.rint(worth * inner.pricing.scale).astype(np.int64))
        return descending

    def _chosen(
        self, inner: Part, descending: Descending, reached: Descent
    ) -> tuple[list[Column], float]:
        """A choice for the part, and what none costs less than.

        Half of the time it is found without a hint: it may differ at the same price.
        """
        found, price = list(inner.mine), inner.ledger.price
        spare = int((price(found) - reached.proven) * inner.pricing.scale)
        afresh = self.near.draw.random() < AFRESH
        for tries in range(FINER):
            chosen = self._choice(inner, Offer(reached.worth, spare, found, afresh))
            if chosen is not None:
                self._learn(chosen.bound >= price(chosen.columns))
                beyond = reached.proven + spare / inner.pricing.scale
                better = price(chosen.columns) <= price(found)
                return chosen.columns if better else found, min(chosen.bound, beyond)
            if tries == 0 and price(found) - reached.proven > FAR * price(found):
                found = self._dived(inner, descending)
            spare = spare * 3 // 4
        return found, reached.proven

    def _learn(self, best: bool) -> None:
        """Choose among more steps next time, or among fewer of fewer people."""
        if not best:
            self.near.grow(SHRINKS)
        self._arcs *= GROWS if best else SHRINKS
        self._arcs = min(MOST_ARCS, max(LEAST_ARCS, self._arcs))

    def _dived(self, inner: Part, descending: Descending) -> list[Column]:
        """A choice found by fixing the surest rosters."""
        mine = list(inner.mine)
        stop = Stop(self.late, cutoff=inner.ledger.price(mine))
        dived = Dive(descending).run(range(len(mine)), stop)
        return mine if dived is None else repriced(inner.pricing, dived, self.late)

    def _choice(self, inner: Part, offer: Offer) -> Chosen | None:
        seconds, nodes, arcs = self.effort
        effort = Effort(min(seconds, max(0.0, self.left())), nodes, round(self._arcs * arcs))
        return choose(inner.pricing, offer, effort)
