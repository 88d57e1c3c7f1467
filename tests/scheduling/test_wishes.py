"""Does asking for everything win nothing, and asking for one thing almost all?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling import audit
from scheduling.patterns import legal_weeks
from scheduling.problem import Person, Prices, Problem, Rota, Shift, ShiftKind
from scheduling.solve import build_roster
from tests.scheduling import make

EVENINGS = [make.shift(f"evening {n}", 24 * n + 18, 24 * n + 22) for n in range(7)]
WEEK = make.span(0, 168)
ONE = make.span(18, 22)


def paid(person: Person, shifts: list[Shift], given: str) -> tuple[int, int]:
    """Points of unwanted and of preferred times for one shift, of which both faces agree in sum."""
    problem = make.problem([person], shifts)
    points = audit.price(problem, make.roster((person.id, given)))
    [found] = [week for week in legal_weeks(problem, person) if week.shifts == (given,)]
    assert found.points[3] == points["unwanted times"] + points["preferred times"]
    return points["unwanted times"], points["preferred times"]


def evenings_for(ada: Person, bo: Person) -> Problem:
    """Each evening wants one of the two."""
    needs = [make.need(24 * n + 18, 24 * n + 22) for n in range(7)]
    return make.problem([ada, bo], EVENINGS, needs)


def test_ada_asks_for_everything_and_bo_for_one_evening() -> None:
    # given
    ada = make.person("Ada", preferred=[WEEK], most=make.limits(shifts=4))
    bo = make.person("Bo", preferred=[ONE], most=make.limits(shifts=3))
    # when
    result = build_roster(evenings_for(ada, bo))
    # then: Bo has the evening, for almost the whole price, and Ada's wishes weigh nothing
    given = {(each.person, each.shift) for each in result.roster.assignments}
    assert ("Bo", "evening 0") in given
    assert result.price_by_wish["preferred times"] == -8


def test_ada_wants_no_evening_at_all_and_bo_is_busy_on_one() -> None:
    # given
    ada = make.person("Ada", unwanted=[WEEK], most=make.limits(shifts=4))
    bo = make.person("Bo", unwanted=[ONE], most=make.limits(shifts=3))
    # when
    result = build_roster(evenings_for(ada, bo))
    # then
    given = {(each.person, each.shift) for each in result.roster.assignments}
    assert ("Ada", "evening 0") in given
    assert result.price_by_wish["unwanted times"] == 0


@pytest.mark.parametrize("asked", range(1, 8))
def test_the_more_somebody_asks_for_the_less_each_wish_weighs(asked: int) -> None:
    # given
    times = [make.span(24 * n + 18, 24 * n + 22) for n in range(asked)]
    # then
    against = paid(make.person("Ada", unwanted=times), EVENINGS, "evening 0")
    assert against == (30 * (7 - asked) // 7, 0)
    wished = paid(make.person("Ada", preferred=times), EVENINGS, "evening 0")
    assert wished == (0, -(10 * (7 - asked) // 7))


ADA = make.person("Ada", unwanted=[make.span(8, 12)])
NIGHT = make.shift("night", 46, 54, ShiftKind.NIGHT)
DUTY = make.shift("duty", 100, 124, ShiftKind.FULL_DAY)
CRISIS = make.shift("crisis", 66, 70, certificates=["crisis"])
LATE = replace(make.shift("late", 80, 84), handover=timedelta(hours=1))
OTHERS = [make.shift("suzhou", 66, 70, desk="suzhou"), NIGHT, DUTY, CRISIS, LATE]


@pytest.mark.parametrize(
    ("ada", "takeable"),
    [
        (ADA, 4),
        (replace(ADA, desks=frozenset({"nanjing", "suzhou"})), 5),
        (replace(ADA, exempt=frozenset({Rota.NIGHTS})), 3),
        (replace(ADA, exempt=frozenset(Rota)), 2),
        (replace(ADA, certificates=(make.certificate("crisis"),)), 5),
        (
            replace(
                ADA, certificates=(make.certificate("child"), make.certificate("crisis", until=69))
            ),
            4,
        ),
        (replace(ADA, certificates=(make.certificate("crisis", since=67),)), 4),
        (replace(ADA, available=(make.span(0, 50), make.span(50, 60), make.span(80, 85))), 3),
        (replace(ADA, available=(make.span(0, 60), make.span(80, 84.5))), 2),
        (replace(ADA, absent=(make.span(84.5, 90),)), 3),
        (replace(ADA, absent=(make.span(85, 90),)), 4),
    ],
)
def test_takeable_is_what_desks_certificates_times_and_rotas_leave(
    ada: Person, takeable: int
) -> None:
    # given: one shift asked about, beside those that may be takeable or not
    shifts = [make.shift("mon", 8, 12), *OTHERS]
    # then
    assert paid(ada, shifts, "mon") == (30 * (takeable - 1) // takeable, 0)


def test_whoever_can_take_nothing_at_all_has_no_wishes_to_weigh() -> None:
    # given: a roster that breaks rules can still be priced
    ada = make.person("Ada", desks=["suzhou"], unwanted=[WEEK], preferred=[WEEK])
    problem = make.problem([ada], [make.shift("mon", 8, 12)], prices=Prices())
    # when
    points = audit.price(problem, make.roster(("Ada", "mon")))
    # then
    assert (points["unwanted times"], points["preferred times"]) == (0, 0)
    assert build_roster(problem).price == 0
