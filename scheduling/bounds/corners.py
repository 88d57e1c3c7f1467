"""How many heads of each row are cheapest at a worth, and how far above that is a roster?"""

from collections.abc import Sequence

import numpy as np

from scheduling.bounds.rows import Row
from scheduling.legal.growth import Ints
from scheduling.legal.pricing import Worth
from scheduling.telling.levels import Level, Points


class Corners:
    """Prices of rows are convex, so the least of price plus worth stands where a price bends."""

    def __init__(self, rows: Sequence[Row], people: int) -> None:
        heads: list[int] = []
        points: list[Points] = []
        first: list[int] = []
        for row in rows:
            most = people if row.most is None else row.most
            first.append(len(heads))
            for corner in sorted({row.low, *range(min(most, len(row.points))), most}):
                heads.append(corner)
                points.append(row.price(corner))
        self._first = np.array(first, dtype=np.int64)
        self._heads = np.array(heads, dtype=np.int64)
        self._points = np.array(points, dtype=np.int64).reshape(len(heads), len(Level))

    def cheapest(self, worth: Worth) -> int:
        """The sum over all rows, in 1/SCALE points."""
        return int(self._least(worth).sum())

    def above(self, worth: Worth, rows: Sequence[Row], heads: Ints) -> Ints:
        """How far each row with so many heads is above its cheapest, in 1/SCALE points."""
        prices = [
            worth.of(row.price(count)) for row, count in zip(rows, heads.tolist(), strict=True)
        ]
        return np.array(prices, dtype=np.int64) + heads * worth.heads - self._least(worth)

    def _least(self, worth: Worth) -> Ints:
        if not len(self._first):
            return self._first
        each: Ints = np.repeat(worth.heads, np.diff(self._first, append=len(self._heads)))
        prices = self._points @ worth.points + self._heads * each
        least: Ints = np.minimum.reduceat(prices, self._first)
        return least
