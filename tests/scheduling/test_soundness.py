"""Is a problem that makes no sense refused with a sentence?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling.problem import Limits, Pair, Prices, Problem, Team, Weights
from scheduling.solve import build_roster
from tests.scheduling import make

ADA = make.person("Ada")
MON = make.shift("mon", 8, 12)
BO = make.person("Bo")
BACKWARD = Limits(1, timedelta(hours=-1), 1, 1)


def with_team(team: Team) -> Problem:
    return replace(make.problem([ADA, BO], []), team=team)


def pairs(*pairs: tuple[str, str, bool]) -> Team:
    return Team(pairs=tuple(Pair(*pair) for pair in pairs))


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (make.problem([ADA, ADA], []), "person Ada stands in the problem 2 times"),
        (make.problem([], [MON, MON]), "shift mon stands in the problem 2 times"),
        (make.problem([ADA], [MON], pins=[("Eve", "mon")]), "unknown person: Eve"),
        (make.problem([ADA], [MON], pins=[("Ada", "tue")]), "unknown shift: tue"),
        (make.problem([], [make.shift("late", 168, 170)]), "late does not start inside"),
        (make.problem([], [make.shift("early", -0.5, 4)]), "early does not start inside"),
        (make.problem([], [make.shift("mon", 8, 12, most=-1)]), "mon cannot hold -1 people"),
        (make.problem([], [make.shift("mon", 8.25, 12)]), "shift mon must begin and end on"),
        (make.problem([], [], [make.need(8, 12.1)]), "must begin and end on the half hour"),
        (make.problem([], [], hours=100.1), "the horizon must begin and end on"),
        (make.problem([], [], [make.need(8, 12, 2, 1)]), "want 0 <= floor <= target"),
        (make.problem([], [], [make.need(8, 12, -1, 1)]), "want 0 <= floor <= target"),
        (
            make.problem([], [], [make.need(8, 12, 1, 2, certificate="crisis")]),
            "asks for crisis, so its target must equal its floor",
        ),
        (make.problem([replace(ADA, limits=BACKWARD)], []), "limits of Ada are below zero"),
        (
            make.problem([make.person("Ada", history=[make.shift("old", 1, 2.1)])], []),
            "the promised shift old of Ada must begin",
        ),
        (with_team(Team(newcomers_a_shift=-1)), "a team cannot hold -1 newcomers"),
        (with_team(Team(newcomers_a_mentor=-2)), "a team cannot hold -2 newcomers"),
        (with_team(pairs(("Ada", "Eve", True))), "a pair names an unknown person: Eve"),
        (with_team(pairs(("Eve", "Ada", False))), "a pair names an unknown person: Eve"),
        (with_team(pairs(("Bo", "Bo", False))), "a pair names Bo twice"),
        (
            with_team(pairs(("Ada", "Bo", True), ("Bo", "Ada", False))),
            "Bo and Ada are to sit always together and never together",
        ),
        (
            replace(make.problem([], []), weights=Weights(unit=0)),
            "the unit of load must be at least 1, not 0",
        ),
        (make.problem([], [], prices=Prices(below_floor=1)), "prices must keep"),
        (make.problem([], [], prices=Prices(below_target=-1)), "prices must keep"),
        (make.problem([], [], prices=Prices(above_target=-1)), "prices must keep"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(problem: Problem, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        build_roster(problem)


def test_old_history_may_have_ended_at_any_minute() -> None:
    person = make.person("Ada", history=[make.shift("old", -9.9, -1.1)])
    assert build_roster(make.problem([person], [])).price == 0


def test_the_same_pair_may_be_named_twice() -> None:
    problem = with_team(pairs(("Ada", "Bo", True), ("Bo", "Ada", True)))
    assert build_roster(problem).price == 0
