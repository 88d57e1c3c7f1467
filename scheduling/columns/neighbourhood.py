"""Whose days should be chosen anew together? Everybody else keeps theirs for a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import numpy as np

from scheduling.columns.ledger import Column, Floats, Ledger, worked
from scheduling.columns.parts import Stretch
from scheduling.formats.instance import DAYS_A_WEEK

DEAR: Final = 0.3
LONG: Final = 6  # weeks; of longer horizons a round plans a stretch
WEEKS: Final = (2, 3, 4, 6)  # of a stretch
FEWEST: Final = 2  # people
SPREAD: Final = (0.7, 1.3)


@dataclass
class Neighbourhoods:
    """Draws people and days: few for a quick choice, or many for what few can't mend.

    size: of a part, in days of people.
    """

    ledger: Ledger
    draw: Random
    size: float
    worth: Floats
    least: Mapping[int, float]

    def grow(self, factor: float) -> None:
        """Make parts larger or smaller from now on."""
        days, people = self.ledger.instance.days, len(self.ledger.instance.staff)
        self.size = min(days * people / SPREAD[0], max(FEWEST * DAYS_A_WEEK, self.size * factor))

    def part(self, columns: Sequence[Column]) -> tuple[set[int], Stretch]:
        """Some people, half of the time those who stand in or near cells that cost something."""
        off = self.ledger.heads(columns) - self.ledger.need
        days = np.unique(np.nonzero((off != 0) & (self.ledger.slack > 0))[0]).tolist()
        day = self.draw.choice(days or [0])
        stretch = self._stretch(day)
        size = self.size * self.draw.uniform(*SPREAD)
        count = min(len(columns), max(FEWEST, round(size / (stretch.end - stretch.first))))
        if self.draw.random() < 0.5:
            return set(self.draw.sample([column.person for column in columns], count)), stretch
        return set(self._troubled(columns, off, day)[:count]), stretch

    def _spare(self, column: Column) -> float:
        """How much dearer a roster is than the person's cheapest."""
        return column.points - float(self.worth[worked(column)].sum()) - self.least[column.person]

    def _stretch(self, day: int) -> Stretch:
        """Some weeks around a day of a long horizon; all of a short one."""
        all_weeks = -(-self.ledger.instance.days // DAYS_A_WEEK)
        weeks = self.draw.choice(WEEKS) if all_weeks > LONG else all_weeks
        first = day // DAYS_A_WEEK - self.draw.randrange(weeks)
        first = min(max(0, first), all_weeks - weeks)
        return Stretch(
            first * DAYS_A_WEEK,
            min(self.ledger.instance.days, (first + weeks) * DAYS_A_WEEK),
        )

    def _troubled(self, columns: Sequence[Column], off: np.ndarray, day: int) -> list[int]:
        """People in random order, but those first who work where heads are missing or too many."""
        weight = {}
        dear = self.draw.random() < 0.5
        for column in columns:
            near = sum(1 for cell in zip(*worked(column), strict=True) if off[cell] > 0)
            free = column.shifts[day] < 0
            weight[column.person] = self.draw.random() * (1 + near + 2 * free)
            if dear:
                weight[column.person] = self.draw.random() * (DEAR + self._spare(column))
        return sorted(weight, key=lambda person: -weight[person])
