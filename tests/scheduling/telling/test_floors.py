"""What each floor costs, tried against every roster there is."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from scheduling import audit
from scheduling.problem import Need, Pin, Problem, ShiftKind
from scheduling.roster import Status
from scheduling.solve import SolveLimits, build_roster
from scheduling.telling.floors import FloorCost, floor_costs
from tests.scheduling import draw, make
from tests.scheduling.test_every_roster import every_roster

LIMITS = SolveLimits(seconds=600.0)


def two_desks() -> Problem:
    """Bo dislikes the shift that he is needed in; nobody minds the other desk's."""
    people = [
        make.person("Ada", desks=["suzhou"]),
        make.person("Bo", unwanted=[make.span(8, 12)]),
    ]
    shifts = [
        *(make.shift(name, start, start + 4) for name, start in (("mon", 8), ("tue", 32))),
        make.shift("far", 8, 12, desk="suzhou"),
    ]
    return make.problem(people, shifts, [make.need(8, 12), make.need(8, 12, desk="suzhou")])


def test_the_floor_that_hurts_most_comes_first() -> None:
    # given
    problem = two_desks()
    # when
    costs = floor_costs(problem, build_roster(problem).roster, LIMITS, lambda: True)
    # then
    assert costs == (
        FloorCost("nanjing", None, (0, 0, 0, 15), proven=True),
        FloorCost("suzhou", None, (0, 0, 0, 0), proven=True),
    )


def test_a_floor_that_is_not_kept_costs_its_gap() -> None:
    problem = make.problem([], [make.shift("mon", 8, 9)], [make.need(8, 9, certificate="crisis")])
    [cost] = floor_costs(problem, make.roster(), LIMITS, lambda: True)
    assert cost == FloorCost("nanjing", "crisis", (2000, 0, 0, 0), proven=True)


def test_promises_are_no_reason_to_keep_a_floor() -> None:
    problem = replace(two_desks(), published=(Pin("Bo", "mon"), Pin("Ada", "far")))
    costs = floor_costs(problem, build_roster(problem).roster, LIMITS, lambda: True)
    assert costs[0] == FloorCost("nanjing", None, (0, 0, 0, 15), proven=True)


def test_when_the_time_is_over_fewer_floors_are_told() -> None:
    answers = iter([True, False])
    problem = two_desks()
    assert len(floor_costs(problem, make.roster(), LIMITS, lambda: next(answers))) == 1


def test_a_target_without_a_floor_is_none_of_the_floors() -> None:
    problem = make.problem([], [make.shift("mon", 8, 9, ShiftKind.NIGHT)], [make.need(8, 9, 0, 1)])
    assert floor_costs(problem, make.roster(), LIMITS, lambda: True) == ()


@given(problem=draw.problems(most_shifts=3))
@settings(max_examples=25)
def test_no_roster_saves_more_with_the_floor_one_lower(problem: Problem) -> None:
    # given
    problem = replace(problem, published=None)
    result = build_roster(problem)
    if result.status is Status.IMPOSSIBLE:
        return
    allowed = [r for r in every_roster(problem) if not audit.breaches(problem, r)]
    paid = audit.points(problem, result.roster)
    # when
    costs = floor_costs(problem, result.roster, LIMITS, lambda: True)
    # then
    assert [cost.saved for cost in costs] == sorted((c.saved for c in costs), reverse=True)
    for cost in costs:
        lower = replace(problem, needs=tuple(lowered(problem, cost)))
        best = min(audit.points(lower, roster) for roster in allowed)
        assert cost.saved == tuple(was - becomes for was, becomes in zip(paid, best, strict=True))


def lowered(problem: Problem, cost: FloorCost) -> Iterator[Need]:
    for need in problem.needs:
        mine = (need.desk, need.certificate) == (cost.desk, cost.certificate)
        floor, target = need.floor - mine, need.target - mine
        yield replace(need, floor=max(0, floor), target=max(0, target))
