"""Whose days should be chosen anew together? Everybody else keeps theirs for a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, NamedTuple

import numpy as np

from scheduling.columns.ledger import OFF, Column, Floats, Ints, Ledger, worked
from scheduling.columns.parts import Stretch
from scheduling.formats.instance import DAYS_A_WEEK

DEAR: Final = 0.3  # points; the part that chance has
WEEKS: Final = (1, 2, 3, 4, 6)  # of a stretch; all of a horizon that is no longer
FEWEST: Final = 2  # people
SPREAD: Final = (0.7, 1.3)


class Guide(NamedTuple):
    """The points of a head in each cell, and what each person's cheapest roster costs there."""

    worth: Floats
    least: Mapping[int, float]


@dataclass
class Neighbourhoods:
    """Draws people and days: few for a quick choice, or many for what few can't mend.

    size: of a part, in days of people.
    """

    ledger: Ledger
    draw: Random
    guide: Guide
    size: float

    def grow(self, factor: float) -> None:
        """Make parts larger or smaller from now on."""
        days, people = self.ledger.instance.days, len(self.ledger.instance.staff)
        self.size = min(days * people / SPREAD[0], max(FEWEST * DAYS_A_WEEK, self.size * factor))

    def part(self, columns: Sequence[Column]) -> tuple[set[int], Stretch]:
        """Some people and some days: any, those in trouble, or those whose rosters are dear."""
        off = self.ledger.heads(columns) - self.ledger.need
        days = np.unique(np.nonzero((off != 0) & (self.ledger.slack > 0))[0]).tolist()
        day = self.draw.choice(days or [0])
        stretch = self._stretch(day)
        size = self.size * self.draw.uniform(*SPREAD)
        count = min(len(columns), max(FEWEST, round(size / (stretch.end - stretch.first))))
        weigh = self.draw.choice([_alike, _alike, self._troubled, self._dear])
        weight = {one.person: self.draw.random() * weigh(one, off, day) for one in columns}
        return set(sorted(weight, key=lambda person: -weight[person])[:count]), stretch

    def _troubled(self, column: Column, off: Ints, day: int) -> float:
        """More for those who work where there are too many, and who rest on a day of trouble."""
        near = sum(1 for cell in zip(*worked(column), strict=True) if off[cell] > 0)
        return 1 + near + 2 * (column.shifts[day] == OFF)

    def _dear(self, column: Column, off: Ints, day: int) -> float:
        """More for those whose rosters cost more than their cheapest."""
        worth = float(self.guide.worth[worked(column)].sum())
        return DEAR + column.points - worth - self.guide.least[column.person]

    def _stretch(self, day: int) -> Stretch:
        """Some weeks around a day: many people's, or few people's whole rosters."""
        all_weeks = -(-self.ledger.instance.days // DAYS_A_WEEK)
        weeks = self.draw.choice(sorted({min(all_weeks, each) for each in WEEKS}))
        first = day // DAYS_A_WEEK - self.draw.randrange(weeks)
        first = min(max(0, first), all_weeks - weeks)
        return Stretch(
            first * DAYS_A_WEEK,
            min(self.ledger.instance.days, (first + weeks) * DAYS_A_WEEK),
        )


def _alike(column: Column, off: Ints, day: int) -> float:
    return 1.0
