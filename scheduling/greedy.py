"""What roster comes of giving each person the week that helps most, one after another?"""

from collections.abc import Callable, Sequence

import numpy as np

from scheduling.automaton import Ints
from scheduling.pricing import SCALE, Column, PersonWeeks
from scheduling.rows import Row

FORBIDDEN = -(10**12)  # worth of a head in a full shift, in 1/SCALE points


def price(rows: Sequence[Row], columns: Sequence[Column]) -> int:
    """Points of a whole choice, one column for each person."""
    heads = _heads(rows, columns)
    return sum(column.pattern.points for column in columns) + sum(
        row.price(int(count)) for row, count in zip(rows, heads, strict=True)
    )


def filled(
    rows: Sequence[Row],
    weeks: Sequence[PersonWeeks],
    start: Sequence[Column],
    going_on: Callable[[], bool],
) -> list[Column]:
    """`start` after each person in turn took their best week given all others, until none gains.

    start: one allowed column for each of `weeks`, in their order. Never dearer than `start`.
    """
    chosen = list(start)
    heads = _heads(rows, chosen)
    gained = True
    while gained and going_on():
        gained = False
        for place, one in enumerate(weeks):
            _count(heads, chosen[place], -1)
            worth = _worth(rows, heads)
            cost, column = one.cheapest(worth)
            if cost < _cost(chosen[place], worth):
                chosen[place] = column
                gained = True
            _count(heads, chosen[place], +1)
    return chosen


def allowed(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Whether no row holds more heads than it may."""
    counts = zip(rows, _heads(rows, columns).tolist(), strict=True)
    return all(row.most is None or count <= row.most for row, count in counts)


def _heads(rows: Sequence[Row], columns: Sequence[Column]) -> Ints:
    heads = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        _count(heads, column, +1)
    return heads


def _count(heads: Ints, column: Column, times: int) -> None:
    heads[list(column.rows)] += times * np.array(column.heads, dtype=np.int64)


def _cost(column: Column, worth: Ints) -> int:
    saved = worth[list(column.rows)] @ np.array(column.heads, dtype=np.int64)
    return SCALE * column.pattern.points - int(saved)


def _worth(rows: Sequence[Row], heads: Ints) -> Ints:
    """What one head more saves, by row."""
    steps = (row.step(int(count)) for row, count in zip(rows, heads, strict=True))
    return np.array([FORBIDDEN if s is None else -s * SCALE for s in steps], dtype=np.int64)
