"""What roster comes of giving each person the week that helps most, one after another?"""

from collections.abc import Callable, Sequence

import numpy as np

from scheduling.automaton import Ints
from scheduling.levels import Points, total
from scheduling.pricing import SCALE, Column, PersonWeeks, Worth
from scheduling.rows import Row

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
    gained = True
    while gained and going_on():
        gained = False
        for place, one in enumerate(weeks):
            _count(heads, chosen[place], -1)
            worth = steps.worth(heads, one)
            cost, column = one.cheapest(worth)
            if cost < _cost(chosen[place], worth):
                chosen[place] = column
                gained = True
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
        self._weighted = [place for place, row in enumerate(rows) if row.weights is not None]

    def worth(self, heads: Ints, one: PersonWeeks) -> Worth:
        """What a person's heads are worth beside the others'."""
        last = self._saved.shape[1] - 1
        saved = self._saved[np.arange(len(heads)), np.clip(heads, 0, last)]
        worth = np.where(heads >= self._most, FORBIDDEN, saved)
        for place in self._weighted:
            crowded = heads[place] + max(0, one.weights[place]) > self._most[place]
            worth[place] = FORBIDDEN if crowded else 0
        return Worth(worth, STEEP)


def _heads(rows: Sequence[Row], columns: Sequence[Column]) -> Ints:
    heads = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        _count(heads, column, +1)
    return heads


def _count(heads: Ints, column: Column, times: int) -> None:
    heads[list(column.rows)] += times * np.array(column.heads, dtype=np.int64)


def _cost(column: Column, worth: Worth) -> int:
    saved = worth.heads[list(column.rows)] @ np.array(column.heads, dtype=np.int64)
    return worth.of(column.pattern.points) - int(saved)
