"""How a burden compares with that of everybody who shares it."""

from dataclasses import replace

import pytest

from scheduling.problem import Person, Rota, ShiftKind
from scheduling.rules import Staffing
from scheduling.telling.burden import Burden, Measure, burdens
from tests.scheduling import make

SHIFTS = [
    make.shift("mon night", 22, 32, ShiftKind.NIGHT),
    make.shift("tue night", 46, 56, ShiftKind.NIGHT),
    make.shift("wed duty", 56, 80, ShiftKind.FULL_DAY),
    make.shift("sat", 128, 132, weekend=True),
]
POSTS = [("Ada", "mon night"), ("Ada", "sat"), ("Bo", "tue night"), ("Cem", "wed duty")]


def told(*people: Person) -> dict[str, dict[Measure, Burden]]:
    posts = [post for post in POSTS if post[0] in [person.id for person in people]]
    found = burdens(Staffing(make.problem(people, SHIFTS), make.roster(*posts)))
    return {code: {each.measure: each for each in mine} for code, mine in found.items()}


ADA = make.person("Ada", nights_before=1, weekends_before=-1)
BO = make.person("Bo")
CEM = make.person("Cem")


def test_nights_before_count_in_the_mean_of_all_who_share() -> None:
    found = told(ADA, BO, CEM)
    assert found["Ada"][Measure.NIGHTS] == Burden(Measure.NIGHTS, 1, 1, 1.0, 3, shares=True)
    assert found["Cem"][Measure.NIGHTS].mine == 0


def test_duties_of_24_hours_are_a_burden_of_their_own() -> None:
    cem = told(ADA, BO, replace(CEM, full_days_before=2))["Cem"]
    assert cem[Measure.FULL_DAYS] == Burden(Measure.FULL_DAYS, 1, 2, 1.0, 3, shares=True)


def test_weekends_and_hours_are_compared() -> None:
    ada = told(ADA, BO)["Ada"]
    assert ada[Measure.WEEKENDS] == Burden(Measure.WEEKENDS, 1, -1, 0.0, 2, shares=True)
    assert ada[Measure.HOURS] == Burden(Measure.HOURS, 14.0, 0, 12.0, 2, shares=True)


@pytest.mark.parametrize(
    "eve",
    [
        make.person("Eve", desks=["suzhou"]),
        make.person("Eve", available=[make.span(0, 12)]),
        make.person("Eve", most=make.limits(nights=0)),
        replace(make.person("Eve"), exempt=frozenset({Rota.NIGHTS})),
    ],
)
def test_who_can_take_no_night_shares_in_none(eve: Person) -> None:
    nights = told(ADA, BO, eve)["Eve"][Measure.NIGHTS]
    assert not nights.shares
    assert (nights.sharing, nights.mean) == (2, 1.5)


def test_where_nobody_shares_the_mean_is_nothing() -> None:
    problem = make.problem([BO], [make.shift("mon", 8, 12)])
    found = burdens(Staffing(problem, make.roster()))["Bo"][0]
    assert found == Burden(Measure.NIGHTS, 0, 0, 0.0, 0, shares=False)
