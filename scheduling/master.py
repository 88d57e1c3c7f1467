"""Which week should each person get, among those on offer?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduling.greedy import price
from scheduling.pricing import Column
from scheduling.rows import Row

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Offer:
    """The weeks to choose from and the rows they are judged by.

    hint: one column for each person, allowed, and among the columns; bound: known for any choice.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    hint: tuple[Column, ...]
    bound: int


@dataclass(frozen=True)
class Choice:
    """One column for each person, its price, and a proven bound for this offer."""

    columns: tuple[Column, ...]
    price: int
    bound: int


@dataclass(frozen=True)
class Effort:
    """How long and how a choice is searched.

    seconds: of the wall; steps: the solver's own measure of work, about a second each, the same
    on every machine; workers: threads.
    """

    seconds: float
    steps: float
    seed: int
    workers: int


def choose(offer: Offer, effort: Effort) -> Choice:
    """The cheapest choice found; the hint if the time was too short for any better one."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = _one_week_each(model, offer)
    terms = [cp_model.LinearExpr.weighted_sum(taken, [c.pattern.points for c in offer.columns])]
    terms += _row_prices(model, offer, taken)
    total = cp_model.LinearExpr.sum(terms)
    model.add(total >= offer.bound)
    model.minimize(total)
    solver = _solver(effort)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Choice(offer.hint, price(offer.rows, offer.hint), offer.bound)
    chosen = tuple(c for c, v in zip(offer.columns, taken, strict=True) if solver.value(v))
    best = round(solver.objective_value)
    return Choice(chosen, best, min(best, round(solver.best_objective_bound)))


def _solver(effort: Effort) -> "cp_model.CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_time_in_seconds = effort.seconds
    solver.parameters.max_deterministic_time = effort.steps
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for whoever called us
    solver.parameters.linearization_level = 2  # measured: ten times faster than 1 on these rows
    return solver


def _one_week_each(model: "cp_model.CpModel", offer: Offer) -> "list[cp_model.IntVar]":
    taken = [model.new_bool_var("") for _ in offer.columns]
    by_person: dict[str, list[cp_model.IntVar]] = {}
    hinted = set(offer.hint)
    for column, literal in zip(offer.columns, taken, strict=True):
        by_person.setdefault(column.pattern.person, []).append(literal)
        model.add_hint(literal, column in hinted)
    for literals in by_person.values():
        model.add_exactly_one(literals)
    return taken


def _row_prices(
    model: "cp_model.CpModel", offer: Offer, taken: "Sequence[cp_model.IntVar]"
) -> "list[cp_model.LinearExpr]":
    from ortools.sat.python import cp_model

    heads: list[list[cp_model.IntVar]] = [[] for _ in offer.rows]
    counts: list[list[int]] = [[] for _ in offer.rows]
    for column, literal in zip(offer.columns, taken, strict=True):
        for place, count in zip(column.rows, column.heads, strict=True):
            heads[place].append(literal)
            counts[place].append(count)
    prices = []
    for row, literals, many, hinted in zip(
        offer.rows, heads, counts, hinted_heads(offer), strict=True
    ):
        parts, steps = [], []
        for step, most in row.parts(len(offer.hint)):
            parts.append(model.new_int_var(0, most, ""))
            steps.append(step)
            model.add_hint(parts[-1], min(most, hinted))
            hinted -= min(most, hinted)
        stand = cp_model.LinearExpr.weighted_sum(literals, many)
        model.add(stand == cp_model.LinearExpr.sum(parts) + row.low)
        prices.append(cp_model.LinearExpr.weighted_sum(parts, steps) + row.points[0])
    return prices


def hinted_heads(offer: Offer) -> list[int]:
    """How many heads above the lowest the hint gives each row."""
    counts = [-row.low for row in offer.rows]
    for column in offer.hint:
        for place, heads in zip(column.rows, column.heads, strict=True):
            counts[place] += heads
    return counts
