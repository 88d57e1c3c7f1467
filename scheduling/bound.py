"""How good can a roster be at best? A proven bound, in whole numbers, by generating columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduling.automaton import Ints
from scheduling.linear import LinearChoice
from scheduling.pricing import SCALE, Column, PersonWeeks
from scheduling.rows import Row

SMOOTHING = 0.5  # share of the worths that proved most so far, against the newest ones
TINY = 1e-6  # the linear solver's own inexactness, in points; no bound rests on it


@dataclass(frozen=True)
class Evidence:
    """No roster is cheaper than `bound` points.

    exact: the same in 1/SCALE points, not rounded up; worth: the worths that prove it;
    columns: the weeks that were worth a look.
    """

    bound: int
    exact: int
    worth: Ints
    columns: tuple[Column, ...]


def first_bound(rows: Sequence[Row], weeks: Sequence[PersonWeeks]) -> int:
    """A proven bound at once, far below: as if a head were worth nothing to anybody."""
    nothing = np.zeros(len(rows), dtype=np.int64)
    cheapest = sum(one.cheapest(nothing)[0] for one in weeks)
    return _rounded_up(lagrange(rows, len(weeks), nothing, cheapest))


def evidence(
    rows: Sequence[Row],
    weeks: Sequence[PersonWeeks],
    first: Sequence[Column],
    going_on: Callable[[int], bool],
) -> Evidence:
    """Generates weeks until fractions of weeks do no better, or `going_on(bound)` says stop."""
    search = _Search(rows, weeks, first)
    while search.round() and going_on(_rounded_up(search.exact)):
        pass
    return Evidence(_rounded_up(search.exact), search.exact, search.proof, tuple(search.known))


class _Search:
    """Lagrangian bounds at smoothed duals (Wentges), each exact in whole numbers."""

    def __init__(
        self, rows: Sequence[Row], weeks: Sequence[PersonWeeks], first: Sequence[Column]
    ) -> None:
        self._rows, self._weeks = rows, weeks
        self._linear = LinearChoice(rows, [one.person for one in weeks])
        self._linear.add(first)
        self._value, self._worth = self._linear.solve()
        self._smooth = False
        self.known = dict.fromkeys(first)
        self.proof = self._worth
        self.exact = -(10**18)

    def round(self) -> bool:
        """One more look at everybody's cheapest weeks; whether another may help."""
        tried = self._blended() if self._smooth else self._worth
        offers = [one.cheapest(tried) for one in self._weeks]
        exact = lagrange(self._rows, len(self._weeks), tried, sum(cost for cost, _ in offers))
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

    def _blended(self) -> Ints:
        blend = SMOOTHING * self.proof + (1 - SMOOTHING) * self._worth
        return np.rint(blend).astype(np.int64)


def lagrange(rows: Sequence[Row], people: int, worth: Ints, weeks: int) -> int:
    """The proven bound in 1/SCALE points; `weeks`: the sum of everybody's cheapest week."""
    return weeks + sum(
        _cheapest_heads(row, people, int(one)) for row, one in zip(rows, worth, strict=True)
    )


def _cheapest_heads(row: Row, people: int, worth: int) -> int:
    """The least of price plus worth over all numbers of heads; convex, so corners suffice."""
    most = people if row.most is None else row.most
    corners = {row.low, *range(min(most, len(row.points))), most}
    prices: list[int] = [SCALE * row.price(heads) + worth * heads for heads in corners]
    return min(prices)


def _rounded_up(exact: int) -> int:
    return -(-exact // SCALE)
