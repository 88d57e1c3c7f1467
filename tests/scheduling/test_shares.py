"""Is unpopular work priced as a rota of its own, and what was published kept?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling import audit
from scheduling.patterns import legal_weeks
from scheduling.problem import Person, Pin, Prices, Problem, Rest, Rota, Shift, ShiftKind, Weights
from scheduling.roster import Assignment
from scheduling.solve import build_roster
from tests.scheduling import make

DAY, EVENING, NIGHT = ShiftKind.DAY, ShiftKind.EVENING, ShiftKind.NIGHT
FULL_DAY, STANDBY = ShiftKind.FULL_DAY, ShiftKind.STANDBY
NO_REST = Rest(timedelta(0), timedelta(0), timedelta(0), timedelta(0))
ONLY_FAIRNESS = replace(Prices(), unfair_full_day=7, unfair_load=1)


def week(person: Person, *shifts: Shift, prices: Prices = ONLY_FAIRNESS) -> Problem:
    return make.problem([person], shifts, rest=NO_REST, prices=prices)


def paid(problem: Problem, wish: str) -> int:
    """The points of one wish when Ada takes all shifts; search and auditor agree in sum."""
    whole = make.roster(*(("Ada", shift.id) for shift in problem.shifts))
    points = audit.price(problem, whole)
    ids = sorted(shift.id for shift in problem.shifts)
    [found] = [w for w in legal_weeks(problem, problem.people[0]) if sorted(w.shifts) == ids]
    assert sum(found.points) == sum(points.values())
    return points[wish]


def duty(kind: ShiftKind, start: float, hours: float = 8) -> Shift:
    return make.shift(f"{kind} {start}", start, start + hours, kind)


# rotas


@pytest.mark.parametrize(
    ("kind", "nights", "full_days"),
    [(NIGHT, 3, 2), (FULL_DAY, 2, 3), (STANDBY, 2, 2), (EVENING, 2, 2)],
)
def test_nights_and_24_hour_duty_are_counted_apart_and_standby_in_neither(
    kind: ShiftKind, nights: int, full_days: int
) -> None:
    # given: one of each carried over, one of each promised in this week, one before it
    history = [duty(NIGHT, 100), duty(FULL_DAY, 130), duty(NIGHT, -30), duty(FULL_DAY, -60)]
    ada = make.person("Ada", history=history, nights_before=1)
    problem = week(replace(ada, full_days_before=1), duty(kind, 10))
    # then
    assert paid(problem, "unfair nights") == 15 * nights**2
    assert paid(problem, "unfair 24h duty") == 7 * full_days**2


def test_whoever_did_less_than_their_share_gains_by_a_duty() -> None:
    ada = replace(make.person("Ada"), full_days_before=-2)
    assert paid(week(ada), "unfair 24h duty") == 7 * 4
    assert paid(week(ada, duty(FULL_DAY, 10, 24)), "unfair 24h duty") == 7


@pytest.mark.parametrize(
    ("kind", "exempt", "fits"),
    [
        (NIGHT, {Rota.NIGHTS}, False),
        (NIGHT, {Rota.FULL_DAYS}, True),
        (FULL_DAY, {Rota.FULL_DAYS}, False),
        (FULL_DAY, {Rota.NIGHTS}, True),
        (STANDBY, set(Rota), True),
        (DAY, set(Rota), True),
    ],
)
def test_nobody_takes_a_duty_they_are_exempt_from(
    kind: ShiftKind, exempt: set[Rota], fits: bool
) -> None:
    # given
    problem = week(replace(make.person("Ada"), exempt=frozenset(exempt)), duty(kind, 10))
    # when
    found = audit.breaches(problem, make.roster(("Ada", f"{kind} 10")))
    # then
    assert [breach.rule for breach in found] == ([] if fits else ["exemptions"])
    assert len(list(legal_weeks(problem, problem.people[0]))) == (2 if fits else 1)


def test_whoever_is_exempt_is_not_charged_for_what_they_did_before() -> None:
    ada = make.person("Ada", nights_before=3, history=[duty(NIGHT, 40), duty(FULL_DAY, 60)])
    ada = replace(ada, full_days_before=3, exempt=frozenset(Rota))
    assert paid(week(ada), "unfair nights") == paid(week(ada), "unfair 24h duty") == 0


def test_what_has_no_price_is_not_counted() -> None:
    # given
    free = Prices(unfair_night=0, unfair_weekend=0, unfair_full_day=0)
    shift = make.shift("sat night", 130, 138, NIGHT, weekend=True)
    # then
    assert paid(week(make.person("Ada", nights_before=2), shift, prices=free), "unfair load") == 0
    assert (
        sum(audit.price(week(make.person("Ada"), shift, prices=free), make.roster()).values()) == 0
    )


# load


@pytest.mark.parametrize(
    ("kind", "each"), [(DAY, 2), (EVENING, 2), (NIGHT, 4), (FULL_DAY, 3), (STANDBY, 1)]
)
def test_load_weighs_half_hours_by_kind(kind: ShiftKind, each: int) -> None:
    problem = week(make.person("Ada"), duty(kind, 10, 8))
    assert paid(problem, "unfair load") == (16 * each // 16) ** 2


@pytest.mark.parametrize(
    ("before", "units"), [(0, 1), (7, 1), (8, 2), (-8, 1), (-9, 0), (-24, 0), (-25, -1)]
)
def test_load_is_rounded_to_the_nearest_unit_halves_up(before: int, units: int) -> None:
    # given: four hours by day are 16 points, one unit
    ada = replace(make.person("Ada"), load_before=before)
    problem = week(ada, duty(DAY, 10, 4), prices=replace(ONLY_FAIRNESS, unfair_load=3))
    # then
    assert paid(problem, "unfair load") == 3 * units**2


def test_load_counts_what_is_promised_this_week_and_a_begun_half_hour_whole() -> None:
    # given: 2 + 2 half hours promised, 2 and a quarter of an hour's handover given
    ada = make.person("Ada", history=[duty(DAY, 50, 1), duty(DAY, -20, 8), duty(DAY, 60, 1)])
    shift = replace(duty(DAY, 10, 1), handover=timedelta(minutes=15))
    problem = replace(week(ada, shift), weights=Weights(day=5, unit=1))
    # then
    assert paid(problem, "unfair load") == (5 * (2 + 2 + 3)) ** 2


# what was published


def published(*promises: tuple[str, str]) -> Problem:
    """Ada and Bo with two shifts, after a roster with these promises was published."""
    people = [make.person("Ada"), make.person("Bo")]
    shifts = [make.shift("mon", 8, 12), make.shift("mon too", 8, 12), make.shift("wed", 56, 60)]
    problem = make.problem(people, shifts, prices=Prices(promise_broken=100, promise_added=10))
    return replace(problem, published=tuple(Pin(*promise) for promise in promises))


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ([("Ada", "mon"), ("Bo", "wed")], 0),
        ([("Ada", "mon")], 100),
        ([], 200),
        ([("Ada", "mon"), ("Bo", "wed"), ("Bo", "mon")], 10),
        ([("Bo", "mon"), ("Bo", "wed")], 110),
        ([("Ada", "mon too"), ("Bo", "wed")], 110),
    ],
)
def test_each_promise_broken_and_each_one_added_is_priced(
    given: list[tuple[str, str]], points: int
) -> None:
    # given
    problem = published(("Ada", "mon"), ("Bo", "wed"))
    # then
    assert audit.price(problem, make.roster(*given))["promises kept"] == points
    searched = 0
    for person in problem.people:
        mine = [shift for name, shift in given if name == person.id]
        [found] = [w for w in legal_weeks(problem, person) if sorted(w.shifts) == sorted(mine)]
        searched += found.points[1]
    assert searched == points


def test_nothing_is_promised_before_the_first_roster_is_published() -> None:
    problem = replace(published(), published=None)
    assert audit.price(problem, make.roster(("Ada", "mon")))["promises kept"] == 0
    assert audit.price(published(), make.roster(("Ada", "mon")))["promises kept"] == 10


def test_a_promise_of_a_shift_or_to_a_person_that_is_gone_is_nobodys() -> None:
    problem = published(("Ada", "thu"), ("Eve", "mon"))
    assert audit.price(problem, make.roster())["promises kept"] == 0
    assert build_roster(problem).price == 0


def test_after_a_cancellation_everybody_else_keeps_what_was_published() -> None:
    # given: Cem gave Monday back; Bo could take it, or Ada and Bo could change everything
    people = [make.person("Ada"), make.person("Bo", preferred=[make.span(8, 12)])]
    shifts = [make.shift("mon", 8, 12), make.shift("wed", 56, 60), make.shift("fri", 104, 108)]
    needs = [make.need(8, 12), make.need(56, 60), make.need(104, 108)]
    problem = make.problem(people, shifts, needs)
    promised = (Pin("Cem", "mon"), Pin("Ada", "wed"), Pin("Bo", "fri"))
    # when
    kept = set(build_roster(replace(problem, published=promised)).roster.assignments)
    # then
    assert {Assignment("wed", "Ada"), Assignment("fri", "Bo")} < kept
    assert len(kept) == 3


def test_two_shifts_of_one_time_are_told_apart_when_one_was_published() -> None:
    # given: either would do, but Ada was promised the second
    problem = published(("Ada", "mon too"))
    problem = replace(problem, people=problem.people[:1], needs=(make.need(8, 12),))
    # then
    assert build_roster(problem).roster == make.roster(("Ada", "mon too"))
