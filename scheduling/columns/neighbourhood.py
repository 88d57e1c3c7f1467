"""Whose rosters should be chosen anew together? Everybody else keeps theirs for a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from scheduling.columns.ledger import Column, Ledger, worked

LEAST: Final = 0.2
MOST: Final = 0.5


@dataclass
class Neighbourhoods:
    """Draws people: few for a quick choice, or many for what few can't mend."""

    ledger: Ledger
    draw: Random

    def people(self, columns: Sequence[Column]) -> list[int]:
        """Some people, half of the time those who stand in or near cells that cost something."""
        share = self.draw.uniform(LEAST, MOST)
        count = min(len(columns), max(2, round(share * len(columns))))
        everybody = [column.person for column in columns]
        if self.draw.random() < 0.5:
            return sorted(self.draw.sample(everybody, count))
        return sorted(self._troubled(columns)[:count])

    def _troubled(self, columns: Sequence[Column]) -> list[int]:
        """People in random order, but those first who work where heads are missing or too many."""
        off = self.ledger.heads(columns) - self.ledger.need
        days = np.unique(np.nonzero((off != 0) & (self.ledger.slack > 0))[0]).tolist()
        day = self.draw.choice(days or [0])
        weight = {}
        for column in columns:
            near = sum(1 for cell in zip(*worked(column), strict=True) if off[cell] > 0)
            free = column.shifts[day] < 0
            weight[column.person] = self.draw.random() * (1 + near + 2 * free)
        return sorted(weight, key=lambda person: -weight[person])
