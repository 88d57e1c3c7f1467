"""The same choice as in `master`, by branch and bound on the linear relaxation (HiGHS).

Measured: where fractions of weeks are a little cheaper than whole weeks it proves in two seconds
what CP-SAT proves in twenty. CP-SAT is exact in whole numbers, HiGHS to its tolerance.
"""

from datetime import timedelta
from math import ceil, isfinite
from typing import TYPE_CHECKING

from scheduling.choosing.budget import awaited
from scheduling.legal.pricing import Column
from scheduling.master import Choice, Effort, Offer, hinted_heads
from scheduling.telling.levels import Points, total

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

UNIT = 30_000_000  # simplex iterations times rows and columns with one unit of work
NODES_A_UNIT = 30_000  # nodes of the tree times rows and columns with one unit, roughly
DOUBT = 0.5  # points by which a bound may be wrong; prices are whole, so less than one is harmless


def choose(offer: Offer, effort: Effort) -> Choice:
    """The cheapest choice found; the hint if the time was too short for any better one."""
    from ortools.math_opt.python import mathopt

    program = _Program(offer)
    model_parameters = mathopt.ModelSolveParameters(
        solution_hints=[mathopt.SolutionHint(variable_values=program.hint)]
    )
    result = awaited(
        lambda: mathopt.solve(
            program.model,
            mathopt.SolverType.HIGHS,
            params=_parameters(offer, effort, program.size),
            model_params=model_parameters,
        ),
        effort.cancelled,
    )
    if result is None:
        return Choice(offer.hint, offer.bound, 0.0)
    work = result.solve_stats.simplex_iterations * program.size / UNIT
    if not result.has_primal_feasible_solution():
        return Choice(offer.hint, offer.bound, work)
    shares = result.variable_values(program.taken)
    chosen = tuple(c for c, share in zip(offer.columns, shares, strict=True) if share > DOUBT)
    return Choice(chosen, _bound(offer, result), work)


def _parameters(offer: Offer, effort: Effort, size: int) -> "mathopt.SolveParameters":
    from ortools.math_opt.python import mathopt

    endless = not isfinite(effort.seconds)
    return mathopt.SolveParameters(
        time_limit=None if endless else timedelta(seconds=effort.seconds),
        node_limit=1 + int(effort.work * NODES_A_UNIT / size) if endless else None,
        random_seed=effort.seed,
        relative_gap_tolerance=0.0,
        absolute_gap_tolerance=offer.step - DOUBT,
    )


def _bound(offer: Offer, result: "mathopt.SolveResult") -> int:
    proven = result.termination.objective_bounds.dual_bound
    return max(offer.bound, ceil(proven - DOUBT)) if isfinite(proven) else offer.bound


class _Program:
    """The choice as a mixed-integer program, and the hint for every variable of it."""

    def __init__(self, offer: Offer) -> None:
        from ortools.math_opt.python import mathopt

        self.model = mathopt.Model()
        self.hint: dict[mathopt.Variable, float] = {}
        self._goal = offer.goal
        fixed = total(row.points[0] for row in offer.rows)
        self.model.objective.offset = self._goal.price(fixed)
        self._kept = [
            self.model.add_linear_constraint(ub=most - now)
            for most, now in zip(self._goal.kept, fixed, strict=False)
        ]
        self._people = {c.pattern.person: self._equal(1.0) for c in offer.hint}
        self._heads = [self._equal(row.low) for row in offer.rows]
        hinted = set(offer.hint)
        self.taken = [self._share(column, column in hinted) for column in offer.columns]
        self._add_parts(offer)
        self.size = 1 + len(offer.columns) + len(offer.hint) + len(offer.rows)

    def _equal(self, number: float) -> "mathopt.LinearConstraint":
        return self.model.add_linear_constraint(lb=number, ub=number)

    def _share(self, column: Column, hinted: bool) -> "mathopt.Variable":
        share = self.model.add_binary_variable()
        self._people[column.pattern.person].set_coefficient(share, 1.0)
        for place, count in zip(column.rows, column.heads, strict=True):
            self._heads[place].set_coefficient(share, count)
        self._priced(share, column.pattern.points)
        self.hint[share] = float(hinted)
        return share

    def _add_parts(self, offer: Offer) -> None:
        for balance, row, hinted in zip(self._heads, offer.rows, hinted_heads(offer), strict=True):
            for step, most in row.parts(len(offer.hint)):
                part = self.model.add_variable(lb=0.0, ub=most)
                balance.set_coefficient(part, -1.0)
                self._priced(part, step)
                self.hint[part] = float(min(most, hinted))
                hinted -= min(most, hinted)

    def _priced(self, variable: "mathopt.Variable", points: Points) -> None:
        self.model.objective.set_linear_coefficient(variable, self._goal.price(points))
        for kept, each in zip(self._kept, points, strict=False):
            kept.set_coefficient(variable, each)
