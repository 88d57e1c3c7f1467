"""How is a roster made better? A start, the bound, a dive; then some people anew, and again."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from random import Random
from typing import Final

from scheduling.columns.choice import Offer, choose
from scheduling.columns.descent import Descending, Descent, Stop
from scheduling.columns.dive import GAP, Dive
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import Column, Ledger
from scheduling.columns.neighbourhood import Neighbourhoods
from scheduling.columns.pricing import Pricing, Wanted
from scheduling.columns.relaxation import Relaxation

STEPS: Final = 20  # of pricing in one round
SPARE: Final = 20  # points
NEAR: Final = 24  # further rosters a person in one round
SECONDS: Final = 3.0  # of one choice among rosters


@dataclass(frozen=True)
class Limits:
    """When to stop: after so many seconds, or so many rounds.

    Where rounds end it, the same seed gives the same roster.
    remembered: rosters in the relaxation; beyond that the older half is forgotten.
    """

    seconds: float = 60.0
    rounds: int = 1_000_000
    seed: int = 1
    remembered: int = 8000


class Rounds:
    """The search of one roster; keeps the best so far and the bound."""

    def __init__(
        self,
        ledger: Ledger,
        limits: Limits,
        late: Callable[[], bool],
        tell: Callable[[list[Column], int], None],
    ) -> None:
        self._ledger, self._late, self._tell = ledger, late, tell
        self._limits = limits
        self._draw = Random(limits.seed)  # noqa: S311  (repeatable rosters, no secrets)
        self._pricing = Pricing(ledger)
        self._near = Neighbourhoods(ledger, self._draw)
        self._best: list[Column] = []
        self._price = 0
        self._bound = 0  # no price is below that: every weight is a price

    def run(self) -> tuple[list[Column], int]:
        """The best roster found, and the bound."""
        self._best = started(self._pricing, range(len(self._ledger.instance.staff)), self._late)
        self._price = self._ledger.price(self._best)
        self._improved(repriced(self._pricing, self._best, self._late))
        self._people = [column.person for column in self._best]
        self._relaxed()
        if not self._done():
            self._root()
        for _ in range(self._limits.rounds):
            if self._done():
                break
            self._round()
        return self._best, self._bound

    def _done(self) -> bool:
        return self._late() or self._bound >= self._price

    def _improved(self, columns: list[Column]) -> None:
        """Keep a roster if it is cheaper."""
        price = self._ledger.price(columns)
        if price < self._price:
            self._best, self._price = columns, price
            self._tell(self._best, self._bound)

    def _relaxed(self) -> None:
        self._relaxation = Relaxation(self._ledger, self._people)
        self._relaxation.add(self._best)
        self._descending = Descending(self._ledger, self._pricing, self._relaxation)

    def _root(self) -> None:
        root = self._descending.run(self._people, [], Stop(self._late))
        self._bound = max(self._bound, int(root.bound))
        self._tell(self._best, self._bound)
        if not self._done():
            self._dive(self._people, [], inf)

    def _dive(self, people: list[int], kept: list[Column], cutoff: float) -> None:
        dived = Dive(self._descending).run(people, kept, Stop(self._late, cutoff=cutoff))
        if dived is not None:
            self._improved(repriced(self._pricing, [*kept, *dived], self._late))

    def _round(self) -> None:
        """Choose the rosters of some people anew, unless the bound of that proves it vain."""
        people = self._near.people(self._best)
        kept = [column for column in self._best if column.person not in people]
        self._forget()
        self._relaxation.free()
        self._relaxation.add(self._best)
        self._relaxation.keep(kept)
        stop = Stop(self._late, STEPS, self._price, GAP)
        reached = self._descending.run(people, kept, stop)
        if self._late() or reached.bound >= self._price:
            return
        self._dive(people, kept, self._price)
        if not self._late():
            self._choose(people, kept, reached)

    def _choose(self, people: list[int], kept: list[Column], reached: Descent) -> None:
        """Choose among the rosters of these people at hand, and some near the cheapest."""
        mine = [column for column in self._best if column.person in people]
        spare = self._price - reached.price  # below 0 when a dive got lower since
        worth = reached.worth / self._pricing.scale
        columns = self._relaxation.within(worth, people, spare)
        offer = Offer([*columns, *self._fresh(people, reached, spare)], mine, kept, SECONDS)
        chosen = choose(self._ledger, offer)
        self._improved(repriced(self._pricing, [*kept, *chosen], self._late))

    def _fresh(self, people: list[int], reached: Descent, spare: float) -> list[Column]:
        """Rosters nobody priced yet, a little dearer than the cheapest."""
        most = int(min(spare, SPARE) * self._pricing.scale)
        wanted = Wanted(most, NEAR, self._draw)
        found: list[Column] = []
        for person, trace in self._pricing.traces(people, reached.worth):
            found.extend(sorted(self._pricing.near(person, trace, wanted)))
        return found

    def _forget(self) -> None:
        many = self._limits.remembered
        if len(self._relaxation.shares) > many:
            recent = list(self._relaxation.shares)[-many // 2 :]
            self._relaxed()
            self._relaxation.add(recent)
