"""In what order is a roster searched for? A start, the bound, a dive; then rounds on two cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Final

import numpy as np

from scheduling.columns.choice import CLOSE, Effort
from scheduling.columns.descent import Descending, Stop
from scheduling.columns.dive import Dive
from scheduling.columns.engine import Engine
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import Column, Floats, Ints, Ledger
from scheduling.columns.neighbourhood import Guide, Neighbourhoods
from scheduling.columns.pricing import Pricing
from scheduling.columns.relaxation import Relaxation
from scheduling.columns.rounds import Rounds
from scheduling.columns.standing import Standing

QUICK: Final = Effort(3.0, 2_000, 3_000)
COUNTED: Final = Effort(600.0, 200, 3_000)  # ends by branches, so the same roster comes again
DEEP: Final = Effort(12.0, 1_000_000, 8_000)
QUICK_SIZE: Final = 400.0  # days of people
DEEP_SIZE: Final = 600.0
START: Final = 0.3  # of the time at most; then the search goes on with what there is
ROOT: Final = 0.5
DIVE: Final = 0.75
LAST: Final = 0.15  # of the time, for a bound where the relaxation gives none
MOST_ROWS: Final = 1500  # cells that want heads; with more the whole relaxation takes too long
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
            guide = self._guide(standing)
            self._improved(standing, guide)
            if not self._exact:
                standing.proves(self._bound(guide.worth))
        return standing

    @cached_property
    def _pricing(self) -> Pricing:
        return Pricing(self.ledger, Engine())

    @cached_property
    def _exact(self) -> bool:
        """Whether pricing proves bounds."""
        return self._pricing.whole(range(len(self.ledger.instance.staff)))

    def _after(self, share: float) -> Callable[[], bool]:
        return lambda: self.left() < (1 - share) * self.limits.seconds

    def _guide(self, standing: Standing) -> Guide:
        """What rounds begin with: the worths of the relaxation, where there is one."""
        worth = self._root(standing)
        people = [one.person for one in standing.best]
        priced = self._pricing.cheapest(people, self._whole(worth))
        return Guide(worth, {p.column.person: p.least / self._pricing.scale for p in priced})

    def _root(self, standing: Standing) -> Floats:
        """The relaxation of the whole, as far as time allows, and a dive from it."""
        people = [one.person for one in standing.best]
        relaxation = Relaxation(self.ledger, people)
        if relaxation.rows > MOST_ROWS:
            return np.zeros(self.ledger.need.shape)
        relaxation.add(standing.best)
        descending = Descending(self.ledger, self._pricing, relaxation)
        root = descending.run(people, [], Stop(self._after(ROOT)))
        if self._exact:
            standing.proves(root.bound)
        if not standing.proved:
            dived = Dive(descending).run(people, [], Stop(self._after(DIVE)))
            if dived is not None:
                standing.offer(dived, repriced(self._pricing, dived, self._after(DIVE)))
        return root.worth / self._pricing.scale

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
        return Rounds(standing, near, self._left_for_rounds, by[1], engine)

    def _left_for_rounds(self) -> float:
        """Seconds, without those that the bound takes."""
        return self.left() - (0.0 if self._exact else LAST * self.limits.seconds)

    def _whole(self, worth: Floats) -> Ints:
        """Worths in 1/scale points, none above the price of a missing head."""
        scale = self._pricing.scale
        return np.clip(np.rint(worth * scale).astype(np.int64), 0, self.ledger.slack * scale)

    def _bound(self, worth: Floats) -> float:
        """What no roster costs less than, where walks keep to a pace; 0 when it gets late."""
        from scheduling.columns.relaxed import lowest

        whole, least = self._whole(worth), 0
        for person in range(len(self.ledger.instance.staff)):
            if self.left() <= 0:
                return 0.0
            least += lowest(self._pricing, person, whole)
        value = (int((self.ledger.need * whole).sum()) + least) / self._pricing.scale
        return float(np.ceil(value - CLOSE)) + self.ledger.fixed
