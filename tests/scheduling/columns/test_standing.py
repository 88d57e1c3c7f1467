"""Do searches that share a roster only ever make it better, whichever is heard first?"""

import pytest

from scheduling.columns.ledger import Column, Ledger, ledger
from scheduling.columns.standing import Standing
from scheduling.formats.instance import Cover, Employee, Instance, ShiftType

REST, WORK = (-1,), (0,)
Told = list[tuple[int, int]]


@pytest.fixture
def book() -> Ledger:
    """Ada and Bo, and a day that wants one: ten points for a gap, one for one too many."""
    staff = tuple(Employee(name, {}, 480, 0, 1, 1, 1, 1) for name in ("Ada", "Bo"))
    return ledger(Instance(1, (ShiftType("D", 480),), staff, cover=(Cover(0, "D", 1, 10, 1),)))


def begun(book: Ledger, ada: tuple[int], bo: tuple[int]) -> tuple[Standing, Told]:
    """A roster to begin with, and what is told of it: each price, and the bound then."""
    told: Told = []
    start = [book.column(0, ada), book.column(1, bo)]
    return Standing(book, lambda best, bound: told.append((book.price(best), bound)), start), told


def test_a_change_that_makes_it_dearer_is_not_taken(book: Ledger) -> None:
    standing, told = begun(book, WORK, REST)

    standing.offer(standing.best, [book.column(0, REST)])

    assert (standing.price, standing.best, told) == (0, list(columns(book, WORK, REST)), [])


def test_a_change_at_the_same_price_is_taken_and_not_told(book: Ledger) -> None:
    standing, told = begun(book, WORK, REST)

    standing.offer(standing.best, columns(book, REST, WORK))

    assert (standing.price, standing.best, told) == (0, list(columns(book, REST, WORK)), [])


def test_a_change_of_an_earlier_roster_is_taken_where_it_is_cheapest(book: Ledger) -> None:
    # given: both change the roster in which nobody works; Bo's change comes later
    standing, told = begun(book, REST, REST)
    base = standing.best
    # when
    standing.offer(base, [book.column(0, WORK)])
    standing.offer(base, [book.column(1, WORK)])
    # then
    assert (standing.price, standing.best) == (0, list(columns(book, REST, WORK)))
    assert told == [(0, 0)]


def test_a_lower_bound_says_nothing_new(book: Ledger) -> None:
    standing, told = begun(book, REST, REST)

    for bound in (4.0, 3.0, 4.0, 10.0):
        standing.proves(bound)

    assert (standing.bound, standing.proved) == (10, True)
    assert told == [(10, 4), (10, 10)]


def columns(book: Ledger, ada: tuple[int], bo: tuple[int]) -> tuple[Column, Column]:
    """A roster of both."""
    return book.column(0, ada), book.column(1, bo)
