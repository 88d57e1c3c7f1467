"""A change is allowed if it brings no breach and no floor that is not broken already."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hotline.swaps.judging import Effect, Move, effect, keeps_out
from scheduling.audit import breaches, price
from scheduling.problem import Pair, Problem, Team
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from tests.scheduling import draw, make

LATE, NIGHT, NEXT = (
    make.shift("late", 18, 22),
    make.shift("night", 22, 32),
    make.shift("next", 42, 46),
)
FREE = Effect((), 0, 0, 0)


def asked(*names: str, floor: int = 1, target: int = 1) -> Problem:
    people = [make.person(name) for name in names]
    return make.problem(people, [LATE, NIGHT, NEXT], [make.need(18, 22, floor, target)])


def test_a_shift_that_goes_to_somebody_rested_costs_nothing() -> None:
    held = make.roster(("ada", "late"), ("bo", "next"))

    assert effect(asked("ada", "bo"), held, [Move("late", "bo", "ada")]).breaches == ()


def test_who_would_rest_too_little_breaks_a_rule() -> None:
    held = make.roster(("ada", "late"), ("bo", "night"))

    found = effect(asked("ada", "bo"), held, [Move("late", "bo", "ada")])

    assert [each.rule for each in found.breaches] == ["rest between shifts"]
    assert not found.allowed


def test_two_shifts_change_hands_at_once_and_not_one_after_the_other() -> None:
    held = make.roster(("ada", "late"), ("bo", "night"))
    swap = [Move("late", "bo", "ada"), Move("night", "ada", "bo")]

    assert effect(asked("ada", "bo"), held, swap) == FREE


def test_who_comes_to_a_shift_they_are_in_already_is_in_two_places_at_once() -> None:
    held = make.roster(("ada", "late"), ("bo", "late"))

    assert not effect(asked("ada", "bo"), held, [Move("late", "bo", "ada")]).allowed


def test_an_open_shift_that_is_taken_closes_a_gap() -> None:
    found = effect(asked("ada", target=2, floor=1), make.roster(), [Move("late", "ada", None)])

    assert (found.below_floor, found.below_target, found.allowed) == (-8, -8, True)


def test_what_takes_a_certificate_from_a_floor_is_not_allowed() -> None:
    trained = make.person("ada", certificates=[make.certificate("crisis")])
    problem = replace(
        asked("bo"),
        people=(trained, make.person("bo")),
        needs=(make.need(18, 22, certificate="crisis"),),
    )

    found = effect(problem, make.roster(("ada", "late")), [Move("late", "bo", "ada")])

    assert (found.breaches, found.below_floor, found.allowed) == ((), 8, False)


def test_whoever_comes_only_with_another_does_not_come_alone() -> None:
    problem = replace(
        asked("ada", "bo", "cem"), team=Team(pairs=(Pair("bo", "cem", together=True),))
    )

    found = effect(problem, make.roster(("ada", "late")), [Move("late", "bo", "ada")])

    assert [each.rule for each in found.breaches] == ["always together"]


def test_what_is_broken_already_is_nobodys_fault() -> None:
    held = make.roster(("ada", "late"), ("ada", "night"))

    assert effect(asked("ada", "bo"), held, [Move("next", "bo", None)]).allowed


def test_a_persons_own_rules_look_at_what_they_would_keep() -> None:
    problem = asked("bo")
    held, (bo,) = make.roster(("bo", "night")), problem.people

    assert [each.rule for each in keeps_out(problem, held, bo, "late", None)] == [
        "rest between shifts"
    ]
    assert keeps_out(problem, held, bo, "late", "night") == ()


@given(st.data())
def test_looking_at_those_near_finds_all_that_a_whole_audit_does(data: st.DataObject) -> None:
    problem = data.draw(draw.problems(most_people=4, most_shifts=4))
    problem = replace(problem, pins=(), published=None)
    pairs = [(p.id, s.id) for p in problem.people for s in problem.shifts]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1)) if pairs else []
    held = make.roster(*chosen)
    moves = [
        Move(shift, data.draw(st.sampled_from(problem.people)).id, leaves)
        for leaves, shift in chosen[: data.draw(st.integers(0, 2))]
    ]
    left = {Assignment(move.shift, str(move.leaves)) for move in moves}
    come = [Assignment(move.shift, str(move.comes)) for move in moves]
    then = Roster((*(a for a in held.assignments if a not in left), *come))

    found = effect(problem, held, moves)

    assert set(found.breaches) == set(breaches(problem, then)) - set(breaches(problem, held))
    costs = (sum(price(problem, each).values()) for each in (then, held))
    assert found.points == next(costs) - next(costs)
    assert found.below_floor == missing(problem, then) - missing(problem, held)


def missing(problem: Problem, roster: Roster) -> int:
    """By a whole audit."""
    staffing = Staffing(problem, roster)
    return sum(
        max(0, need.floor - heads)
        for need in problem.needs
        for _, heads in staffing.half_hours(need)
    )
