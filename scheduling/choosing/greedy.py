"""What roster comes of giving each person the week that helps most, one after another?"""

from collections.abc import Callable, Sequence
from itertools import cycle

import numpy as np

from scheduling.bounds.rows import Row
from scheduling.legal.growth import Ints
from scheduling.legal.pricing import SCALE, Column, Worth
from scheduling.legal.weeks import PersonWeeks
from scheduling.telling.levels import Points, total

# One point of a level against one of the next, while people choose one by one: large enough that
# a week is hardly ever wrong, small enough that no sum outgrows 64 bits.
STEEP = SCALE * np.array((1 << 24, 1 << 16, 1 << 8, 1), dtype=np.int64)
FORBIDDEN = -(1 << 56)  # worth of a head in a full shift, below all that points can come to
ENDLESS = 1 << 60  # heads that no row has


def points(rows: Sequence[Row], columns: Sequence[Column]) -> Points:
    """Points of a whole choice by level, one column for each person."""
    heads = _heads(rows, columns).tolist()
    priced = (row.price(count) for row, count in zip(rows, heads, strict=True))
    return total((*(column.pattern.points for column in columns), *priced))


def allowed(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether no row holds more heads than it may."""
    counts = zip(rows, _heads(rows, columns).tolist(), strict=True)
    return all(row.most is None or count <= row.most for row, count in counts)


def filled(
    rows: Sequence[Row],
    weeks: Sequence[PersonWeeks],
    start: Sequence[Column],
    going_on: Callable[[], bool],
) -> list[Column]:
    """`start` after each person in turn took their best week given all others, until none gains.

    start: one allowed column for each of `weeks`, in their order.
    """
    chosen, steps = list(start), _Steps(rows)
    heads = _heads(rows, chosen)
    idle = 0  # how many in a row gained nothing
    for place in cycle(range(len(weeks))):
        if idle == len(weeks) or not going_on():
            break
        _count(heads, chosen[place], -1)
        worth = steps.worth(heads, weeks[place])
        _, column = weeks[place].cheapest(worth)
        idle += 1
        if column.cost(worth) < chosen[place].cost(worth):
            chosen[place] = column
            idle = 0
        _count(heads, chosen[place], +1)
    return chosen


class _Steps:
    """What one head more saves in each row, by how many are there."""

    def __init__(self, rows: Sequence[Row]) -> None:
        longest = max((len(row.steps) for row in rows), default=1)
        table = [[*row.steps, *(row.steps[-1],) * (longest - len(row.steps))] for row in rows]
        shape = (len(rows), longest, len(STEEP))
        self._saved = -(np.array(table, dtype=np.int64).reshape(shape) @ STEEP)
        most = [ENDLESS if row.most is None else row.most for row in rows]
        self._most = np.array(most, dtype=np.int64)

    def worth(self, heads: Ints, one: PersonWeeks) -> Worth:
        """What a person's heads are worth beside the others'."""
        rows, mine = one.most
        there, worth = heads[rows], np.zeros(len(heads), dtype=np.int64)
        saved = self._saved[rows, np.clip(there, 0, self._saved.shape[1] - 1)]
        crowded = there + np.maximum(0, mine) > self._most[rows]
        worth[rows] = np.where(crowded, FORBIDDEN, saved)
        return Worth(worth, STEEP)


def _heads(rows: Sequence[Row], columns: Sequence[Column]) -> Ints:
    heads = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        _count(heads, column, +1)
    return heads


def _count(heads: Ints, column: Column, times: int) -> None:
    heads[list(column.rows)] += times * np.array(column.heads, dtype=np.int64)
