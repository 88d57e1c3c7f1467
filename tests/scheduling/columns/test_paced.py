"""What becomes of people whose walks are too many to table?"""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.instances import Size, text
from scheduling.columns.ledger import Ledger, ledger
from scheduling.columns.walks.engine import Engine
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.worths.relaxed import lowest
from scheduling.formats import audit
from scheduling.formats.instance import Employee, Instance, Plan, ShiftType
from scheduling.formats.shift_scheduling import read
from tests.scheduling.columns import make


def many_weeks(seed: int) -> Ledger:
    """Eight weeks."""
    return ledger(read(text(Size(weeks=8, people=6, kinds=4), seed)))


@pytest.mark.parametrize("seed", range(3))
def test_at_an_even_pace_rosters_are_legal_and_no_cheaper_than_the_best(seed: int) -> None:
    # given
    book, people = many_weeks(seed), range(6)
    whole, paced = Pricing(book, Engine(0)), Pricing(book, Engine(0), largest=20_000)
    worth = np.random.default_rng(seed).integers(0, 60, book.need.shape) * whole.scale
    # when
    best, found = sorted(whole.cheapest(people, worth)), sorted(paced.cheapest(people, worth))
    # then
    assert (whole.whole(people), paced.whole(people)) == (True, False)
    assert [one.column.person for one in found] == list(people)
    assert all(one.cost >= other.least for one, other in zip(found, best, strict=True))
    plan = book.plan([one.column for one in found])
    assert list(audit.breaches(book.instance, plan)) == []


@pytest.mark.parametrize("seed", range(3))
def test_without_working_time_nobody_costs_more_than_their_cheapest_roster(seed: int) -> None:
    # given
    book, people = many_weeks(seed), range(6)
    pricing = Pricing(book, Engine(0))
    worth = np.random.default_rng(seed).integers(0, 60, book.need.shape) * pricing.scale
    # when
    least = {one.column.person: one.least for one in pricing.cheapest(people, worth)}
    bounds = {person: lowest(pricing, person, worth) for person in people}
    # then
    assert all(bounds[person] <= least[person] for person in people)
    near = [bounds[person] > least[person] - 60 * pricing.scale for person in people]
    assert all(near)


@pytest.mark.parametrize(
    ("least", "most", "worth"),
    [(0, 4800, 5), (0, 960, 5), (1920, 2400, -5), (0, 4800, -5)],
)
def test_a_bound_without_working_time_prices_it(least: int, most: int, worth: int) -> None:
    # given: what Ada works is worth something, or costs
    ada = Employee("Ada", {}, most, least, 10, 1, 1, 2)
    instance = Instance(10, (ShiftType("D", 480),), (ada,))
    book = ledger(instance)
    book = replace(book, personal=book.personal - worth, slack=book.slack + 10)
    pricing = Pricing(book, Engine(0))
    nothing = np.zeros((10, 1), np.int64)
    # when
    (best,) = pricing.cheapest([0], nothing)
    # then
    assert best.least - pricing.scale <= lowest(pricing, 0, nothing) <= best.least


def test_somebody_away_for_weeks_strays_as_far_from_an_even_pace_as_it_takes() -> None:
    # given: Ada can work at the end alone, for she rests in runs of one day on, four off, before
    ada = Employee("Ada", {}, 20 * 480, 19 * 480, 28, 1, 1, 8)
    instance = Instance(56, (ShiftType("D", 480),), (ada,))
    book = ledger(instance)
    paced = Pricing(book, Engine(0), largest=1)
    worth = np.zeros((56, 1), np.int64)
    worth[:28] = -50 * paced.scale
    # when
    (found,) = paced.cheapest([0], worth)
    # then
    plan = Plan({"Ada": tuple(None if s < 0 else "D" for s in found.column.shifts)})
    assert list(audit.breaches(instance, plan)) == []


def test_somebody_no_pace_helps_is_left_out() -> None:
    # given
    drawn = make.easy(1, people=1)
    owes = replace(drawn.staff[0], least_minutes=4000, days_off=frozenset(range(2, 14)))
    pricing = Pricing(ledger(replace(drawn, staff=(owes,))), Engine(0), largest=1)
    # then
    assert pricing.cheapest([0], np.zeros_like(pricing.ledger.need)) == []
