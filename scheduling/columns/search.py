"""In what order is a roster searched for? A start, the bound, a dive; then rounds, on both cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from scheduling.columns.choice import Effort
from scheduling.columns.descent import Descending, Stop
from scheduling.columns.dive import Dive
from scheduling.columns.engine import Engine
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import Column, Ledger
from scheduling.columns.neighbourhood import Neighbourhoods
from scheduling.columns.pricing import Pricing
from scheduling.columns.relaxation import Relaxation
from scheduling.columns.rounds import Rounds
from scheduling.columns.standing import Standing

QUICK: Final = Effort(3.0, 2_000, 3_000)
LONG: Final = Effort(12.0, 1_000_000, 8_000)
FEW: Final = 400.0  # days of people
MANY: Final = 1_200_000.0
START: Final = 0.15  # of the time; then rounds begin with what there is
ROOT: Final = 0.4
ENDLESS: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """When to stop: after so many seconds, or so many rounds.

    Where rounds end it, one thread searches, and the same seed gives the same roster; without
    them a second thread chooses among many more rosters.
    """

    seconds: float = 60.0
    rounds: int | None = None
    seed: int = 1


@dataclass
class Search:
    """The search of one roster."""

    ledger: Ledger
    limits: Limits
    left: Callable[[], float]  # seconds
    tell: Callable[[list[Column], int], None]

    def run(self) -> Standing:
        """The best roster found, and the bound."""
        engine = Engine()
        pricing = Pricing(self.ledger, engine)
        people = range(len(self.ledger.instance.staff))
        start = started(pricing, people, self._later(START))
        standing = Standing(self.ledger, self.tell, start)
        standing.offer(start, repriced(pricing, start, self._later(START)))
        worth = self._root(pricing, standing)
        quick = self._rounds(standing, worth, engine, QUICK)
        if self.limits.rounds is not None:
            quick.run(self.limits.rounds)
        elif not quick.late():
            with ThreadPoolExecutor(1) as second:
                deep = self._rounds(standing, worth, Engine(0), LONG)
                deeper = second.submit(deep.run, ENDLESS)
                quick.run(ENDLESS)
                deeper.result()
        return standing

    def _later(self, share: float) -> Callable[[], bool]:
        return lambda: self.left() < (1 - share) * self.limits.seconds

    def _root(self, pricing: Pricing, standing: Standing) -> np.ndarray:
        """The relaxation of the whole, as far as time allows, and a dive from it."""
        people = [one.person for one in standing.best]
        relaxation = Relaxation(self.ledger, people)
        relaxation.add(standing.best)
        descending = Descending(self.ledger, pricing, relaxation)
        root = descending.run(people, [], Stop(self._later(ROOT)))
        if pricing.whole(people):
            standing.proves(root.bound)
        if not standing.proved and not self._later(ROOT)():
            dived = Dive(descending).run(people, [], Stop(self._later(ROOT)))
            if dived is not None:
                standing.offer(dived, repriced(pricing, dived, self._later(1.0)))
        self._least = {one.column.person: one.least / pricing.scale for one in pricing.cheapest(people, root.worth)}
        return root.worth / pricing.scale

    def _rounds(self, standing: Standing, worth: np.ndarray, engine: Engine, effort: Effort) -> Rounds:
        size = MANY if effort is LONG else FEW
        near = Neighbourhoods(self.ledger, Random(self.limits.seed), size, worth, self._least)  # noqa: S311  (repeatable)
        near.grow(1.0)
        return Rounds(standing, near, worth, self.left, effort, engine)
