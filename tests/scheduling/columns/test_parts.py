"""Do the parts of the search keep to their limits, and to the whole they are parts of?"""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from benchmarks.instances import Size, text
from scheduling.columns.choice import Effort, Offer, choose
from scheduling.columns.dive import Dive
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import ledger
from scheduling.columns.walks.engine import Engine
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.worths.ascent import ascent
from scheduling.columns.worths.descent import Descending, Stop
from scheduling.columns.worths.relaxation import Relaxation
from scheduling.formats.instance import Cover, Employee, Instance, ShiftType
from scheduling.formats.shift_scheduling import read
from tests.scheduling.columns import make

PEOPLE = range(4)


def never() -> bool:
    """It is not late."""
    return False


@pytest.fixture(name="descending")
def _descending() -> Descending:
    """A relaxation that knows one roster of each person."""
    book = ledger(make.easy(4, people=len(PEOPLE)))
    pricing = Pricing(book)
    relaxation = Relaxation(book, PEOPLE)
    relaxation.add(started(pricing, PEOPLE))
    return Descending(book, pricing, relaxation)


def test_one_round_of_pricing_proves_a_lower_bound_than_many(descending: Descending) -> None:
    # when
    once = descending.run(PEOPLE, [], Stop(never, rounds=1))
    many = descending.run(PEOPLE, [], Stop(never))
    # then
    assert once.bound <= many.bound <= many.price + 1e-6
    assert many.price <= once.price


def test_a_bound_beside_kept_rosters_holds_for_what_is_found_there(descending: Descending) -> None:
    # given
    start = started(descending.pricing, PEOPLE)
    descending.relaxation.keep(start[:2])
    # when
    reached = descending.run([2, 3], start[:2], Stop(never))
    found = repriced(descending.pricing, started(descending.pricing, [2, 3], start[:2]), never)
    # then
    assert reached.bound <= descending.ledger.price([*start[:2], *found])


def test_a_dive_for_which_it_is_late_ends_one_person_after_another(descending: Descending) -> None:
    # given
    descending.run(PEOPLE, [], Stop(never))
    # when
    found = Dive(descending).run(PEOPLE, Stop(lambda: True))
    # then
    assert found == started(descending.pricing, PEOPLE)


def test_a_dive_that_cannot_get_below_the_cutoff_is_given_up(descending: Descending) -> None:
    reached = descending.run(PEOPLE, [], Stop(never))
    assert Dive(descending).run(PEOPLE, Stop(never, cutoff=reached.bound)) is None


def test_repricing_one_by_one_never_makes_a_roster_dearer(descending: Descending) -> None:
    start = started(descending.pricing, PEOPLE)
    after = repriced(descending.pricing, start, never)
    assert descending.ledger.price(after) <= descending.ledger.price(start)


def test_a_dive_fixes_one_roster_of_a_person_at_a_time() -> None:
    # given: so many people that several are fixed at once, though none is sure
    book = ledger(make.easy(6, people=1))
    crowd = replace(book.instance, staff=book.instance.staff * 30)
    book = replace(
        book,
        instance=crowd,
        personal=book.personal.repeat(30, axis=0),
        allowed=book.allowed.repeat(30, axis=0),
        need=book.need * 13,
    )
    people, pricing = range(30), Pricing(book)
    relaxation = Relaxation(book, people)
    relaxation.add(started(pricing, people))
    # when
    found = Dive(Descending(book, pricing, relaxation)).run(people, Stop(never))
    # then
    assert found is not None
    assert sorted(column.person for column in found) == list(people)


def test_a_relaxation_that_cannot_be_solved_says_what_it_said_before(
    descending: Descending,
) -> None:
    # given
    relaxation, book = descending.relaxation, descending.ledger
    descending.guess(PEOPLE, book.slack * descending.pricing.scale)
    price, _ = relaxation.solve()
    # when: two rosters are fixed for Ada
    relaxation.keep([column for column in relaxation.shares if column.person == 0])
    # then
    assert relaxation.solve()[0] == price
    assert Dive(descending).run(PEOPLE, Stop(never)) is not None
    assert relaxation.rows == np.count_nonzero(book.need * book.slack)


