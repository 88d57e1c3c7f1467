"""What a roster costs, and how much a small change adds to it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scheduling import audit
from scheduling.problem import Pin
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import (
    Part,
    Shortfall,
    added,
    by_level,
    by_wish,
    near,
    own,
    shortfall,
    touched,
)
from tests.scheduling import draw, make


@st.composite
def staffings(draw_one: st.DrawFn) -> Staffing:
    """A small problem, some of it promised already, and any roster for it, legal or not."""
    problem = draw_one(draw.problems(most_people=3))
    pairs = [(person.id, shift.id) for person in problem.people for shift in problem.shifts]
    given = st.sets(st.sampled_from(pairs), max_size=4)
    promised = tuple(Pin(*pair) for pair in sorted(draw_one(given)))
    problem = replace(problem, pins=(), published=draw_one(st.sampled_from((None, promised))))
    return Staffing(problem, make.roster(*draw_one(given)))


def test_heads_missing_are_counted_up_to_the_floor_and_from_there_to_the_target() -> None:
    # given: Ada alone, where two must be and three are wanted, for two of four hours
    problem = make.problem(
        [make.person("Ada")],
        [make.shift("mon", 8, 10)],
        [make.need(8, 12, 2, 3), make.need(8, 12, 1, certificate="crisis")],
    )
    # when
    found = shortfall(Staffing(problem, make.roster(("Ada", "mon"))))
    # then: 4 half hours lack one head, 4 lack two, all 8 lack the holder; the target always one
    assert found == Shortfall(floor=4 + 8 + 8, target=8)


def test_the_floor_counts_before_the_target() -> None:
    assert Shortfall(1, 0) > Shortfall(0, 99)


def test_points_of_a_wish_that_is_none_any_more_are_left_out() -> None:
    assert by_level({"below floor": 5, "below target": 3, "some old wish": 9}) == (5, 3, 0, 0)


def test_what_costs_the_same_is_not_told() -> None:
    assert added({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4}) == {"b": 3, "c": -3, "d": 4}


def test_a_person_is_told_the_price_of_their_own_week() -> None:
    # given
    ada = make.person("Ada", preferred=[make.span(8, 12)], nights_before=1)
    shifts = [make.shift("mon", 8, 12), make.shift("tue", 32, 36)]
    problem = make.problem([ada, make.person("Bo")], shifts, [make.need(8, 9)])
    # when
    found = own(Staffing(problem, make.roster(("Ada", "mon"))), "Ada")
    # then: one of two shifts asked for is worth half
    assert found == {"preferred times": -5, "unfair nights": 15}


@given(staffings())
def test_the_levels_sum_up_to_what_the_auditor_finds(staffing: Staffing) -> None:
    assert by_level(by_wish(staffing)) == audit.points(staffing.problem, staffing.roster)


@given(staffings(), st.data())
def test_a_small_change_adds_what_the_auditor_finds(
    staffing: Staffing, data: st.DataObject
) -> None:
    # given: one person takes or leaves one shift
    problem, roster = staffing.problem, staffing.roster
    person = data.draw(st.sampled_from(problem.people))
    shift = data.draw(st.sampled_from(problem.shifts))
    after = Staffing(problem, toggled(roster, Assignment(shift.id, person.id)))
    part = Part(frozenset({person.id}), frozenset({(shift.desk, shift.span)}))
    # then
    assert touched(staffing, after, part) == added(by_wish(staffing), by_wish(after))
    fewer = shortfall(near(after, part)).floor - shortfall(near(staffing, part)).floor
    assert fewer == shortfall(after).floor - shortfall(staffing).floor


def toggled(roster: Roster, one: Assignment) -> Roster:
    return Roster(tuple(sorted(set(roster.assignments) ^ {one})))
