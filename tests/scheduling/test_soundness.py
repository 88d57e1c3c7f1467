"""Is a problem that makes no sense refused with a sentence?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling.problem import (
    Cap,
    Limits,
    Pair,
    Period,
    Prices,
    Problem,
    Rest,
    Team,
    Unit,
    Weights,
)
from scheduling.roster import Status
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


def agreeing(**limits: int) -> Problem:
    return make.problem([replace(ADA, limits=replace(make.limits(), **limits))], [])  # type: ignore[arg-type]


def capped(*caps: Cap) -> Problem:
    return make.problem([replace(ADA, limits=replace(make.limits(), caps=caps))], [])


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
        (make.problem([], [make.shift("long", 8, 56.5)]), "long lasts 48.5 hours, at most 48"),
        (make.problem([], [make.shift("mon", 8, 12, handover=-1)]), "mon has a handover of"),
        (make.problem([], [make.shift("mon", 8, 12, handover=49)]), "mon has a handover of"),
        (make.problem([], [make.shift("mon", 8, 12, handover=0.001)]), "want whole minutes"),
        (make.problem([], [make.shift("mon", 8, 12, day=MON.on + 2)]), "mon belongs to a date"),
        (
            make.problem([], [MON, make.shift("later", 9, 12, day=MON.on - 1)]),
            "the dates of the shifts mon and later contradict each other",
        ),
        (
            make.problem([], [MON, make.shift("other", 8, 12, day=MON.on - 1)]),
            "the dates of the shifts other and mon contradict each other",
        ),
        (
            make.problem([make.person("Ada", history=[make.shift("old", -9.999, -1)])], []),
            "the promised shift old of Ada must begin and end on a whole minute",
        ),
        (make.problem([], [], hours=24 * 366 + 1), "the horizon has 366 days and more"),
        (make.problem([], [], rest=Rest(usual=-timedelta(hours=1))), "rest between two shifts"),
        (agreeing(days_running=-1), "the limits of Ada are below zero"),
        (agreeing(days_off=7), "the limits of Ada ask for 7 days off in a row"),
        (agreeing(days_off=-1), "the limits of Ada ask for -1 days off in a row"),
        (agreeing(least_days_running=0), "fewer than 1 day or night running"),
        (agreeing(least_nights_running=0), "fewer than 1 day or night running"),
        (
            agreeing(least_days_running=3, days_running=2),
            "the limits of Ada ask for at least 3 days running, and at most 2",
        ),
        (
            capped(Cap(Unit.NIGHTS, Period.MONTH, 1, 2)),
            "a cap of Ada asks for 2 to 1 nights; want 0 <= least <= most",
        ),
        (capped(Cap(Unit.NIGHTS, Period.MONTH, None, -1)), "want 0 <= least <= most"),
        (capped(Cap(Unit.SHIFTS, Period.WEEK)), "0 to any number of shifts, which is no limit"),
        (capped(Cap(Unit.SHIFTS, Period.WEEK, 1, days=7)), "1 shifts in a week, and in 7 days"),
        (capped(Cap(Unit.SHIFTS, Period.ROLLING, 1)), "in 0 days; want 1 to 366"),
        (capped(Cap(Unit.SHIFTS, Period.ROLLING, 1, days=367)), "in 367 days; want 1 to 366"),
        (make.problem([], [], prices=Prices(below_commitment=-1)), "keep below_commitment >= 0"),
        (make.problem([], [], prices=Prices(short_run=-1)), "keep short_run >= 0"),
        (make.problem([], [], prices=Prices(single_day_off=-1)), "keep single_day_off >= 0"),
        (make.problem([], [], prices=Prices(half_weekend=-1)), "keep half_weekend >= 0"),
        (make.problem([], [], prices=Prices(below_floor=1)), "prices must keep"),
        (make.problem([], [], prices=Prices(below_target=-1)), "prices must keep"),
        (make.problem([], [], prices=Prices(above_target=-1)), "prices must keep"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(problem: Problem, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        build_roster(problem)


@pytest.mark.parametrize(
    "problem",
    [
        make.problem([], [make.shift("long", 8, 56, handover=48)]),
        make.problem([], [make.shift("mon", 8, 12, day=MON.on - 1)]),
        make.problem([], [], hours=24 * 366),
        agreeing(days_off=6, days_running=2, least_days_running=2),
        agreeing(days_running=0),
        capped(Cap(Unit.SHIFTS, Period.ROLLING, 2, 2, 366), Cap(Unit.SHIFTS, Period.WEEK, 0)),
    ],
)
def test_what_is_just_possible_is_solved(problem: Problem) -> None:
    assert build_roster(problem).status is Status.OPTIMAL


def test_a_shift_of_no_length_cannot_even_be_written_down() -> None:
    with pytest.raises(ValueError, match="a span ends after it starts"):
        make.shift("none", 8, 8)


def test_a_need_that_no_shift_covers_is_a_gap_and_no_fault() -> None:
    result = build_roster(make.problem([ADA], [MON], [make.need(8, 12, desk="empty")]))
    assert result.status is Status.OPTIMAL
    assert [(gap.desk, gap.span, gap.missing) for gap in result.gaps] == [
        ("empty", make.span(8, 12), 1)
    ]


def test_a_person_without_a_desk_gets_the_empty_week() -> None:
    nowhere = make.person("Eve", desks=[])
    result = build_roster(make.problem([nowhere], [MON], [make.need(8, 12)]))
    assert result.status is Status.OPTIMAL
    assert result.roster == make.roster()


def test_old_history_may_have_ended_at_any_minute() -> None:
    person = make.person("Ada", history=[make.shift("old", -9.9, -1.1)])
    assert build_roster(make.problem([person], [])).price == 0


def test_the_same_pair_may_be_named_twice() -> None:
    problem = with_team(pairs(("Ada", "Bo", True), ("Bo", "Ada", True)))
    assert build_roster(problem).price == 0
