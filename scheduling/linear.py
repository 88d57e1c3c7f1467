"""What is one head worth in each row? The linear relaxation of the choice among weeks."""

from collections.abc import Iterable, Sequence

import numpy as np

from scheduling.levels import Goal, Points, total
from scheduling.pricing import SCALE, Column, Worth
from scheduling.rows import Row


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
            self._priced(share, column.pattern.points)
            self._people[column.pattern.person].SetCoefficient(share, 1.0)
            for row, heads in zip(column.rows, column.heads, strict=True):
                self._rows[row].SetCoefficient(share, float(heads))

    def solve(self) -> tuple[float, Worth]:
        """The least price with fractions, and what heads and points are worth then."""
        status = self._solver.Solve()
        assert status == self._solver.OPTIMAL, f"the linear relaxation ended as {status}"
        heads = np.array([row.dual_value() for row in self._rows])
        points = np.array(self._goal.weights, dtype=np.float64)
        points[: len(self._kept)] -= [kept.dual_value() for kept in self._kept]
        worth = Worth(_scaled(heads), np.maximum(0, _scaled(points)))
        return self._solver.Objective().Value() + self._fixed, worth

    def _priced(self, variable: object, points: Points) -> None:
        self._solver.Objective().SetCoefficient(variable, float(self._goal.price(points)))
        for kept, each in zip(self._kept, points, strict=False):
            if each:
                kept.SetCoefficient(variable, float(each))


def _scaled(values: "np.typing.NDArray[np.float64]") -> "np.typing.NDArray[np.int64]":
    return np.rint(values * SCALE).astype(np.int64)
