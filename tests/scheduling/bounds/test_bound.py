"""Is a bound true, however early its proof is broken off?"""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from scheduling.bounds.bound import Prover
from scheduling.bounds.rows import cover_rows
from scheduling.choosing.budget import SolveLimits, never, whole
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import Standing
from scheduling.patterns import beginning
from scheduling.problem import Problem
from scheduling.solve import build_roster
from scheduling.telling.levels import Goal, Level, at, settling
from tests.scheduling.bounds.looked import Looked
from tests.scheduling.choosing.test_search import reluctant
from tests.scheduling.test_choice import knotty

FLOORS = Goal(at(Level.FLOORS, 1))


def prover(problem: Problem) -> Prover:
    """Each person in a group of their own."""
    rows, workshop = cover_rows(problem), Workshop(problem)
    graphs = [workshop.graph([beginning(problem, person)]) for person in problem.people]
    return Prover(rows, [Standing(rows).weeks(graph) for graph in graphs])


def after(looks: int) -> Callable[[], bool]:
    """Somebody who cancels when asked so many times."""
    asked = count()
    return lambda: next(asked) >= looks


@pytest.mark.parametrize("looks", [0, 1, 2, 5, 12, 40])
def test_a_proof_that_is_cancelled_says_nothing_too_much(looks: int) -> None:
    # given
    problem = knotty(seed=14, people=5)
    mine = prover(problem)
    pins = [group.only_pins(0) for group in mine.groups]
    best = build_roster(problem).levels[0].price
    # when
    budget = whole(SolveLimits(), after(looks))
    proof = mine.evidence(FLOORS, pins, lambda _: True, budget)
    # then
    assert proof.bound <= best
    assert not proof.done
    assert set(pins) <= set(proof.columns)


def test_a_proof_with_enough_time_is_done_and_says_most() -> None:
    # given
    problem = knotty(seed=14, people=5)
    mine = prover(problem)
    pins = [group.only_pins(0) for group in mine.groups]
    best = build_roster(problem).levels[0].price
    # when
    proof = mine.evidence(FLOORS, pins, lambda _: True, whole(SolveLimits(), never))
    # then
    assert proof.done
    assert mine.at_once(FLOORS) < proof.bound <= best


def test_bounds_are_raised_to_points_that_a_roster_can_have() -> None:
    # given: a head missing for half an hour costs 1000, and every piece is of whole hours
    mine = prover(knotty(seed=14, people=5))
    # then
    assert mine.step(FLOORS) == 2000
    raised = [mine.reachable(FLOORS, bound) for bound in (-1, 0, 1, 1999, 2000)]
    assert raised == [0, 0, 2000, 2000, 2000]
    assert mine.step(Goal((0, 0, 0, 0))) == 1


@pytest.mark.parametrize("more", [0, 40, 400])
def test_a_proof_holds_as_far_as_it_goes_where_more_points_are_kept(more: int) -> None:
    # given: wishes, proven beside the best floors, targets and fairness
    problem = reluctant(knotty(seed=12, people=6))
    looked, budget = Looked(problem), whole(SolveLimits(), never)
    best = tuple(level.price for level in looked.result.levels)
    now, prover = looked.columns(looked.result.roster), looked.prover
    kept = settling(Level.WISHES, best)
    tight = prover.evidence(kept, now, lambda _: True, budget)
    wider = replace(kept, kept=(best[0], best[1] + more, best[2]))
    # when
    again = prover.again(tight, wider)
    # then
    fresh = prover.evidence(wider, now, lambda _: True, budget)
    assert again.exact <= fresh.exact
    assert (again.exact == tight.exact) == (more == 0)
    assert not again.done
