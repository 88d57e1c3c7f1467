"""Where there is no room for all states: are bounds still true, and weeks still legal?"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import audit
from scheduling.bounds.rows import cover_rows, team_rows
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import SCALE, Standing, Weeks, Worth, plain
from scheduling.legal.weeks import PersonWeeks
from scheduling.patterns import beginning, legal_weeks
from scheduling.problem import Problem
from scheduling.roster import Status
from scheduling.solve import SolveLimits, build_roster
from scheduling.telling.levels import Goal
from tests.scheduling import draw
from tests.scheduling.test_choice import knotty
from tests.scheduling.test_every_roster import every_roster

ROOM = st.sampled_from((0, 6, 12, 30))
WORTHS = st.lists(st.integers(-50, 50), min_size=60, max_size=60)


def weeks(problem: Problem, most: int) -> Weeks:
    starts = [beginning(problem, person) for person in problem.people]
    rows = cover_rows(problem) + team_rows(problem)
    return Standing(rows).weeks(Workshop(problem).graph(starts, most))


def worth(problem: Problem, heads: list[int]) -> Worth:
    rows = len(cover_rows(problem) + team_rows(problem))
    start = plain(rows, Goal((3, 2, 1, 1)))
    return replace(start, heads=SCALE * (start.heads + (heads * rows)[:rows]))


@given(problem=draw.problems(most_people=1, most_shifts=6), most=ROOM, heads=WORTHS)
@settings(max_examples=150)
def test_a_vague_graph_holds_every_legal_week_and_gives_only_legal_ones(
    problem: Problem, most: int, heads: list[int]
) -> None:
    # given
    at = worth(problem, heads)
    exact, vague = PersonWeeks(weeks(problem, 10**6)), PersonWeeks(weeks(problem, most))
    legal = {(week.shifts, week.points) for week in legal_weeks(problem, problem.people[0])}
    # when
    best, _ = exact.cheapest(at)
    bound, column = vague.cheapest(at)
    everything = vague.columns(vague.within(at, 10**9 * SCALE, 10**6) or [])
    # then
    assert bound <= best <= column.cost(at)
    assert int(vague.weeks.least(at)[0]) <= bound
    assert (column.pattern.shifts, column.pattern.points) in legal
    assert {(each.pattern.shifts, each.pattern.points) for each in everything} == legal
    assert vague.weeks.graph.weeks() >= len(legal)


@given(problem=draw.problems(most_people=3, most_shifts=5), most=ROOM, heads=WORTHS)
@settings(max_examples=60)
def test_people_are_priced_together_as_each_alone(
    problem: Problem, most: int, heads: list[int]
) -> None:
    # given
    at, together = worth(problem, heads), weeks(problem, most)
    # when
    alone = [PersonWeeks(together.alone(place)) for place in range(len(problem.people))]
    # then
    assert together.least(at).tolist() == [int(one.weeks.least(at)[0]) for one in alone]
    assert together.graph.weeks() == sum(one.weeks.graph.weeks() for one in alone)
    for place, one in enumerate(alone):
        assert together.only_pins(place) == one.only_pins()
        assert one.person == problem.people[place].id


def test_with_enough_looks_the_cheapest_week_of_a_vague_graph_is_found() -> None:
    # given
    problem = knotty(seed=3, people=4)
    exact, vague = weeks(problem, 10**6), weeks(problem, 30)
    at = worth(problem, [40, 7, 23, 0, 61])
    # then
    assert exact.graph.vague == frozenset()
    assert vague.graph.vague
    assert vague.graph.edges() <= 30 * 4 < exact.graph.edges()
    for place in range(4):
        best, _ = PersonWeeks(exact.alone(place)).cheapest(at)
        bound, column = PersonWeeks(vague.alone(place)).cheapest(at)
        assert bound <= best <= column.cost(at)


@given(problem=draw.problems(most_people=2, most_shifts=4), edges=st.sampled_from((1, 16, 40)))
@settings(max_examples=40)
def test_bounds_by_level_hold_whatever_room_there_is(problem: Problem, edges: int) -> None:
    # given
    allowed = [r for r in every_roster(problem) if not audit.breaches(problem, r)]
    points = [audit.points(problem, roster) for roster in allowed]
    # when
    result = build_roster(problem, SolveLimits(edges=edges, work=0.3))
    # then
    if result.status is Status.IMPOSSIBLE:
        assert not points
        return
    prices = tuple(level.price for level in result.levels)
    assert prices in points
    for place, level in enumerate(result.levels):
        rivals = [each[place] for each in points if each[:place] == prices[:place]]
        assert level.bound <= min(rivals)


@pytest.mark.parametrize("edges", [150, 600])
def test_a_week_too_large_for_its_room_is_still_planned_well(edges: int) -> None:
    # given
    problem = knotty(seed=14, people=5)
    best = build_roster(problem)
    # when
    result = build_roster(problem, SolveLimits(edges=edges, work=1.0))
    # then
    assert audit.breaches(problem, result.roster) == ()
    assert result.levels[0].bound <= best.levels[0].price <= result.levels[0].price
    assert result.levels[0].price <= best.levels[0].price * 1.05
