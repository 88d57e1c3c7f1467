"""Which rosters of those at hand are cheapest together? A mixed-integer program, by HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from scheduling.columns.ledger import Column, Ledger, worked

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

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
    from ortools.math_opt.python import mathopt

    model = mathopt.Model()
    hint: dict[mathopt.Variable, float] = {}
    rows = _cover(model, ledger, offer, hint)
    columns = list(dict.fromkeys([*offer.hint, *offer.columns]))
    shares = _shares(model, rows, columns)
    hint |= {s: float(c in offer.hint) for s, c in zip(shares, columns, strict=True)}
    result = mathopt.solve(
        model,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=offer.seconds), random_seed=1),
        model_params=mathopt.ModelSolveParameters(
            solution_hints=[mathopt.SolutionHint(variable_values=hint)]
        ),
    )
    found = result.has_primal_feasible_solution()
    values = result.variable_values(shares) if found else [hint[share] for share in shares]
    return [column for column, value in zip(columns, values, strict=True) if value > HALF]


def _cover(
    model: "mathopt.Model", ledger: Ledger, offer: Offer, hint: "dict[mathopt.Variable, float]"
) -> "dict[tuple[int, int], mathopt.LinearConstraint]":
    """A row for each cell that the kept leave heads missing in, with what still misses after."""
    rows = {}
    missing = np.maximum(ledger.need - ledger.heads(offer.kept), 0)
    short = np.maximum(missing - ledger.heads(offer.hint), 0)
    for cell in zip(*np.nonzero(missing * ledger.slack), strict=True):
        few = model.add_variable(lb=0.0)
        hint[few] = float(short[cell])
        rows[cell] = model.add_linear_constraint(lb=float(missing[cell]))
        rows[cell].set_coefficient(few, 1.0)
        model.objective.set_linear_coefficient(few, float(ledger.slack[cell]))
    return rows


def _shares(
    model: "mathopt.Model",
    rows: "dict[tuple[int, int], mathopt.LinearConstraint]",
    columns: Sequence[Column],
) -> "list[mathopt.Variable]":
    """A yes or no for each roster; exactly one of each person's."""
    persons = dict.fromkeys(column.person for column in columns)
    people = {person: model.add_linear_constraint(lb=1.0, ub=1.0) for person in persons}
    shares = []
    for column in columns:
        share = model.add_binary_variable()
        model.objective.set_linear_coefficient(share, float(column.points))
        people[column.person].set_coefficient(share, 1.0)
        for cell in zip(*worked(column), strict=True):
            if cell in rows:
                rows[cell].set_coefficient(share, 1.0)
        shares.append(share)
    return shares
