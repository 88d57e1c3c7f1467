"""Is a part of a roster planned as the rest of it allows, and no other way?"""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from scheduling.columns.ledger import Column, Ledger, ledger
from scheduling.columns.neighbourhood import Guide, Neighbourhoods
from scheduling.columns.parts import Stretch, part
from scheduling.columns.walks.engine import Engine
from tests.scheduling.columns import make

STRETCHES = (Stretch(0, 7), Stretch(7, 14), Stretch(0, 14))


def fortnight(seed: int) -> Ledger:
    """Ada and Bo, one kind of shift, two weeks; limits are met exactly."""
    drawn = make.instance(seed, days=14, people=2, kinds=1)
    draw = Random(seed)
    staff = tuple(
        replace(one, most_minutes=draw.choice([2400, 3360]), weekends=draw.randint(1, 2))
        for one in drawn.staff
    )
    return ledger(replace(drawn, staff=staff))


def rosters(book: Ledger, person: int) -> list[Column]:
    """Every legal roster of a person."""
    return [book.column(person, days) for days in make.legal_rosters(book.instance, person)]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("stretch", STRETCHES)
def test_in_a_stretch_the_cheapest_of_all_rosters_with_the_same_rest_is_found(
    seed: int, stretch: Stretch
) -> None:
    # given
    book = fortnight(seed)
    mine = rosters(book, 0)
    first, end = stretch
    for now in Random(seed).sample(mine, min(4, len(mine))):
        # when
        inner = part(book, Engine(0), [now], {0}, stretch)
        worth = np.random.default_rng(seed).integers(0, 23, inner.ledger.need.shape)
        (found,) = inner.pricing.cheapest([0], worth * inner.pricing.scale)
        # then
        (whole,) = inner.whole([found.column])
        same = [
            one
            for one in mine
            if (one.shifts[:first], one.shifts[end:]) == (now.shifts[:first], now.shifts[end:])
        ]
        assert whole in same
        assert _cost(whole, stretch, worth) == min(_cost(one, stretch, worth) for one in same)


def _cost(one: Column, stretch: Stretch, worth: np.ndarray) -> int:
    inside = enumerate(one.shifts[stretch.first : stretch.end])
    return one.points - sum(int(worth[day, shift]) for day, shift in inside if shift >= 0)


def test_what_a_part_saves_the_whole_roster_saves() -> None:
    # given
    book = ledger(make.easy(3, people=4))
    roster = [book.column(n, [-1] * 14) for n in range(4)]
    inner = part(book, Engine(0), roster, {1, 3}, Stretch(7, 14))
    # when
    slack = inner.ledger.slack * inner.pricing.scale
    better = [one.column for one in inner.pricing.cheapest(range(2), slack)]
    # then
    changed = {one.person: one for one in inner.whole(better)}
    after = [changed.get(one.person, one) for one in roster]
    saved = inner.ledger.price(inner.mine) - inner.ledger.price(better)
    assert book.price(roster) - book.price(after) == saved
    assert set(changed) == {1, 3}


@pytest.mark.parametrize(("weeks", "size"), [(2, 20.0), (12, 100.0), (12, 9_999.0)])
def test_parts_are_whole_weeks_of_some_people(weeks: int, size: float) -> None:
    # given
    instance = replace(make.easy(1, people=5), days=7 * weeks)
    book = ledger(instance)
    roster = [book.column(n, [-1] * instance.days) for n in range(5)]
    guide = Guide(np.zeros(book.need.shape), dict.fromkeys(range(5), 0.0))
    near = Neighbourhoods(book, Random(1), guide, size)
    near.grow(1.0)
    lengths = set[int]()
    for _ in range(30):
        # when
        people, stretch = near.part(roster)
        lengths.add(stretch.end - stretch.first)
        # then
        assert people <= set(range(5))
        assert len(people) >= 2
        assert 0 <= stretch.first < stretch.end <= instance.days
        assert stretch.first % 7 == 0
    assert {7, 7 * min(weeks, 6)} <= lengths
