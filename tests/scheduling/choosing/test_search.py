"""Does a proof survive that points change which it was made beside?"""

from dataclasses import replace

import pytest

from scheduling.choosing.budget import SolveLimits, never, whole
from scheduling.choosing.search import Found, Search
from scheduling.problem import Problem
from scheduling.solve import build_roster
from scheduling.telling.levels import Level
from tests.scheduling import make
from tests.scheduling.test_choice import knotty


@pytest.mark.parametrize(("seed", "people"), [(39, 4), (12, 6), (16, 6), (31, 6)])
def test_what_was_proven_of_wishes_holds_when_targets_gain_and_no_time_is_left(
    seed: int, people: int
) -> None:
    # given: wishes are settled too early; then targets gain at the cost of fairness
    problem, stopped = reluctant(knotty(seed, people)), list[bool]()
    limits = SolveLimits(work=20)
    best = build_roster(problem, limits)
    search = Search(problem, limits, list[Found]().append, lambda: bool(stopped))
    at_once = search.found.bounds[Level.WISHES]
    for level in (Level.FLOORS, Level.WISHES, Level.TARGETS):
        search.settle(level, whole(limits, never))
    given_up = search.found.bounds[Level.WISHES]
    # when
    stopped.append(True)
    bound = search.run(None).bounds[Level.WISHES]
    # then: fewer points of fairness can only cost wishes more
    assert given_up == at_once < bound <= best.levels[Level.WISHES].price


def reluctant(problem: Problem) -> Problem:
    """Everybody would rather have the first two days free."""
    people = tuple(replace(who, unwanted=(make.span(0, 48),)) for who in problem.people)
    return replace(problem, people=people)
