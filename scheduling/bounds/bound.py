"""How good can a roster be at best? A proven bound, in whole numbers, by generating columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import gcd

import numpy as np

from scheduling.bounds.corners import Corners
from scheduling.bounds.linear import LinearChoice, Prices
from scheduling.bounds.rows import Row
from scheduling.choosing.budget import Budget
from scheduling.legal.growth import Ints
from scheduling.legal.pricing import SCALE, Column, Weeks, Worth, plain
from scheduling.legal.weeks import cheapest
from scheduling.telling.levels import Goal, Level, Points, total

SMOOTHING = 0.5  # share of the worths that proved most so far, against the newest ones
TINY = 1e-6  # the linear solver's own inexactness, in points; no bound rests on it
EDGES_A_UNIT = 20_000_000  # edges priced with one unit of work


@dataclass(frozen=True)
class Evidence:
    """No roster that keeps what the goal keeps is cheaper than `bound` of the goal's points.

    exact: the same in 1/SCALE points, not rounded up; worth: the worths that prove it;
    columns: the weeks that were worth a look; whole: those that the relaxation gives whole, as the
    only one of a person; done: more looking would not prove more.
    """

    bound: int
    exact: int
    worth: Worth
    columns: tuple[Column, ...]
    whole: tuple[Column, ...]
    done: bool


class Prover:
    """Proves bounds for one problem, whose people stand in `groups` in their order."""

    def __init__(self, rows: Sequence[Row], groups: Sequence[Weeks]) -> None:
        self.rows, self.groups = rows, groups
        self.people = [start.person.id for group in groups for start in group.graph.starts]
        self._corners = Corners(rows, len(self.people))

    @cached_property
    def work(self) -> float:
        """Units of work of one look at everybody."""
        return (sum(group.graph.edges() for group in self.groups) + 1) / EDGES_A_UNIT

    def at_once(self, goal: Goal) -> int:
        """A proven bound without any search, far below: as if a head were worth nothing."""
        return self.reachable(goal, rounded_up(self.exact(plain(len(self.rows), goal), goal)))

    def exact(self, worth: Worth, goal: Goal) -> int:
        """The bound that a worth proves, in 1/SCALE points."""
        return self.lagrange(worth, int(self.least(worth).sum()), goal)

    def again(self, evidence: Evidence, goal: Goal) -> Evidence:
        """What is left of evidence where other points are kept."""
        exact = self.exact(evidence.worth, goal)
        bound = self.reachable(goal, rounded_up(exact))
        return replace(evidence, bound=bound, exact=exact, done=False)

    def lagrange(self, worth: Worth, weeks: int, goal: Goal) -> int:
        """The bound in 1/SCALE points; `weeks`: the sum of everybody's cheapest week."""
        kept = sum(int(w) * most for w, most in zip(worth.points, goal.kept, strict=False))
        return weeks + self._corners.cheapest(worth) - kept

    def distance(self, worth: Worth, columns: Sequence[Column]) -> tuple[Ints, Ints]:
        """Where a roster's points exceed the bound that `worth` proves: by row, and by person.

        columns: a week for each person, in the problem's order. Both in 1/SCALE points, none below
        zero; together, less what levels are kept with room to spare, they are the whole distance.
        """
        least = self.least(worth)
        costs = np.array([column.cost(worth) for column in columns], dtype=np.int64)
        heads = np.zeros(len(self.rows), dtype=np.int64)
        for column in columns:
            np.add.at(heads, list(column.rows), column.heads)
        return self._corners.above(worth, self.rows, heads), costs - least

    def least(self, worth: Worth) -> Ints:
        """What no week of each person undercuts, in 1/SCALE points, in the problem's order."""
        nobody = np.zeros(0, dtype=np.int64)
        return np.concatenate([nobody, *(group.least(worth) for group in self.groups)])

    def reachable(self, goal: Goal, bound: int) -> int:
        """The least points of the goal from `bound` on that any roster can have at all.

        Often all prices of a level are multiples of ten, and so its points are.
        """
        step, offset = self.step(goal), goal.price(self._offset)
        return bound + (offset - bound) % step

    def step(self, goal: Goal) -> int:
        """What any two rosters' points of the goal differ by, or a multiple of it; at least 1."""
        return gcd(*(w * step for w, step in zip(goal.weights, self._each, strict=True))) or 1

    @cached_property
    def _offset(self) -> Points:
        starts = (start.points for group in self.groups for start in group.graph.starts)
        return total((*starts, *(row.points[0] for row in self.rows)))

    @cached_property
    def _each(self) -> Points:
        """By level, what divides all points that a shift or a head can add."""
        if any(group.graph.vague for group in self.groups):  # whose points may be too few
            return (1,) * len(Level)
        graphs = [group.graph for group in self.groups]
        added = [*(g.flat for g in graphs), *(x.points for g in graphs for x in g.layers)]
        steps = np.array([step for row in self.rows for step in row.steps], dtype=np.int64)
        found = [np.gcd.reduce(steps.reshape(-1, len(Level)), axis=0)]
        found += [np.gcd.reduce(each, axis=1) for each in added]
        return tuple(np.gcd.reduce(np.array(found, dtype=np.int64), axis=0).tolist())

    def evidence(
        self,
        goal: Goal,
        first: Sequence[Column],
        going_on: Callable[[int], bool],
        budget: Budget,
    ) -> Evidence:
        """Generates weeks until fractions of weeks do no better, or `going_on(bound)` says stop.

        first: weeks that allow a choice which keeps what the goal keeps.
        """
        search = _Search(self, goal, first, budget)
        while budget.going_on() and search.round() and going_on(search.bound):
            pass
        known = tuple(search.known)
        bound, exact, whole = search.bound, search.exact, search.whole
        return Evidence(bound, exact, search.proof, known, whole, search.done)


