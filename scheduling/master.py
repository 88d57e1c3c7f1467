"""Which week should each person get, among those on offer?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduling.bounds.rows import Row
from scheduling.choosing.budget import awaited, never
from scheduling.legal.pricing import Column
from scheduling.telling.levels import Goal, Points

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Offer:
    """The weeks to choose from, the rows they are judged by, and what is to be small.

    hint: one column for each person, allowed, keeping what the goal keeps, and among the columns;
    bound: of the goal's points, known for any choice; step: what points of the goal differ by, or a
    multiple of it, so that a better choice is at least as much better.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    hint: tuple[Column, ...]
    bound: int
    goal: Goal
    step: int = 1


@dataclass(frozen=True)
class Choice:
    """One column for each person, and a proven bound of the goal's points for this offer.

    work: what the search spent, in units (`SolveLimits`).
    """

    columns: tuple[Column, ...]
    bound: int
    work: float


@dataclass(frozen=True)
class Effort:
    """How long and how a choice is searched.

    seconds: of the wall; work: in units (`SolveLimits`), the same on every machine; both may be
    endless; workers: threads; cancelled: asked again and again.
    """

    seconds: float
    work: float
    seed: int
    workers: int
    cancelled: Callable[[], bool] = never


def choose(offer: Offer, effort: Effort) -> Choice:
    """The cheapest choice found; the hint if the time was too short for any better one."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = _one_week_each(model, offer)
    priced = [(v, c.pattern.points) for v, c in zip(taken, offer.columns, strict=True)]
    priced += _parts(model, offer, taken)
    fixed = [row.points[0] for row in offer.rows]
    total = _sum(priced, [offer.goal.price(points) for _, points in priced])
    total += sum(map(offer.goal.price, fixed))
    for level, most in enumerate(offer.goal.kept):
        spent = _sum(priced, [points[level] for _, points in priced])
        model.add(spent <= most - sum(points[level] for points in fixed))
    model.add(total >= offer.bound)
    model.minimize(total)
    solver = _solver(offer, effort)
    status = awaited(lambda: solver.solve(model), effort.cancelled)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        solver.stop_search()
        return Choice(offer.hint, offer.bound, 0.0)
    chosen = tuple(c for c, v in zip(offer.columns, taken, strict=True) if solver.value(v))
    work = solver.response_proto.deterministic_time
    return Choice(chosen, round(solver.best_objective_bound), work)


def _sum(
    priced: "Sequence[tuple[cp_model.IntVar, Points]]", points: Sequence[int]
) -> "cp_model.LinearExprT":
    from ortools.sat.python import cp_model

    wanted = [(v, each) for (v, _), each in zip(priced, points, strict=True) if each]
    return cp_model.LinearExpr.weighted_sum([v for v, _ in wanted], [each for _, each in wanted])


def _solver(offer: Offer, effort: Effort) -> "cp_model.CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_time_in_seconds = effort.seconds
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.absolute_gap_limit = offer.step - 0.5
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for whoever called us
    solver.parameters.symmetry_level = 0  # among people alike its search heeds no limit: 50 s of 2
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


def _parts(
    model: "cp_model.CpModel", offer: Offer, taken: "Sequence[cp_model.IntVar]"
) -> "list[tuple[cp_model.IntVar, Points]]":
    """The heads of each row, cut where the price of one more changes, each with that price."""
    from ortools.sat.python import cp_model

    standing: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in offer.rows]
    for column, literal in zip(offer.columns, taken, strict=True):
        for place, count in zip(column.rows, column.heads, strict=True):
            standing[place].append((literal, count))
    priced = []
    for row, heads, hinted in zip(offer.rows, standing, hinted_heads(offer), strict=True):
        parts = []
        for step, most in row.parts(len(offer.hint)):
            parts.append(model.new_int_var(0, most, ""))
            priced.append((parts[-1], step))
            model.add_hint(parts[-1], min(most, hinted))
            hinted -= min(most, hinted)
        stand = cp_model.LinearExpr.weighted_sum([v for v, _ in heads], [n for _, n in heads])
        model.add(stand == cp_model.LinearExpr.sum(parts) + row.low)
    return priced


def hinted_heads(offer: Offer) -> list[int]:
    """How many heads above the lowest the hint gives each row."""
    counts = [-row.low for row in offer.rows]
    for column in offer.hint:
        for place, heads in zip(column.rows, column.heads, strict=True):
            counts[place] += heads
    return counts
