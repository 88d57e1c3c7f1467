"""Does the one door give the best roster, with proof, in every case?"""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import audit
from scheduling.problem import Problem, ShiftKind
from scheduling.roster import Assignment, Result, Roster, Status
from scheduling.solve import Progress, SolveLimits, audited, build_roster, judged
from scheduling.telling.levels import Points
from tests.scheduling import draw, make


def test_the_only_person_takes_the_only_shift() -> None:
    # given
    problem = make.problem([make.person("Ada")], [make.shift("mon", 8, 12)], [make.need(8, 12)])
    # when
    result = build_roster(problem)
    # then
    assert result.roster == make.roster(("Ada", "mon"))
    assert result.status is Status.OPTIMAL
    assert (result.price, result.bound, result.gaps, result.patterns) == (0, 0, (), 2)


def test_nobody_at_all_still_gives_a_roster_with_gaps() -> None:
    # given
    problem = make.problem([], [make.shift("mon", 8, 12, most=3)], [make.need(8, 12)])
    # when
    result = build_roster(problem)
    # then
    assert result.status is Status.OPTIMAL
    assert (result.price, result.roster) == (8000, make.roster())


def test_a_roster_without_needs_or_shifts_is_empty() -> None:
    result = build_roster(make.problem([make.person("Ada")], []))
    assert (result.status, result.price, result.roster) == (Status.OPTIMAL, 0, make.roster())


def pinned_apart(*pins: tuple[str, str]) -> Problem:
    shifts = [
        make.shift("mon night", 22, 32, ShiftKind.NIGHT),
        make.shift("tue duty", 40, 64, ShiftKind.FULL_DAY),
        make.shift("fri", 104, 108, most=1),
    ]
    people = [make.person("Ada"), make.person("Bo")]
    return make.problem(people, shifts, [make.need(0, 168)], pins)


def test_pins_are_kept_whatever_they_cost() -> None:
    # given
    problem = pinned_apart(("Ada", "fri"), ("Bo", "mon night"))
    # when
    result = build_roster(problem)
    # then
    given = {(a.person, a.shift) for a in result.roster.assignments}
    assert {("Ada", "fri"), ("Bo", "mon night")} <= given
    assert result.status is Status.OPTIMAL


def test_pins_that_clash_are_impossible_and_say_whose_and_why() -> None:
    # when
    result = build_roster(pinned_apart(("Ada", "mon night"), ("Ada", "tue duty")))
    # then
    assert result.status is Status.IMPOSSIBLE
    assert result.roster == make.roster()
    assert [b.sentence for b in result.breaches] == [
        "Ada rests 24 h after mon night, too long for tue duty"
    ]
    assert result.bound <= result.price


def test_more_pins_than_chairs_are_impossible() -> None:
    result = build_roster(pinned_apart(("Ada", "fri"), ("Bo", "fri")))
    assert result.status is Status.IMPOSSIBLE
    assert [b.rule for b in result.breaches] == ["room in the shift"]


def test_a_pin_against_what_was_promised_is_impossible() -> None:
    # given
    problem = pinned_apart(("Ada", "mon night"))
    sunday = make.shift("sun duty", -8, 16, ShiftKind.FULL_DAY)
    people = (replace(problem.people[0], history=(sunday,)), problem.people[1])
    # when
    result = build_roster(replace(problem, people=people))
    # then
    assert [b.sentence for b in result.breaches] == [
        "Ada rests 48 h after sun duty, too long for mon night"
    ]


def some_week(people: int) -> Problem:
    """A week in which whole people do worse than fractions of people."""
    names = [f"volunteer {n:02}" for n in range(people)]
    shifts = [
        make.shift(f"{day} {part}", 24 * day + start, 24 * day + start + 7, most=2)
        for day in range(7)
        for part, start in enumerate((0, 5, 10, 15))
    ]
    crew = [
        make.person(
            name,
            most=make.limits(shifts=1 + n % 3),
            available=[make.span(24 * day, 24 * day + 23) for day in range(7) if (n + day) % 3],
            unwanted=[make.span(24 * (n % 7), 24 * (n % 7) + 9)],
            weekends_before=n % 2,
        )
        for n, name in enumerate(names)
    ]
    return make.problem(crew, shifts, [make.need(0, 168, 1, 2)])


def test_the_same_question_gives_the_same_roster() -> None:
    problem = some_week(9)
    first, second = build_roster(problem), build_roster(problem)
    assert first.status is Status.OPTIMAL
    assert replace(first, seconds=0.0) == replace(second, seconds=0.0)


def test_a_search_without_time_still_gives_an_allowed_roster_with_a_bound() -> None:
    # given
    problem = some_week(9)
    # when
    result = build_roster(problem, SolveLimits(seconds=0.0))
    # then
    best = build_roster(problem)
    assert audit.breaches(problem, result.roster) == ()
    assert prices(best) <= prices(result)
    assert all(level.bound <= level.price for level in result.levels)
    assert result.levels[0].bound <= best.levels[0].price


