"""Is a choice among some people's weeks the same choice, only smaller?"""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import master
from scheduling.bounds.blocks import Block
from scheduling.bounds.rows import Row, cover_rows, team_rows
from scheduling.choosing.greedy import points
from scheduling.choosing.neighbours import TRIED, Neighbours, Part, changed
from scheduling.choosing.search import TOGETHER
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import Standing, plain
from scheduling.legal.weeks import PersonWeeks
from scheduling.master import Offer
from scheduling.patterns import Beginnings, legal_weeks
from scheduling.problem import Problem, ShiftKind
from scheduling.roster import Status
from scheduling.solve import SolveLimits, build_roster
from tests.scheduling import draw, make
from tests.scheduling.test_choice import PATIENT, allowed, offers, price


@given(offer=offers(), free=st.sets(st.sampled_from("abc")))
@settings(max_examples=60)
def test_a_part_weighs_each_choice_as_the_whole_does(offer: Offer, free: set[str]) -> None:
    # given
    part = Part(offer, free)
    fixed = [column for column in offer.hint if column.pattern.person not in free]
    # when
    choice = master.choose(part.offer, PATIENT)
    joined = tuple(part.joined(choice))
    # then
    assert {column.pattern.person for column in joined} == {c.pattern.person for c in offer.hint}
    assert set(fixed) <= set(joined) <= set(offer.columns)
    assert allowed(offer, joined)
    gain = part.price - part.offer.goal.price(points(part.offer.rows, choice.columns))
    assert price(offer, offer.hint) - price(offer, joined) == gain
    assert part.gains(choice) == (gain > 0)


def test_nobody_stands_in_for_nobody() -> None:
    nothing = np.zeros(0, dtype=np.int64)

    assert Neighbours((), (), seed=1).some((nothing, nothing), (), 4) == []


def test_a_block_is_drawn_whole_or_not_at_all() -> None:
    nanjing, suzhou = Block((0, 1), (0,)), Block((2,), (1,))
    above = np.array([8, 0]), np.array([1, 0, 0])
    drawing = Neighbours((), (), seed=1)

    drawn = Counter(tuple(drawing.block(above, (nanjing, suzhou))) for _ in range(200))

    assert drawn.keys() == {(), nanjing.people, suzhou.people}
    assert drawn[nanjing.people] > drawn[suzhou.people]
    assert drawing.block(above, ()) == []


@given(problem=draw.problems(most_people=1, most_shifts=5), seed=st.integers(0, 3))
@settings(max_examples=60)
def test_a_changed_week_is_legal_and_differs_by_one_shift_or_two(
    problem: Problem, seed: int
) -> None:
    # given
    problem = replace(problem, pins=())
    one = alone(problem)
    _, now = one.cheapest(plain(len(rows_of(problem)), TOGETHER))
    legal = {frozenset(week.shifts) for week in legal_weeks(problem, problem.people[0])}
    # when
    weeks = {frozenset(c.pattern.shifts) for c in changed(one, now, Random(seed))}
    # then
    mine = set(now.pattern.shifts)
    near = {w for w in legal if len(w - mine) + len(mine - w) in (1, 2) and len(w - mine) <= 1}
    assert weeks == {week for week in near if len(mine - week) <= 1}


def test_of_many_changed_weeks_some_are_tried() -> None:
    # given
    shifts = [make.shift(f"day {day}", 24 * day + 8, 24 * day + 12) for day in range(40)]
    problem = make.problem([make.person("Ada", available=[make.span(0, 960)])], shifts, hours=960)
    one = alone(problem)
    now = one.column(one.beginning.shifts[:6])
    # when
    weeks = changed(one, now, Random(1))
    # then
    assert len(set(weeks)) == len(weeks) == 6 + TRIED


def rows_of(problem: Problem) -> tuple[Row, ...]:
    return cover_rows(problem) + team_rows(problem)


def alone(problem: Problem) -> PersonWeeks:
    graph = Workshop(problem).graph([Beginnings(problem).of(problem.people[0])])
    return PersonWeeks(Standing(rows_of(problem)).weeks(graph).alone(0))


def test_people_who_are_alike_hand_duties_to_each_other_until_all_have_the_same() -> None:
    # given
    duties = [
        make.shift(f"day {day}", 24 * day + 8, 24 * day + 32, ShiftKind.FULL_DAY)
        for day in range(28)
    ]
    crew = [
        make.person(name, available=[make.span(0, 700)], most=make.limits(shifts=1))
        for name in ("Ada", "Bo", "Cem", "Dan", "Fay", "Gus", "Hal", "Ida")
    ]
    problem = make.problem(crew, duties, [make.need(8, 28 * 24 + 8)], hours=28 * 24 + 8)
    # when
    result = build_roster(problem, SolveLimits(work=60))
    # then
    counts = Counter(given.person for given in result.roster.assignments)
    assert sorted(counts.values()) == [3, 3, 3, 3, 4, 4, 4, 4]
    assert result.status is Status.OPTIMAL
