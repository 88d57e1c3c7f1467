"""How good can a roster be at best? A proven bound, in whole numbers, by generating columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduling.automaton import Ints
from scheduling.levels import Goal, Level, Points
from scheduling.linear import LinearChoice
from scheduling.pricing import SCALE, Column, PersonWeeks, Worth, plain
from scheduling.rows import Row

SMOOTHING = 0.5  # share of the worths that proved most so far, against the newest ones
TINY = 1e-6  # the linear solver's own inexactness, in points; no bound rests on it


@dataclass(frozen=True)
class Evidence:
    """No roster that keeps what the goal keeps is cheaper than `bound` of the goal's points.

    exact: the same in 1/SCALE points, not rounded up; worth: the worths that prove it;
    columns: the weeks that were worth a look.
    """

    bound: int
    exact: int
    worth: Worth
    columns: tuple[Column, ...]


class Prover:
    """Proves bounds for one problem."""

    def __init__(self, rows: Sequence[Row], weeks: Sequence[PersonWeeks]) -> None:
        self.rows, self.weeks = rows, weeks
        self._corners = _Corners(rows, len(weeks))

    def at_once(self, goal: Goal) -> int:
        """A proven bound without any search, far below: as if a head were worth nothing."""
        worth = plain(len(self.rows), goal)
        cheapest = sum(one.cheapest(worth)[0] for one in self.weeks)
        return _rounded_up(self.lagrange(worth, cheapest, goal))

    def lagrange(self, worth: Worth, weeks: int, goal: Goal) -> int:
        """The bound in 1/SCALE points; `weeks`: the sum of everybody's cheapest week."""
        kept = sum(int(w) * most for w, most in zip(worth.points, goal.kept, strict=False))
        return weeks + self._corners.cheapest(worth) - kept

    def evidence(
        self, goal: Goal, first: Sequence[Column], going_on: Callable[[int], bool]
    ) -> Evidence:
        """Generates weeks until fractions of weeks do no better, or `going_on(bound)` says stop.

        first: weeks that allow a choice which keeps what the goal keeps.
        """
        search = _Search(self, goal, first)
        while search.round() and going_on(_rounded_up(search.exact)):
            pass
        return Evidence(_rounded_up(search.exact), search.exact, search.proof, tuple(search.known))


class _Search:
    """Lagrangian bounds at smoothed duals (Wentges), each exact in whole numbers."""

    def __init__(self, prover: Prover, goal: Goal, first: Sequence[Column]) -> None:
        self._prover, self._goal = prover, goal
        self._linear = LinearChoice(prover.rows, [one.person for one in prover.weeks], goal)
        self._linear.add(first)
        self._value, self._worth = self._linear.solve()
        self._smooth = False
        self.known = dict.fromkeys(first)
        self.proof = self._worth
        self.exact = -(10**18)

    def round(self) -> bool:
        """One more look at everybody's cheapest weeks; whether another may help."""
        tried = self.proof.blended(self._worth, SMOOTHING) if self._smooth else self._worth
        offers = [one.cheapest(tried) for one in self._prover.weeks]
        exact = self._prover.lagrange(tried, sum(cost for cost, _ in offers), self._goal)
        if exact > self.exact:
            self.exact, self.proof = exact, tried
        fresh = [column for _, column in offers if column not in self.known]
        if not fresh and not self._smooth:
            return False
        self._smooth = bool(fresh)
        self._offer(fresh)
        return _rounded_up(self.exact) < self._value - TINY

    def _offer(self, fresh: Sequence[Column]) -> None:
        if fresh:
            self.known |= dict.fromkeys(fresh)
            self._linear.add(fresh)
            self._value, self._worth = self._linear.solve()


class _Corners:
    """Prices of rows are convex, so the least of price plus worth stands where a price bends."""

    def __init__(self, rows: Sequence[Row], people: int) -> None:
        heads: list[int] = []
        points: list[Points] = []
        first: list[int] = []
        for row in rows:
            most = people if row.most is None else row.most
            first.append(len(heads))
            for corner in sorted({row.low, *range(min(most, len(row.points))), most}):
                heads.append(corner)
                points.append(row.price(corner))
        self._first = np.array(first, dtype=np.int64)
        self._heads = np.array(heads, dtype=np.int64)
        self._points = np.array(points, dtype=np.int64).reshape(len(heads), len(Level))

    def cheapest(self, worth: Worth) -> int:
        """The sum over all rows, in 1/SCALE points."""
        if not len(self._first):
            return 0
        each: Ints = np.repeat(worth.heads, np.diff(self._first, append=len(self._heads)))
        prices = self._points @ worth.points + self._heads * each
        return int(np.minimum.reduceat(prices, self._first).sum())


def _rounded_up(exact: int) -> int:
    return -(-exact // SCALE)
