"""Which whole rosters do the fractions suggest? Fix the surest, price again, until all are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scheduling.columns.greedy import started
from scheduling.columns.ledger import Column
from scheduling.columns.worths.descent import Descending, Stop

SURE: Final = 0.85
MANY: Final = 12  # with so many more still free, one more is fixed at once
ROUNDS: Final = 20  # of pricing, at most, between two fixings
GAP: Final = 2.0  # points; with less between relaxation and bound, the next is fixed
PART: Final = 0.001  # of the price; likewise


@dataclass
class Dive:
    """Fixes one person after another, in the relaxation of a descent."""

    descending: Descending

    def run(self, people: Sequence[int], stop: Stop) -> list[Column] | None:
        """A roster for everybody; None when it can't get below the cutoff.

        When it gets late, those who are free yet choose one after another.
        """
        free, fixed = list(people), list[Column]()
        relaxation, price = self.descending.relaxation, 0.0
        while free:
            surest = self._surest(free)
            if stop.late() or not surest:
                return [*fixed, *started(self.descending.pricing, free, fixed)]
            relaxation.keep(surest)
            fixed.extend(surest)
            gone = {column.person for column in surest}
            free = [person for person in free if person not in gone]
            steps = Stop(stop.late, ROUNDS, stop.cutoff, max(GAP, PART * price))
            reached = self.descending.run(free, fixed, steps)
            if reached.bound >= stop.cutoff:
                return None
            price = reached.price
        return fixed

    def _surest(self, free: Sequence[int]) -> list[Column]:
        open_ = set(free)
        shares = self.descending.relaxation.chosen()
        ranked = sorted(
            (c for c in shares if c.person in open_), key=lambda c: (-shares[c], c.person, c.shifts)
        )
        first: dict[int, Column] = {}
        for column in ranked:
            first.setdefault(column.person, column)
        best = list(first.values())
        return [column for column in best if shares[column] > SURE] or best[: 1 + len(free) // MANY]