class _Search:
    """Lagrangian bounds at smoothed duals (Wentges), each exact in whole numbers."""

    def __init__(self, prover: Prover, goal: Goal, first: Sequence[Column], budget: Budget) -> None:
        self._prover, self._goal, self._budget = prover, goal, budget
        self._linear = LinearChoice(prover.rows, prover.people, goal)
        self._linear.add(first)
        self._smooth = self.done = False
        self.known = dict.fromkeys(first)
        self.whole: tuple[Column, ...] = ()
        start = plain(len(prover.rows), goal)
        self._prices = Prices(float("inf"), start, {})
        self._solve()
        self.proof = self._prices.worth
        self.exact = -(1 << 60)

    @property
    def bound(self) -> int:
        """What is proven so far, in points."""
        return self._prover.reachable(self._goal, rounded_up(self.exact))

    def round(self) -> bool:
        """One more look at everybody's cheapest weeks; whether another may help."""
        newest = self._prices.worth
        tried = self.proof.blended(newest, SMOOTHING) if self._smooth else newest
        looked = self._look(tried)
        if looked is None:
            return False
        weeks, fresh = looked
        exact = self._prover.lagrange(tried, weeks, self._goal)
        if exact > self.exact:
            self.exact, self.proof = exact, tried
        if not fresh and not self._smooth:
            self.done = True
            return False
        self._smooth = bool(fresh)
        solved = self._offer(fresh)
        self.done = self.bound >= self._prices.value - TINY
        return solved and not self.done

    def _look(self, tried: Worth) -> tuple[int, list[Column]] | None:
        """The sum of everybody's cheapest week, and those not known yet that may help.

        None when time is out before everybody was looked at.
        """
        weeks, fresh = 0, []
        for group in self._prover.groups:
            if not self._budget.going_on():
                return None
            for least, column in cheapest(group, tried):
                weeks += least
                if column not in self.known and self._helps(column):
                    fresh.append(column)
        self._budget.meter.spend(self._prover.work)
        return weeks, fresh

    def _helps(self, column: Column) -> bool:
        limit = self._prices.people.get(column.pattern.person, float("inf"))
        return column.cost(self._prices.worth) < (limit - TINY) * SCALE

    def _offer(self, fresh: Sequence[Column]) -> bool:
        if not fresh:
            return True
        self.known |= dict.fromkeys(fresh)
        self._linear.add(fresh)
        return self._solve()

    def _solve(self) -> bool:
        """Whether the newest prices could be found in time."""
        prices = self._linear.solve(self._budget)
        if prices is not None:
            self._prices, self.whole = prices, self._linear.whole()
        return prices is not None


def rounded_up(exact: int) -> int:
    """Whole points that are at least so many 1/SCALE points."""
    return -(-exact // SCALE)
