"""Do levels give way to one another, and does what was proven of one survive that?"""

from dataclasses import replace

import pytest

from scheduling.choosing import search
from scheduling.choosing.budget import Budget, SolveLimits, never, whole
from scheduling.choosing.search import Found, Search
from scheduling.choosing.tasks import UNPROVEN, Choosing, Decision, Task
from scheduling.problem import Problem
from scheduling.roster import Roster, Status
from scheduling.solve import build_roster
from scheduling.telling.levels import Goal, Level
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
    searching = Search(problem, limits, list[Found]().append, lambda: bool(stopped))
    at_once = searching.found.bounds[Level.WISHES]
    for level in (Level.FLOORS, Level.WISHES, Level.TARGETS):
        searching.settle(level, whole(limits, never))
    given_up = searching.found.bounds[Level.WISHES]
    # when
    stopped.append(True)
    bound = searching.run(None).bounds[Level.WISHES]
    # then: fewer points of fairness can only cost wishes more
    assert given_up == at_once < bound <= best.levels[Level.WISHES].price


def reluctant(problem: Problem) -> Problem:
    """Everybody would rather have the first two days free."""
    people = tuple(replace(who, unwanted=(make.span(0, 48),)) for who in problem.people)
    return replace(problem, people=people)


@pytest.mark.parametrize("seed", [6, 14, 39])
def test_levels_that_gave_way_to_later_ones_are_settled_in_the_end(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    problem, limits = reluctant(knotty(seed, people=5)), SolveLimits(work=20)
    best = build_roster(problem, limits)
    # when: no level is worth a second look before all had a first one
    monkeypatch.setattr(search, "ENOUGH", 1_000)
    result = build_roster(problem, limits)
    # then
    assert best.status is result.status is Status.OPTIMAL
    assert result.levels == best.levels


def test_a_level_of_which_little_is_open_leaves_what_is_left_to_later_ones() -> None:
    # given
    problem, limits = reluctant(knotty(39, people=4)), SolveLimits(work=20)
    told = list[Found]()
    eager = Search(problem, limits, told.append)
    before = eager.found.points
    # when
    eager.settle(Level.FLOORS, whole(limits, never), 1_000)
    # then: nothing was chosen, though it would have paid
    assert eager.found.points == before
    eager.settle(Level.FLOORS, whole(limits, never))
    assert eager.found.points < before


def test_a_level_is_looked_at_again_beside_what_a_level_before_gained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: whoever looks for targets comes upon better floors
    problem, limits = reluctant(knotty(39, people=4)), SolveLimits(work=20)
    best = build_roster(problem, limits)
    points = tuple(level.price for level in best.levels)
    asked = list[Goal]()
    monkeypatch.setattr(search, "Decider", lambda choosing: Knowing(choosing, best.roster, asked))
    searching = Search(problem, limits, list[Found]().append)
    begun = searching.found.points
    # when
    searching.settle(Level.TARGETS, whole(limits, never))
    # then
    assert points[Level.FLOORS] < begun[Level.FLOORS]
    assert [goal.kept for goal in asked] == [begun[:1], points[:1]]
    assert searching.found.points == points
    assert searching.found.bounds[Level.TARGETS] == points[Level.TARGETS]


class Knowing:
    """Decides for a roster that it knows; the second time it knows that none is better."""

    def __init__(self, choosing: Choosing, roster: Roster, asked: list[Goal]) -> None:
        self._asked = asked
        self._columns = [
            one.week([given.shift for given in roster.assignments if given.person == one.person])
            for one in choosing.weeks
        ]

    def decide(self, task: Task, budget: Budget) -> Decision:
        """The roster it knows."""
        self._asked.append(task.goal)
        return Decision(self._columns, UNPROVEN if len(self._asked) == 1 else task.points)
