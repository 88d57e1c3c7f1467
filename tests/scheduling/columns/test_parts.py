"""Do the parts of the search keep to their limits, and to the whole they are parts of?"""

from pathlib import Path

import pytest

from scheduling.columns.choice import Offer, choose
from scheduling.columns.descent import Descending, Stop
from scheduling.columns.dive import Dive
from scheduling.columns.greedy import repriced, started
from scheduling.columns.ledger import ledger
from scheduling.columns.pricing import Pricing
from scheduling.columns.relaxation import Relaxation
from scheduling.formats.shift_scheduling import read_file
from tests.scheduling.columns import make

PEOPLE = range(4)
PUBLIC = Path(__file__).parents[4] / "shared/data/rosters/shift_scheduling"


def never() -> bool:
    """It is not late."""
    return False


@pytest.fixture(name="descending")
def _descending() -> Descending:
    """A relaxation that knows one roster of each person."""
    book = ledger(make.easy(4, people=len(PEOPLE)))
    pricing = Pricing(book)
    relaxation = Relaxation(book, PEOPLE)
    relaxation.add(started(pricing, PEOPLE, never))
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
    start = started(descending.pricing, PEOPLE, never)
    descending.relaxation.keep(start[:2])
    # when
    reached = descending.run([2, 3], start[:2], Stop(never))
    found = Dive(descending).run([2, 3], start[:2], Stop(never))
    # then
    assert found is not None
    assert reached.bound <= descending.ledger.price([*start[:2], *found])


def test_a_dive_that_cannot_get_below_the_cutoff_is_given_up(descending: Descending) -> None:
    reached = descending.run(PEOPLE, [], Stop(never))
    assert Dive(descending).run(PEOPLE, [], Stop(never, cutoff=reached.bound)) is None


def test_repricing_one_by_one_never_makes_a_roster_dearer(descending: Descending) -> None:
    start = started(descending.pricing, PEOPLE, never)
    after = repriced(descending.pricing, start, never)
    assert descending.ledger.price(after) <= descending.ledger.price(start)


@pytest.mark.parametrize("name", ["Instance1", "Instance8"])
def test_a_choice_without_time_keeps_the_hint(name: str) -> None:
    # given
    book = ledger(read_file(PUBLIC / f"{name}.txt"))
    pricing, people = Pricing(book), range(len(book.instance.staff))
    start = started(pricing, people, never)
    others = [one.column for one in pricing.cheapest(people, book.slack * pricing.scale)]
    # when
    chosen = choose(book, Offer(others, start, [], 0.0))
    # then
    assert book.price(chosen) <= book.price(start)


def test_a_choice_takes_the_cheaper_of_two_rosters(descending: Descending) -> None:
    # given
    book = descending.ledger
    start = started(descending.pricing, PEOPLE, never)
    rest = book.column(0, [-1] * book.instance.days)
    worse = [rest, *start[1:]]
    # when
    chosen = choose(book, Offer(start[:1], worse[:1], worse[1:], 5.0))
    # then
    assert book.price([*chosen, *worse[1:]]) == min(book.price(worse), book.price(start))