@pytest.mark.parametrize("seconds", [0.0, 20.0])
def test_a_full_shift_takes_nobody_more_however_much_is_missing(seconds: float) -> None:
    # given
    people = [make.person("Ada"), make.person("Bo")]
    problem = make.problem(people, [make.shift("mon", 8, 12, most=1)], [make.need(8, 12, 2)])
    # when
    result = build_roster(problem, SolveLimits(seconds=seconds))
    # then
    assert len(result.roster.assignments) == (1 if seconds else 0)
    assert audit.breaches(problem, result.roster) == ()


def test_progress_tells_of_better_rosters_and_bounds_until_they_meet() -> None:
    # given
    told: list[Progress] = []
    # when
    result = build_roster(some_week(9), on_progress=told.append)
    # then
    steps = [tuple(level.price for level in one.levels) for one in told]
    assert steps == sorted(steps, reverse=True)
    assert [one.levels[0].bound for one in told] == sorted(one.levels[0].bound for one in told)
    assert told[-1].levels == result.levels
    assert (told[-1].price, told[-1].bound) == (result.price, result.bound)
    assert told[-1].coverage == audit.coverage(some_week(9), result.roster)


def test_a_hint_is_taken_as_far_as_it_is_allowed() -> None:
    # given
    problem = some_week(6)
    best = build_roster(problem)
    doubled = {Assignment(shift.id, "volunteer 00") for shift in problem.shifts}
    hint = Roster(tuple(sorted({*best.roster.assignments, *doubled})))
    # when
    unhurried = build_roster(problem, hint=hint)
    hurried = build_roster(problem, SolveLimits(seconds=0.0), hint=best.roster)
    # then
    assert unhurried.price == best.price
    assert hurried.price == best.price


def prices(result: Result) -> Points:
    return tuple(level.price for level in result.levels)


def test_a_roster_that_was_found_otherwise_is_judged_as_the_auditor_does() -> None:
    # given
    problem = some_week(6)
    best = build_roster(problem)
    # when
    again, nothing = judged(problem, best.roster), judged(problem, Roster(()))
    # then
    assert replace(again, levels=(), status=best.status, bound=0, seconds=0) == replace(
        best, levels=(), bound=0, seconds=0
    )
    assert prices(nothing) == audit.points(problem, Roster(()))
    assert all(level.bound <= level.price for level in (*again.levels, *nothing.levels))
    assert again.levels[0].bound <= best.levels[0].price


def test_a_roster_that_breaks_a_rule_is_judged_impossible() -> None:
    # given
    problem = pinned_apart()
    worn = make.roster(("Ada", "mon night"), ("Ada", "tue duty"))
    # when
    result = judged(problem, worn)
    # then
    assert result.status is Status.IMPOSSIBLE
    assert [b.rule for b in result.breaches] == ["rest between shifts"]


def test_without_any_solver_a_bound_is_what_no_roster_can_undercut() -> None:
    # given
    ada = make.person("Ada", preferred=[make.span(8, 12)])
    problem = make.problem([ada], [make.shift("mon", 8, 12)], [make.need(8, 12)])
    best = build_roster(problem)
    # when
    found = audited(problem, best.roster)
    # then
    assert [level.bound for level in found.levels] == [0, 0, 0, problem.prices.preferred]
    assert prices(found) == prices(best)
    assert found.bound <= best.bound


def greedily(problem: Problem) -> Roster:
    """Whoever may still take a shift takes it, while that makes the roster cheaper."""
    given = tuple(Assignment(pin.shift, pin.person) for pin in problem.pins)
    best = Roster(tuple(sorted(set(given))))
    for shift in problem.shifts:
        for person in problem.people:
            more = Roster(tuple(sorted({*best.assignments, Assignment(shift.id, person.id)})))
            cheaper = cost(problem, more) < cost(problem, best)
            if cheaper and not audit.breaches(problem, more):
                best = more
    return best


def cost(problem: Problem, roster: Roster) -> Points:
    return audit.points(problem, roster)


@given(problem=draw.problems(most_people=3, most_shifts=8), seconds=st.sampled_from((0.0, 20.0)))
@settings(max_examples=60)
def test_every_roster_is_allowed_bounded_and_no_worse_than_greedy_filling(
    problem: Problem, seconds: float
) -> None:
    # when
    result = build_roster(problem, SolveLimits(seconds=seconds))
    # then
    if result.status is Status.IMPOSSIBLE:
        assert audit.breaches(problem, greedily(replace(problem, people=problem.people)))
        return
    assert audit.breaches(problem, result.roster) == ()
    assert prices(result) == cost(problem, result.roster)
    assert result.bound <= result.price
    if seconds:
        assert result.status is Status.OPTIMAL
        assert result.bound == result.price
        assert prices(result) <= cost(problem, greedily(problem))


@pytest.mark.parametrize("module", ["ortools", "numpy"])
def test_asking_for_the_door_does_not_load_the_solver(module: str) -> None:
    program = f"import sys, scheduling.solve; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
