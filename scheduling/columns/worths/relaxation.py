"""What is one head worth in each cell? The linear relaxation of the choice among rosters."""

from collections.abc import Iterable, Mapping
from math import inf

import numpy as np

from scheduling.columns.ledger import Column, Floats, Ledger, worked


class Relaxation:
    """The choice with fractions of rosters allowed; grows by columns, and remembers its basis."""

    def __init__(self, ledger: Ledger, people: Iterable[int]) -> None:
        from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._anew = pywraplp.MPSolverParameters()  # from no basis
        self._anew.SetIntegerParam(self._anew.INCREMENTALITY, self._anew.INCREMENTALITY_OFF)
        self._endless = self._solver.infinity()
        self._people = {person: self._solver.Constraint(1.0, 1.0) for person in people}
        self._cells = {}
        self._shape = ledger.need.shape
        for cell in zip(*np.nonzero(ledger.slack * ledger.need), strict=True):
            row = self._solver.Constraint(float(ledger.need[cell]), self._endless)
            short = self._solver.NumVar(0.0, self._endless, "")
            row.SetCoefficient(short, 1.0)
            self._solver.Objective().SetCoefficient(short, float(ledger.slack[cell]))
            self._cells[int(cell[0]), int(cell[1])] = row
        self._solver.Objective().SetMinimization()
        self._fixed_points = ledger.fixed
        self.solved = False
        self._found = inf, np.zeros(self._shape)
        self.shares: dict[Column, object] = {}

    @property
    def rows(self) -> int:
        """How many cells want heads."""
        return len(self._cells)

    def add(self, columns: Iterable[Column]) -> int:
        """Offer more rosters; how many of them were new."""
        before = len(self.shares)
        for column in columns:
            if column not in self.shares:
                self._offer(column)
        return len(self.shares) - before

    def _offer(self, column: Column) -> None:
        share = self._solver.NumVar(0.0, self._endless, "")
        self._solver.Objective().SetCoefficient(share, float(column.points))
        self._people[column.person].SetCoefficient(share, 1.0)
        for cell in zip(*worked(column), strict=True):
            if cell in self._cells:
                self._cells[cell].SetCoefficient(share, 1.0)
        self.shares[column] = share

    def keep(self, columns: Iterable[Column]) -> None:
        """Give these people these rosters for good."""
        for column in columns:
            self.shares[column].SetBounds(1.0, 1.0)  # type: ignore[attr-defined]

    def solve(self) -> tuple[float, Floats]:
        """The least price with fractions, and the points a head is worth by cell.

        Where rounding defeats the solver, from its last basis and from none, what was found before.
        """
        optimal = self._solver.OPTIMAL
        self.solved = self._solver.Solve() == optimal or self._solver.Solve(self._anew) == optimal
        if self.solved:
            worth = np.zeros(self._shape)
            for cell, row in self._cells.items():
                worth[cell] = row.dual_value()
            self._found = self._solver.Objective().Value() + self._fixed_points, worth
        return self._found

    def chosen(self) -> Mapping[Column, float]:
        """The share of each roster in the last solution, where there is any."""
        if not self.solved:
            return {}
        shares = ((column, share.solution_value()) for column, share in self.shares.items())  # type: ignore[attr-defined]
        return {column: value for column, value in shares if value > 1e-6}
