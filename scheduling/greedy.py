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
            heads[list(chosen[place].rows)] -= 1
            worth = _worth(rows, heads)
            cost, column = one.cheapest(worth)
            now = SCALE * chosen[place].pattern.points - int(worth[list(chosen[place].rows)].sum())
            if cost < now:
                chosen[place] = column
                gained = True
            heads[list(chosen[place].rows)] += 1
    return chosen


def _heads(rows: Sequence[Row], columns: Sequence[Column]) -> Ints:
    heads = np.zeros(len(rows), dtype=np.int64)
    for column in columns:
        heads[list(column.rows)] += 1
    return heads


def _worth(rows: Sequence[Row], heads: Ints) -> Ints:
    """What one head more saves, by row."""
    steps = (row.step(int(count)) for row, count in zip(rows, heads, strict=True))
    return np.array([FORBIDDEN if s is None else -s * SCALE for s in steps], dtype=np.int64)
