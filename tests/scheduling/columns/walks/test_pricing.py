"""Does the walk over days find the cheapest roster that trying every one finds?"""

from dataclasses import replace

import numpy as np
import pytest

from scheduling.columns.ledger import Column, Ints, Ledger, ledger
from scheduling.columns.walks.pricing import Pricing
from scheduling.formats.instance import Employee, Instance, Request, ShiftType
from tests.scheduling.columns import make


def drawn_worth(pricing: Pricing, seed: int) -> Ints:
    """What a head is worth in each cell, in 1/scale points."""
    worth = np.random.default_rng(seed).integers(0, 23, pricing.ledger.need.shape)
    return np.asarray(worth * pricing.scale, np.int64)


def cost(pricing: Pricing, column: Column, worth: Ints) -> int:
    """Points of a roster less what its heads are worth, in 1/scale points."""
    paid = sum(int(worth[day, s]) for day, s in enumerate(column.shifts) if s >= 0)
    return column.points * pricing.scale - paid


def least_by_trying(book: Ledger, person: int, pricing: Pricing, worth: Ints) -> int | None:
    """The cost of the cheapest of all legal rosters; None without any."""
    rosters = make.legal_rosters(book.instance, person)
    columns = (book.column(person, roster) for roster in rosters)
    return min((cost(pricing, column, worth) for column in columns), default=None)


@pytest.mark.parametrize("seed", range(24))
def test_the_cheapest_roster_is_found_whatever_the_contract(seed: int) -> None:
    # given
    book = ledger(make.instance(seed))
    pricing = Pricing(book)
    worth = drawn_worth(pricing, seed)
    # when
    found = {one.column.person: one for one in pricing.cheapest(range(2), worth)}
    # then
    for person in range(2):
        expected = least_by_trying(book, person, pricing, worth)
        if expected is None:
            assert person not in found
        else:
            assert found[person].cost == found[person].least == expected
            assert cost(pricing, found[person].column, worth) == expected
            assert found[person].column.shifts in set(make.legal_rosters(book.instance, person))


def lone_worker(days: int, most: int) -> Instance:
    """Ada, one shift a day, which she may work `most` times."""
    ada = Employee("Ada", {"D": most}, 480 * days, 0, days, 1, 1, days)
    return Instance(days, (ShiftType("D", 480), ShiftType("X", 480)), (ada,))


def test_a_great_cap_is_counted_once_it_binds() -> None:
    # given
    pricing = Pricing(ledger(lone_worker(10, 8)))
    worth = np.array([[9, 5]] * 10) * pricing.scale
    # when
    (found,) = pricing.cheapest([0], worth)
    # then
    assert found.column.shifts.count(0) == 8
    assert found.column.shifts.count(1) == 2
    assert found.cost == found.least == -82 * pricing.scale


def test_without_memory_to_count_a_cap_the_roster_is_legal_and_the_bound_too_low() -> None:
    # given
    pricing = Pricing(ledger(lone_worker(10, 8)), largest=20_000)
    worth = np.array([[9, 5]] * 10) * pricing.scale
    # when
    (found,) = pricing.cheapest([0], worth)
    # then
    assert found.column.shifts.count(0) <= 8
    assert found.least == -90 * pricing.scale < found.cost
    assert cost(pricing, found.column, worth) == found.cost


def test_somebody_whom_no_price_keeps_below_a_cap_is_left_out() -> None:
    # given: Ada must work all ten days and has only D, eight times
    tight = lone_worker(10, 8)
    ada = replace(tight.staff[0], most={"D": 8, "X": 0}, least_minutes=4800)
    # when
    pricing = Pricing(ledger(replace(tight, staff=(ada,))), largest=1)
    # then
    assert pricing.cheapest([0], np.zeros((10, 2), np.int64)) == []


def test_huge_weights_are_summed_in_64_bits() -> None:
    # given
    instance = make.instance(3)
    heavy = Request(instance.staff[0].id, 1, "E", 1_000_000)
    book = ledger(replace(instance, unwanted=(heavy,)))
    # when
    pricing = Pricing(book)
    worth = drawn_worth(pricing, 3)
    # then
    assert pricing.dtype is np.int64
    least = [least_by_trying(book, person, pricing, worth) for person in range(2)]
    found = [one.least for one in pricing.cheapest(range(2), worth)]
    assert found == [one for one in least if one is not None]


def test_nobody_who_must_rest_for_ever_works() -> None:
    # given
    instance = make.instance(5)
    never = replace(instance.staff[0], longest_run=0, least_minutes=0)
    pricing = Pricing(ledger(replace(instance, staff=(never, *instance.staff[1:]))))
    # when
    (found,) = pricing.cheapest([0], drawn_worth(pricing, 1))
    # then
    assert set(found.column.shifts) == {-1}
