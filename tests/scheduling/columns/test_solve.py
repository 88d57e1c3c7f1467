"""Does the one door to long horizons give the best roster, with a bound that holds?"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import count, product

import pytest

from benchmarks.instances import Size, text
from scheduling.columns import rounds, search
from scheduling.columns.ledger import Column, Ledger, ledger
from scheduling.columns.solve import Found, Limits, best_plan
from scheduling.formats import audit
from scheduling.formats.instance import Cover, Employee, Instance, ShiftType
from scheduling.formats.shift_scheduling import read
from scheduling.roster import Status
from tests.scheduling.columns import make

GAP = Size(2, 8, 1)  # whose relaxation is far below its best price, with this seed
SEED = 5


def rounds_of(number: int) -> Limits:
    """So many rounds end the search, however busy the machine is."""
    return Limits(seconds=600, rounds=number)


def whole_rosters(book: Ledger) -> Iterator[tuple[Column, ...]]:
    """Every roster of everybody who has a legal one."""
    people = range(len(book.instance.staff))
    each = [[book.column(p, r) for r in make.legal_rosters(book.instance, p)] for p in people]
    return product(*(columns for columns in each if columns))


@pytest.mark.parametrize("seed", range(16))
def test_the_best_of_all_rosters_is_found(seed: int) -> None:
    # given
    instance = make.instance(seed, days=5)
    book = ledger(instance)
    best = min(book.price(columns) for columns in whole_rosters(book))
    # when
    found = best_plan(instance, rounds_of(30))
    # then
    assert (found.price, audit.price(instance, found.plan)) == (best, best)
    assert found.bound <= best
    breaches = list(audit.breaches(instance, found.plan))
    assert all(one.split()[0] in found.left_out for one in breaches)


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_roster_is_legal_and_not_below_its_bound(seed: int) -> None:
    # given
    instance = make.easy(seed, people=5)
    told: list[Found] = []
    # when
    found = best_plan(instance, Limits(seconds=600, rounds=4, seed=seed), told.append)
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert found.bound <= found.price == audit.price(instance, found.plan)
    assert found.status is (Status.OPTIMAL if found.price == found.bound else Status.FEASIBLE)
    assert [one.price for one in told] == sorted((one.price for one in told), reverse=True)
    assert [one.bound for one in told] == sorted(one.bound for one in told)


def test_the_same_seed_and_rounds_give_the_same_roster() -> None:
    instance = make.easy(7, people=4)
    first, second = (best_plan(instance, Limits(seconds=600, rounds=3, seed=5)) for _ in range(2))
    assert (first.plan, first.price, first.bound) == (second.plan, second.price, second.bound)


def test_somebody_without_any_legal_roster_is_named_and_rests() -> None:
    # given: Ada owes hours that her days off leave no room for
    instance = make.easy(1, people=3)
    ada = replace(instance.staff[0], least_minutes=4000, days_off=frozenset(range(2, 14)))
    instance = replace(instance, staff=(ada, *instance.staff[1:]))
    # when
    found = best_plan(instance, rounds_of(2))
    # then
    assert (found.status, found.left_out) == (Status.IMPOSSIBLE, ("Ada",))
    assert set(found.plan.days_of["Ada"]) == {None}
    breaches = list(audit.breaches(instance, found.plan))
    assert breaches == ["Ada works 0 minutes, not 4000 to 4320."]


def test_a_search_cancelled_at_once_still_gives_a_legal_roster() -> None:
    # given
    instance = make.easy(2, people=5)
    # when
    found = best_plan(instance, cancelled=lambda: True)
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert found.bound <= found.price


@pytest.mark.parametrize("patience", [20, *range(60, 92), 200])
def test_a_search_may_be_cancelled_at_any_moment(patience: int) -> None:
    # given
    instance = read(text(GAP, SEED))
    asked = iter(range(1_000_000))
    # when
    found = best_plan(instance, rounds_of(6), cancelled=lambda: next(asked) >= patience)
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert found.bound <= found.price


@pytest.mark.parametrize("seed", range(1, 4))
def test_two_weeks_of_eight_people_are_proved(seed: int) -> None:
    # given
    instance = read(text(Size(2, 8, 2), seed))
    # when
    found = best_plan(instance, rounds_of(20))
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert audit.price(instance, found.plan) == found.bound
    assert found.status is Status.OPTIMAL


def test_rounds_prove_what_the_relaxation_leaves_open() -> None:
    # given
    instance = read(text(GAP, SEED))
    relaxed = best_plan(instance, rounds_of(0))
    # when
    found = best_plan(instance, rounds_of(40))
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert relaxed.bound < audit.price(instance, found.plan) == found.bound


def test_two_threads_find_and_prove_the_same() -> None:
    alone = best_plan(read(text(GAP, SEED)), rounds_of(40))
    found = best_plan(read(text(GAP, SEED)), Limits(seconds=600))
    assert (found.price, found.bound) == (alone.price, alone.bound)
    assert found.status is Status.OPTIMAL


@pytest.mark.parametrize("size", [Size(9, 3, 3), Size(30, 3, 4)])
def test_rosters_of_many_weeks_get_better_in_rounds(size: Size) -> None:
    # given
    instance = read(text(size, seed=1))
    told: list[Found] = []
    # when
    found = best_plan(instance, rounds_of(2), told.append)
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert found.left_out == ()
    assert 0 < found.bound <= found.price == told[-1].price <= told[0].price


def test_where_the_whole_relaxation_takes_too_long_rounds_begin_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    monkeypatch.setattr(search, "MOST_ROWS", 10)
    instance = make.easy(1, people=5)
    told: list[Found] = []
    # when
    found = best_plan(instance, rounds_of(8), told.append)
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert 0 < found.bound <= found.price <= told[0].price


def test_a_bound_that_comes_too_late_is_not_proved() -> None:
    # given: forty weeks, whose bound takes a walk of its own for each person
    instance, asked = read(text(Size(40, 2, 5), seed=1)), count()
    whole = best_plan(instance, rounds_of(0), cancelled=lambda: next(asked) < 0)
    times = next(asked)
    # when
    late = [
        best_plan(instance, rounds_of(0), cancelled=partial(_after, count(), patience))
        for patience in range(1, times, max(1, times // 8))
    ]
    # then
    assert {one.bound for one in late} == {0, whole.bound}
    assert all(one.price >= whole.price for one in late)


def _after(asked: Iterator[int], patience: int) -> bool:
    return next(asked) >= patience


def test_nobody_and_nothing_are_planned_too() -> None:
    # given
    shifts = (ShiftType("D", 480),)
    bo = Employee("Bo", {}, 2400, 0, 5, 1, 1, 1)
    # then
    alone = best_plan(Instance(7, shifts, (), cover=(Cover(0, "D", 2, 10, 1),)))
    assert (alone.price, alone.bound, alone.status) == (20, 20, Status.OPTIMAL)
    idle = best_plan(Instance(7, (), (bo,)))
    assert (idle.price, idle.plan.days_of["Bo"]) == (0, (None,) * 7)
    unasked = best_plan(Instance(7, shifts, (bo,)))
    assert (unasked.price, unasked.status) == (0, Status.OPTIMAL)


def test_a_part_whose_choices_are_all_too_large_keeps_what_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    monkeypatch.setattr(rounds, "FINER", 0)
    instance = read(text(Size(2, 8, 3), seed=4))
    relaxed = best_plan(instance, rounds_of(0))
    # when
    found = best_plan(instance, rounds_of(3))
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert relaxed.bound <= found.bound <= found.price <= relaxed.price


def test_after_a_choice_that_was_not_proven_parts_become_smaller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given
    monkeypatch.setattr(search, "COUNTED", search.COUNTED._replace(seconds=0.0))
    instance = read(text(Size(9, 3, 3), seed=1))
    # when
    found = best_plan(instance, rounds_of(3))
    # then
    assert list(audit.breaches(instance, found.plan)) == []
    assert found.bound <= found.price
