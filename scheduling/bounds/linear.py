"""What is one head worth in each row? The linear relaxation of the choice among weeks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduling.bounds.rows import Row
from scheduling.choosing.budget import Budget
from scheduling.legal.pricing import SCALE, Column, Worth
from scheduling.telling.levels import Goal, Points, total

WHOLE = 1 - 1e-6  # of a week
CLOSE = 1e-6  # of 1/SCALE: what the solver cannot tell from nothing
UNIT = 100_000_000  # iterations times rows and columns with one unit of work


@dataclass(frozen=True)
class Prices:
    """The least price, what heads and points are worth there, and what each person's week costs."""

    value: float
    worth: Worth
    people: Mapping[str, float]


class LinearChoice:
    """The choice with fractions of weeks allowed; grows by columns, and remembers its basis."""

    def __init__(self, rows: Sequence[Row], people: Sequence[str], goal: Goal) -> None:
        from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._goal = goal
        self._rows = [self._solver.Constraint(float(row.low), float(row.low)) for row in rows]
        self._people = {person: self._solver.Constraint(1.0, 1.0) for person in people}
        fixed = total(row.points[0] for row in rows)
        self._fixed = goal.price(fixed)
        self._shares: list[tuple[Column, Any]] = []
        endless = self._solver.infinity()
        self._kept = [
            self._solver.Constraint(-endless, float(most - now))
            for most, now in zip(goal.kept, fixed, strict=False)
        ]
        for constraint, row in zip(self._rows, rows, strict=True):
            for step, width in row.parts(len(people)):
                part = self._solver.NumVar(0.0, width, "")
                constraint.SetCoefficient(part, -1.0)
                self._priced(part, step)
        self._solver.Objective().SetMinimization()

    def add(self, columns: Iterable[Column]) -> None:
        """Offer more weeks."""
        for column in columns:
            share = self._solver.NumVar(0.0, self._solver.infinity(), "")
            self._shares.append((column, share))
            self._priced(share, column.pattern.points)
            self._people[column.pattern.person].SetCoefficient(share, 1.0)
            for row, heads in zip(column.rows, column.heads, strict=True):
                self._rows[row].SetCoefficient(share, float(heads))

    def solve(self, budget: Budget) -> Prices | None:
        """The least price with fractions, and what all is worth then; None if it takes too long."""
        if not budget.going_on():
            return None
        if not budget.meter.by_work:
            self._solver.SetTimeLimit(max(1, int(1000 * budget.left())))
        status = self._solver.Solve()
        size = self._solver.NumVariables() + self._solver.NumConstraints()
        budget.meter.spend(self._solver.iterations() * size / UNIT)
        return self._prices() if status == self._solver.OPTIMAL else None

    def whole(self) -> tuple[Column, ...]:
        """The weeks that the last solution gave whole."""
        return tuple(c for c, share in self._shares if share.solution_value() > WHOLE)

    def _prices(self) -> Prices:
        heads = np.array([row.dual_value() for row in self._rows])
        points = np.array(self._goal.weights, dtype=np.float64)
        points[: len(self._kept)] -= [kept.dual_value() for kept in self._kept]
        # Up: a kept level worth a trifle too little would be broken for it, and spoil the bound;
        # one worth a trifle too much costs nothing as long as it is kept.
        up = np.ceil(np.maximum(0, points) * SCALE - CLOSE).astype(np.int64)
        worth = Worth(_scaled(heads), up)
        people = {person: one.dual_value() for person, one in self._people.items()}
        return Prices(self._solver.Objective().Value() + self._fixed, worth, people)

    def _priced(self, variable: object, points: Points) -> None:
        self._solver.Objective().SetCoefficient(variable, float(self._goal.price(points)))
        for kept, each in zip(self._kept, points, strict=False):
            if each:
                kept.SetCoefficient(variable, float(each))


def _scaled(values: "np.typing.NDArray[np.float64]") -> "np.typing.NDArray[np.int64]":
    return np.rint(values * SCALE).astype(np.int64)
