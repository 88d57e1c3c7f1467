"""In what order is a roster searched for? A start, the bound, a dive; then rounds on two cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final

import numpy as np

from scheduling.columns.choice import CLOSE, Effort
from scheduling.columns.dive import Dive
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import Column, Ints, Ledger
from scheduling.columns.neighbourhood import Guide, Neighbourhoods
from scheduling.columns.rounds import Rounds
from scheduling.columns.standing import Standing
from scheduling.columns.walks.engine import Engine
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.worths.ascent import ascent
from scheduling.columns.worths.descent import Descending, Stop
from scheduling.columns.worths.relaxation import Relaxation
from scheduling.columns.worths.relaxed import lowest

QUICK: Final = Effort(3.0, 2_000, 3_000)
COUNTED: Final = Effort(600.0, 200, 3_000)  # ends by branches, so the same roster comes again
DEEP: Final = Effort(12.0, 1_000_000, 8_000)
QUICK_SIZE: Final = 200.0  # days of people; with twice as many, rounds gained later
DEEP_SIZE: Final = 600.0
START: Final = 0.2  # of the time at most; then the search goes on with what there is
CLIMB: Final = 0.3
ROOT: Final = 0.4
DIVE: Final = 0.5
MOST_ROWS: Final = 600  # cells that want heads; with more the whole relaxation takes too long
ENDLESS: Final = 1_000_000


@dataclass(frozen=True)
class Limits:
    """When to stop: after so many seconds, or so many rounds.

    Where rounds end it, one thread searches, and the same seed gives the same roster; without
    them a second thread searches too, and chooses among more rosters at once.
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
        start = started(self._pricing, range(len(self.ledger.instance.staff)))
        standing = Standing(self.ledger, self.tell, start)
        if self.left() > 0:
            standing.offer(start, repriced(self._pricing, start, self._after(START)))
            self._improved(standing, self._guide(standing))
        return standing

    @cached_property
    def _pricing(self) -> Pricing:
        return Pricing(self.ledger, Engine())

    def _after(self, share: float) -> Callable[[], bool]:
        return lambda: self.left() < (1 - share) * self.limits.seconds

    def _guide(self, standing: Standing) -> Guide:
        """What rounds begin with: worths of heads, and the bound they prove."""
        relaxation = Relaxation(self.ledger, [one.person for one in standing.best])
        small = relaxation.rows <= MOST_ROWS
        worth = self._root(standing, relaxation) if small else self._climbed(standing)
        people, scale = [one.person for one in standing.best], self._pricing.scale
        priced = self._pricing.cheapest(people, worth)
        return Guide(worth / scale, {one.column.person: one.least / scale for one in priced})

    def _root(self, standing: Standing, relaxation: Relaxation) -> Ints:
        """The relaxation of the whole, as far as time allows, and a dive from it."""
        people = [one.person for one in standing.best]
        relaxation.add(standing.best)
        descending = Descending(self.ledger, self._pricing, relaxation)
        root = descending.run(people, [], Stop(self._after(ROOT)))
        self._prove(standing, root.worth, root.bound)
        if not standing.proved:
            dived = Dive(descending).run(people, Stop(self._after(DIVE))) or standing.best
            standing.offer(dived, repriced(self._pricing, dived, self._after(DIVE)))
        return root.worth

    def _climbed(self, standing: Standing) -> Ints:
        people = [one.person for one in standing.best]
        found = ascent(self._pricing, people, standing.price, self._after(CLIMB))
        self._prove(standing, found.worth, np.ceil(found.proven - CLOSE))
        return found.worth

    def _prove(self, standing: Standing, worth: Ints, bound: float) -> None:
        """What these worths prove: the bound, unless not every roster is walked."""
        people = [one.person for one in standing.best]
        if self._pricing.whole(people):
            standing.proves(bound)
            return
        least = 0
        for person in people:
            if self._after(DIVE)():
                return
            least += lowest(self._pricing, person, worth)
        total = int((self.ledger.need * worth).sum()) + least
        standing.proves(np.ceil(total / self._pricing.scale - CLOSE) + self.ledger.fixed)

    def _improved(self, standing: Standing, guide: Guide) -> None:
        engine = self._pricing.engine
        if self.limits.rounds is not None:
            counted = self._rounds(standing, guide, (QUICK_SIZE, COUNTED), engine)
            counted.run(self.limits.rounds)
        elif not standing.proved:
            quick = self._rounds(standing, guide, (QUICK_SIZE, QUICK), engine)
            deep = self._rounds(standing, guide, (DEEP_SIZE, DEEP), Engine(0))
            with ThreadPoolExecutor(1) as second:
                deeper = second.submit(deep.run, ENDLESS)
                quick.run(ENDLESS)
                deeper.result()

    def _rounds(
        self, standing: Standing, guide: Guide, by: tuple[float, Effort], engine: Engine
    ) -> Rounds:
        draw = Random(self.limits.seed)  # noqa: S311  (repeatable rosters, no secrets)
        near = Neighbourhoods(self.ledger, draw, guide, by[0])
        near.grow(1.0)
        return Rounds(standing, near, self.left, by[1], engine)
