"""What is one head worth in each row? The linear relaxation of the choice among weeks."""

from collections.abc import Iterable, Sequence

import numpy as np

from scheduling.automaton import Ints
from scheduling.pricing import SCALE, Column
from scheduling.rows import Row


class LinearChoice:
    """The choice with fractions of weeks allowed; grows by columns, and remembers its basis."""

    def __init__(self, rows: Sequence[Row], people: Sequence[str]) -> None:
        from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._rows = [self._solver.Constraint(float(row.low), float(row.low)) for row in rows]
        self._people = {person: self._solver.Constraint(1.0, 1.0) for person in people}
        self._fixed = sum(row.points[0] for row in rows)
        for constraint, row in zip(self._rows, rows, strict=True):
            for step, width in row.parts(len(people)):
                part = self._solver.NumVar(0.0, width, "")
                constraint.SetCoefficient(part, -1.0)
                self._solver.Objective().SetCoefficient(part, step)
        self._solver.Objective().SetMinimization()

    def add(self, columns: Iterable[Column]) -> None:
        """Offer more weeks."""
        for column in columns:
            share = self._solver.NumVar(0.0, self._solver.infinity(), "")
            self._solver.Objective().SetCoefficient(share, column.pattern.points)
            self._people[column.pattern.person].SetCoefficient(share, 1.0)
            for row, heads in zip(column.rows, column.heads, strict=True):
                self._rows[row].SetCoefficient(share, float(heads))

    def solve(self) -> tuple[float, Ints]:
        """The least price with fractions, and the worth of a head by row, in 1/SCALE points."""
        status = self._solver.Solve()
        assert status == self._solver.OPTIMAL, f"the linear relaxation ended as {status}"
        worth = np.array([row.dual_value() for row in self._rows])
        return self._solver.Objective().Value() + self._fixed, np.rint(worth * SCALE).astype(
            np.int64
        )
