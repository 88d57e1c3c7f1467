"""Is it said of whom no shift can be given to, and why?"""

from dataclasses import replace

import pytest
from hypothesis import given

from scheduling.legal.idle import Idle, Obstacle, idle
from scheduling.patterns import legal_weeks
from scheduling.problem import Person, Problem, ShiftKind
from tests.scheduling import draw, make

NIGHT = make.shift("night", 22, 30, ShiftKind.NIGHT, certificates=["crisis"])
SHIFTS = [make.shift("mon", 8, 12), make.shift("tue", 32, 36), NIGHT]
AWAY = make.span(-100, 500)


def test_whom_no_shift_can_be_given_is_told_with_what_keeps_them_out() -> None:
    # given
    ada = make.person("Ada", available=[make.span(22, 30)])
    people = [ada, make.person("Bo"), make.person("Cem", most=make.limits(shifts=0))]
    # when
    found = idle(make.problem(people, SHIFTS))
    # then
    assert [one.person for one in found] == ["Ada", "Cem"]
    assert found[0] == Idle(
        "Ada",
        3,
        (Obstacle("availability", None, 2), Obstacle("valid certificates", "crisis", 1)),
    )


@pytest.mark.parametrize(
    ("person", "obstacles"),
    [
        (make.person("Eve", desks=[]), [Obstacle("own desk", "nanjing", 3)]),
        (
            make.person("Eve", available=[]),
            [Obstacle("availability", None, 2), Obstacle("valid certificates", "crisis", 1)],
        ),
        (
            make.person("Eve", absent=[AWAY], certificates=[make.certificate("crisis")]),
            [Obstacle("absences", None, 3)],
        ),
        (
            make.person(
                "Eve",
                most=make.limits(shifts=1),
                history=[make.shift("promised", 90, 94, desk="elsewhere")],
                certificates=[make.certificate("crisis")],
            ),
            [Obstacle("most shifts a week", "1 of 1 shifts", 3)],
        ),
    ],
)
def test_each_shift_stands_under_what_a_person_is_before_what_they_did(
    person: Person, obstacles: list[Obstacle]
) -> None:
    [eve] = idle(make.problem([person], SHIFTS))
    assert list(eve.obstacles) == obstacles


def test_a_week_without_shifts_leaves_everybody_without_one() -> None:
    [ada] = idle(make.problem([make.person("Ada")], []))
    assert ada == Idle("Ada", 0, ())


def test_who_is_pinned_is_not_idle() -> None:
    ada = make.person("Ada", most=make.limits(shifts=1))
    assert idle(make.problem([ada], SHIFTS, pins=[("Ada", "mon")])) == ()


@given(problem=draw.problems(most_people=3))
def test_everybody_idle_has_the_empty_week_only(problem: Problem) -> None:
    problem = replace(problem, pins=())
    found = {one.person: one for one in idle(problem)}
    for person in problem.people:
        weeks = list(legal_weeks(problem, person))
        assert (person.id in found) == (len(weeks) == 1)
        if person.id in found:
            counts = [obstacle.shifts for obstacle in found[person.id].obstacles]
            assert sum(counts) == len(problem.shifts)
            assert counts == sorted(counts, reverse=True)
