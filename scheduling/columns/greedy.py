"""How good is a roster made one person at a time?"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from scheduling.columns.ledger import Column, Ints, worked
from scheduling.columns.walks.pricing import Pricing


def started(pricing: Pricing, people: Iterable[int], beside: Iterable[Column] = ()) -> list[Column]:
    """Everybody in turn takes the cheapest roster beside those before. Who has none is left out."""
    heads = pricing.ledger.heads(beside)
    columns = []
    for person in people:
        for column in _best(pricing, [person], heads):
            heads[worked(column)] += 1
            columns.append(column)
    return columns


def repriced(pricing: Pricing, columns: Sequence[Column], late: Callable[[], bool]) -> list[Column]:
    """The roster after one person at a time took a cheaper one, until nobody has any."""
    chosen = {column.person: column for column in columns}
    heads = pricing.ledger.heads(columns)
    waiting = list(chosen)
    while waiting and not late():
        mine = chosen[waiting.pop(0)]
        heads[worked(mine)] -= 1
        better = _best(pricing, [mine.person], heads)[0]
        if _cost(pricing, better, heads) < _cost(pricing, mine, heads):
            chosen[mine.person] = mine = better
            waiting = [*waiting, *(one for one in chosen if one not in waiting)]
        heads[worked(mine)] += 1
    return list(chosen.values())


def _best(pricing: Pricing, people: Sequence[int], heads: Ints) -> list[Column]:
    missing = pricing.ledger.need > heads
    worth = np.where(missing, pricing.ledger.slack, 0) * pricing.scale
    return [priced.column for priced in pricing.cheapest(people, worth)]


def _cost(pricing: Pricing, column: Column, heads: Ints) -> int:
    cells = worked(column)
    short = pricing.ledger.need[cells] > heads[cells]
    return column.points - int((short * pricing.ledger.slack[cells]).sum())
