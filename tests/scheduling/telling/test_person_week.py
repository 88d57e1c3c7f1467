"""Why this week: every sentence is tried by taking the shift away."""

from dataclasses import replace

from hypothesis import given

from scheduling import audit
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import by_wish
from scheduling.telling.difference import CoverChange
from scheduling.telling.person_week import PersonWeek, person_week
from tests.scheduling import make
from tests.scheduling.telling.test_costs import staffings


def ada_in(*posts: tuple[str, str]) -> PersonWeek:
    ada = make.person(
        "Ada",
        preferred=[make.span(8, 12)],
        unwanted=[make.span(32, 36)],
        certificates=[make.certificate("crisis")],
    )
    shifts = [make.shift("mon", 8, 12), make.shift("tue", 32, 36, weekend=True)]
    needs = [make.need(8, 10, 2, 2), make.need(10, 12, 0, 1), make.need(32, 36, 1, 2)]
    problem = make.problem([ada, make.person("Bo")], shifts, needs)
    return person_week(Staffing(problem, make.roster(*posts)), ada)


def test_each_shift_says_which_floor_and_which_target_would_fail_without_it() -> None:
    [monday] = ada_in(("Ada", "mon")).shifts
    assert monday.without == (
        CoverChange("nanjing", make.span(8, 10), None, 2, 2, 1, 0),
        CoverChange("nanjing", make.span(10, 12), None, 0, 1, 1, 0),
    )
    assert monday.points == {"below floor": 4000, "below target": 240, "preferred times": 5}


def test_wishes_are_told_as_kept_or_broken_with_their_price() -> None:
    week = ada_in(("Ada", "mon"), ("Ada", "tue"))
    assert week.kept == {"preferred times": -5}
    assert week.broken == {"unwanted times": 15}
    assert week.fairness == {"unfair weekends": 10}


def test_a_shift_that_no_need_asks_for_says_so() -> None:
    # given
    ada = make.person("Ada")
    problem = make.problem([ada], [make.shift("mon", 8, 12)])
    # when
    [monday] = person_week(Staffing(problem, make.roster(("Ada", "mon"))), ada).shifts
    # then
    assert (monday.without, monday.points) == ((), {})


@given(staffings())
def test_taking_the_shift_away_makes_missing_and_costs_what_was_said(staffing: Staffing) -> None:
    problem, before = staffing.problem, by_wish(staffing)
    for person in problem.people:
        for each in person_week(staffing, person).shifts:
            gone = Assignment(each.shift.id, person.id)
            rest = Roster(tuple(a for a in staffing.roster.assignments if a != gone))
            without = by_wish(Staffing(problem, rest))
            assert {
                name: without[name] - before[name]
                for name in before
                if without[name] != before[name]
            } == each.points
            alone = replace(problem, needs=())
            assert audit.price(alone, rest).keys() == before.keys()
            for change in each.without:
                assert change.opens
                found = [
                    gap
                    for gap in audit.gaps(problem, rest)
                    if gap.span.holds(change.span) and gap.certificate == change.certificate
                ]
                assert change.target - change.becomes in [gap.missing for gap in found]


@given(staffings())
def test_the_wishes_told_are_what_the_week_costs_alone(staffing: Staffing) -> None:
    for person in staffing.problem.people:
        week = person_week(staffing, person)
        alone = replace(staffing.problem, people=(person,), needs=())
        mine = tuple(a for a in staffing.roster.assignments if a.person == person.id)
        level = audit.points(alone, Roster(mine))
        assert level[3] == sum(week.kept.values()) + sum(week.broken.values())
        assert level[2] == sum(week.fairness.values())
