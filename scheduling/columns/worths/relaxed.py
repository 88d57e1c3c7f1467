"""What can no roster of a person cost less than, when the table of all walks is too large?

Walks that ignore how long a person works, at a price of working time that makes most of them keep
to the contract nevertheless: whatever that price, none of the real ones costs less.
"""

from dataclasses import replace
from math import gcd
from typing import Final

import numpy as np

from scheduling.columns.ledger import OFF, Ints
from scheduling.columns.walks.pricing import Pricing
from scheduling.columns.walks.terms import Terms, terms
from scheduling.columns.walks.walk import NEVER
from scheduling.formats.instance import Employee, Instance

TRIES: Final = 10


def lowest(pricing: Pricing, person: int, worth: Ints) -> int:
    """No legal roster of that person costs less at these worths; both in 1/scale points."""
    instance = pricing.ledger.instance
    one, minutes = instance.staff[person], np.array([s.minutes for s in instance.shifts])
    measure = gcd(*minutes.tolist())
    walk, costs = _timeless(instance, one), pricing.costs([person], worth)[..., 0]
    dear = NEVER[costs.dtype.name]
    real = costs[costs < dear]
    steepest = int(np.abs(real).max(initial=0)) * measure // int(minutes.min()) + 1
    best, low, price, high = -dear, -steepest, 0, steepest
    for _ in range(TRIES):
        dearer = np.minimum(costs + price * (minutes // measure), dear).astype(costs.dtype)
        trace = pricing.engine.compiled(walk, dearer)
        end = trace.least()
        assert end is not None, "who has a legal roster has one whatever the minutes"
        worked = sum(int(minutes[shift]) for shift in trace.roster(end[1]) if shift != OFF)
        limit = one.least_minutes if price < 0 else one.most_minutes
        best = max(best, end[0] - price * limit // measure)
        if price == 0 and one.least_minutes <= worked <= one.most_minutes:
            break
        if worked > limit:
            low = price
        else:
            high = price
        price = (low + high) // 2
    return best


def _timeless(instance: Instance, person: Employee) -> Terms:
    """The walk of a contract without working time; only small caps would be counted: none is."""
    walk = terms(instance, replace(person, least_minutes=0), ())
    sizes = (*walk.sizes[:-1], 1)
    return replace(
        walk,
        moves=tuple(replace(move, units=0) for move in walk.moves),
        lows=(0,) * len(walk.lows),
        sizes=sizes,
        legal=np.ones(sizes, np.bool_),
    )