@pytest.mark.parametrize("afresh", [False, True])
@pytest.mark.parametrize("size", [Size(2, 8, 1), Size(4, 30, 4)])
def test_a_choice_without_time_keeps_the_hint(size: Size, afresh: bool) -> None:
    # given
    book = ledger(read(text(size, seed=1)))
    pricing, people = Pricing(book), range(len(book.instance.staff))
    start = started(pricing, people)
    offer = Offer(book.slack * pricing.scale, 0, start, afresh)
    # when
    chosen = choose(pricing, offer, Effort(0.0, 10, 100_000))
    # then
    assert chosen is not None
    assert book.price(chosen.columns) <= book.price(start)


def test_a_choice_among_too_many_steps_is_not_made(descending: Descending) -> None:
    start = started(descending.pricing, PEOPLE)
    offer = Offer(descending.ledger.need * 0, 0, start)
    assert choose(descending.pricing, offer, Effort(5.0, 100, 5)) is None


@pytest.mark.parametrize("afresh", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2, 4, 5])  # with 3, somebody has no legal roster
def test_a_choice_among_all_rosters_is_the_best_of_all(seed: int, afresh: bool) -> None:
    # given: a week of Ada and Bo, and all their rosters
    book = ledger(make.instance(seed, days=5))
    each = [[book.column(p, r) for r in make.legal_rosters(book.instance, p)] for p in range(2)]
    pricing = Pricing(book, Engine(0))
    offer = Offer(book.need * 0, 1 << 25, [rosters[-1] for rosters in each], afresh)
    # when
    chosen = choose(pricing, offer, Effort(60.0, 10_000, 100_000))
    # then
    assert chosen is not None
    best = min(book.price(pair) for pair in product(*each))
    assert book.price(chosen.columns) == best == chosen.bound + book.fixed
    assert all(one in rosters for one, rosters in zip(chosen.columns, each, strict=True))


def test_a_choice_keeps_to_caps_that_walks_do_not_count() -> None:
    # given: Ada may work D eight times in ten days
    ada = Employee("Ada", {"D": 8}, 4800, 0, 10, 1, 1, 10)
    wanted = tuple(Cover(day, "D", 1, 10, 1) for day in range(10))
    pricing = Pricing(ledger(Instance(10, (ShiftType("D", 480),), (ada,), cover=wanted)), Engine(0))
    rest = pricing.ledger.column(0, [-1] * 10)
    # when
    offer = Offer(pricing.ledger.slack * pricing.scale, 0, [rest])
    chosen = choose(pricing, offer, Effort(60.0, 1_000, 100_000))
    # then
    assert chosen is not None
    assert chosen.columns[0].shifts.count(0) <= 8
    assert pricing.ledger.price(chosen.columns) <= 20 + 80


def test_climbing_proves_no_more_than_the_relaxation_and_less_when_it_is_late(
    descending: Descending,
) -> None:
    # given
    book, pricing = descending.ledger, descending.pricing
    price = book.price(started(pricing, PEOPLE))
    # when
    reached = descending.run(PEOPLE, [], Stop(never))
    once, long = (ascent(pricing, PEOPLE, price, late) for late in (lambda: True, never))
    # then
    assert once.proven < long.proven <= reached.price + 1e-6
    assert (once.worth == 0).all()


def test_climbing_ends_where_the_bound_meets_the_price(descending: Descending) -> None:
    # given: nobody is wanted, so that the cheapest rosters are the best
    book = replace(descending.ledger, need=descending.ledger.need * 0)
    pricing = Pricing(book)
    price = book.price(started(pricing, PEOPLE))
    # then
    assert ascent(pricing, PEOPLE, price, never).proven == price
