"""Which week should each person get, among those on offer?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduling.patterns import Pattern
from scheduling.problem import Problem
from scheduling.rows import Row, is_head
from scheduling.rules import TEAM_RULES

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Offer:
    """The weeks to choose from, one for each person, and what they are judged by."""

    problem: Problem
    rows: tuple[Row, ...]
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Choice:
    """One pattern for each person, its price, and a proven bound for this offer."""

    patterns: tuple[Pattern, ...]
    price: int
    bound: int


@dataclass(frozen=True)
class Effort:
    """How long and how a choice is searched. seconds: of the wall."""

    seconds: float
    seed: int
    workers: int


def choose(offer: Offer, effort: Effort) -> Choice | None:
    """The cheapest choice found; None if the time was too short for any."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in offer.patterns]
    for mine in _by_person(offer.patterns).values():
        model.add_exactly_one(taken[index] for index in mine)
    _add_team_rules(model, offer, taken)
    points = [pattern.points for pattern in offer.patterns]
    terms = [cp_model.LinearExpr.weighted_sum(taken, points)]
    terms += [_row_cost(model, offer, row, taken) for row in offer.rows]
    model.minimize(cp_model.LinearExpr.sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_time_in_seconds = effort.seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen = tuple(p for p, v in zip(offer.patterns, taken, strict=True) if solver.value(v))
    price = round(solver.objective_value)
    return Choice(chosen, price, min(price, round(solver.best_objective_bound)))


def _by_person(patterns: Sequence[Pattern]) -> Mapping[str, list[int]]:
    mine: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        mine.setdefault(pattern.person, []).append(index)
    return mine


def _add_team_rules(
    model: "cp_model.CpModel", offer: Offer, taken: "list[cp_model.IntVar]"
) -> None:
    from ortools.sat.python import cp_model

    for rule in TEAM_RULES:
        for row in rule.rows(offer.problem):
            counts = [len(row.shifts.intersection(pattern.shifts)) for pattern in offer.patterns]
            model.add(cp_model.LinearExpr.weighted_sum(taken, counts) <= row.people)


def _row_cost(
    model: "cp_model.CpModel", offer: Offer, row: Row, taken: "list[cp_model.IntVar]"
) -> "cp_model.LinearExpr":
    from ortools.sat.python import cp_model

    people = {person.id: person for person in offer.problem.people}
    shifts = {shift.id: shift for shift in offer.problem.shifts}
    heads = [
        var
        for pattern, var in zip(offer.patterns, taken, strict=True)
        for shift in pattern.shifts
        if shift in row.shifts and is_head(people[pattern.person], shifts[shift], row.certificate)
    ]
    parts = [model.new_bool_var("") for _ in row.steps[:-1]]
    parts.append(model.new_int_var(0, len(people), ""))
    model.add(cp_model.LinearExpr.sum(heads) == cp_model.LinearExpr.sum(parts))
    return cp_model.LinearExpr.weighted_sum(parts, list(row.steps)) + row.points[0]
