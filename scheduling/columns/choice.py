"""Which rosters are cheapest together, of all that cost each person little enough?

One unit flows through the days of each person's walk: a mixed-integer program, by HiGHS. Its
relaxation is as strong as that of whole rosters, and steps of walks are far fewer than rosters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from scheduling.columns.ledger import OFF, Column, Ints, Ledger
from scheduling.columns.walks.pricing import Pricing

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

    from scheduling.columns.walks.compiled import Arc

HALF: Final = 0.5
CLOSE: Final = 1e-6
WHOLE: Final = 0.9  # points; prices are whole numbers, so a bound that near proves the best


class Effort(NamedTuple):
    """How long to choose, in seconds and branches, and among how many steps at most."""

    seconds: float
    nodes: int
    arcs: int


@dataclass(frozen=True)
class Offer:
    """Every roster within `spare` (1/scale points) of each person's cheapest at these worths."""

    worth: Ints
    spare: int
    hint: Sequence[Column]  # the rosters chosen so far, one of each person
    afresh: bool = False


class Chosen(NamedTuple):
    """The cheapest choice found, and what no choice of the offer costs less than."""

    columns: list[Column]
    bound: float


def choose(pricing: Pricing, offer: Offer, effort: Effort) -> Chosen | None:
    """The cheapest choice found, the hint when none is better; None where steps are too many."""
    arcs = _arcs(pricing, offer, effort.arcs)
    return None if arcs is None else _Model(pricing, offer, arcs).solved(effort)


def _arcs(pricing: Pricing, offer: Offer, many: int) -> "list[list[Arc]] | None":
    """The steps on offer to each person, those of the hint among them."""
    found: list[list[Arc]] = []
    for one in offer.hint:
        trace = pricing.compiled(one.person, offer.worth)
        arcs = trace.arcs(offer.spare, many)
        if arcs is None:
            return None
        many -= len(arcs)
        found.append(list(dict.fromkeys([*trace.path(one.shifts), *arcs])))
    return found


class _Model:
    """The program; a number for each step: whether the person takes it."""

    def __init__(self, pricing: Pricing, offer: Offer, arcs: "Sequence[Sequence[Arc]]") -> None:
        from ortools.math_opt.python import mathopt

        self._pricing, self._offer, self._arcs = pricing, offer, arcs
        self._model = mathopt.Model()
        self._hint: dict[mathopt.Variable, float] = {}
        self._rows = self._cover(pricing.ledger)
        self._taken = [self._flow(one, mine) for one, mine in zip(offer.hint, arcs, strict=True)]

    def _cover(self, ledger: Ledger) -> "dict[tuple[int, int], mathopt.LinearConstraint]":
        """A row for each cell that wants heads, with what still misses."""
        rows = {}
        short = np.maximum(ledger.need - ledger.heads(self._offer.hint), 0)
        for day, shift in zip(
            *(a.tolist() for a in np.nonzero(ledger.need * ledger.slack)), strict=True
        ):
            few = self._model.add_variable(lb=0.0)
            self._hint[few] = float(short[day, shift])
            row = self._model.add_linear_constraint(lb=float(ledger.need[day, shift]))
            row.set_coefficient(few, 1.0)
            self._model.objective.set_linear_coefficient(few, float(ledger.slack[day, shift]))
            rows[day, shift] = row
        return rows

    def _flow(self, hint: Column, arcs: "Sequence[Arc]") -> "list[mathopt.Variable]":
        """One unit goes in on the first day, on from wherever it comes, and out after the last."""
        days = len(hint.shifts)
        nodes: dict[tuple[int, int], mathopt.LinearConstraint] = {}
        start = self._model.add_linear_constraint(lb=1.0, ub=1.0)
        caps = self._pricing.uncounted(hint.person)
        most = {s: self._model.add_linear_constraint(ub=float(cap)) for s, cap in caps.items()}
        taken = []
        for n, arc in enumerate(arcs):
            share = self._share(hint.person, arc)
            self._hint[share] = float(n < days)  # the steps of the hint come first
            out = nodes.get((arc.day, arc.before)) if arc.day else start
            if out is None:
                out = nodes[arc.day, arc.before] = self._model.add_linear_constraint(lb=0.0, ub=0.0)
            out.set_coefficient(share, 1.0)
            if arc.day + 1 < days:
                into = nodes.get((arc.day + 1, arc.after))
                if into is None:
                    into = self._model.add_linear_constraint(lb=0.0, ub=0.0)
                    nodes[arc.day + 1, arc.after] = into
                into.set_coefficient(share, -1.0)
            if arc.shift in most:
                most[arc.shift].set_coefficient(share, 1.0)
            taken.append(share)
        return taken

    def _share(self, person: int, arc: "Arc") -> "mathopt.Variable":
        if arc.shift == OFF:
            return self._model.add_variable(lb=0.0, ub=1.0)
        share = self._model.add_binary_variable()
        points = self._pricing.ledger.personal[person, arc.day, arc.shift]
        self._model.objective.set_linear_coefficient(share, float(points))
        if (arc.day, arc.shift) in self._rows:
            self._rows[arc.day, arc.shift].set_coefficient(share, 1.0)
        return share

    def solved(self, effort: Effort) -> Chosen:
        """What HiGHS finds."""
        from ortools.math_opt.python import mathopt

        hints = [] if self._offer.afresh else [mathopt.SolutionHint(variable_values=self._hint)]
        result = mathopt.solve(
            self._model,
            mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(
                time_limit=timedelta(seconds=effort.seconds),
                node_limit=effort.nodes,
                absolute_gap_tolerance=WHOLE,
                relative_gap_tolerance=0.0,
                random_seed=1,
            ),
            model_params=mathopt.ModelSolveParameters(solution_hints=hints),
        )
        bound = float(np.ceil(result.best_objective_bound() - CLOSE))
        if not result.has_primal_feasible_solution():
            return Chosen(list(self._offer.hint), bound)
        values = result.variable_values()
        return Chosen([self._column(n, values) for n in range(len(self._arcs))], bound)

    def _column(self, place: int, values: "dict[mathopt.Variable, float]") -> Column:
        hint = self._offer.hint[place]
        shifts = [OFF] * len(hint.shifts)
        for arc, share in zip(self._arcs[place], self._taken[place], strict=True):
            if arc.shift != OFF and values[share] > HALF:
                shifts[arc.day] = arc.shift
        return self._pricing.ledger.column(hint.person, shifts)
