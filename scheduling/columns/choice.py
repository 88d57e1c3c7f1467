"""Which rosters of those at hand are cheapest together? A mixed-integer program, by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from scheduling.columns.ledger import Column, Ledger, worked

HALF: Final = 0.5


@dataclass(frozen=True)
class Offer:
    """Rosters to choose from, the ones chosen so far, and those of people who keep theirs."""

    columns: Sequence[Column]
    hint: Sequence[Column]
    kept: Sequence[Column]
    seconds: float


def choose(ledger: Ledger, offer: Offer) -> list[Column]:
    """The cheapest choice found, one for each person; the hint when none better was found."""
    from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

    model = mathopt.Model()
    columns = list(dict.fromkeys([*offer.hint, *offer.columns]))
    people = {c.person: model.add_linear_constraint(lb=1.0, ub=1.0) for c in offer.hint}
    missing = np.maximum(ledger.need - ledger.heads(offer.kept), 0)
    short = np.maximum(missing - ledger.heads(offer.hint), 0)
    rows, hint = {}, {}
    for cell in zip(*np.nonzero(missing * ledger.slack), strict=True):
        rows[cell] = model.add_linear_constraint(lb=float(missing[cell]))
        few = model.add_variable(lb=0.0)
        hint[few] = float(short[cell])
        rows[cell].set_coefficient(few, 1.0)
        model.objective.set_linear_coefficient(few, float(ledger.slack[cell]))
    shares = [model.add_binary_variable() for _ in columns]
    for share, column in zip(shares, columns, strict=True):
        hint[share] = float(column in offer.hint)
        model.objective.set_linear_coefficient(share, float(column.points))
        people[column.person].set_coefficient(share, 1.0)
        for place in zip(*worked(column), strict=True):
            if place in rows:
                rows[place].set_coefficient(share, 1.0)
    result = mathopt.solve(
        model,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=offer.seconds), random_seed=1),
        model_params=mathopt.ModelSolveParameters(
            solution_hints=[mathopt.SolutionHint(variable_values=hint)]
        ),
    )
    if not result.has_primal_feasible_solution():
        return list(offer.hint)
    values = result.variable_values(shares)
    return [column for column, value in zip(columns, values, strict=True) if value > HALF]
