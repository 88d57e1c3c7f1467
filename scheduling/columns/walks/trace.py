"""Which roster has the cost a walk found? Read backwards from the table of the walk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scheduling.columns.ledger import OFF
from scheduling.columns.walks.terms import Move, Terms
from scheduling.columns.walks.walk import Table, may_end, never, steps_of, weekend_step
from scheduling.formats.instance import DAYS_A_WEEK


class Spot(NamedTuple):
    """A state and its counters after some days."""

    state: int
    counters: tuple[int, ...]


class Step(NamedTuple):
    """One day of a roster: the shift, and where it came from at what cost."""

    shift: int
    spot: Spot
    cost: int


@dataclass(frozen=True)
class Trace:
    """The finished table of one person's walk; axes: days, state, counters."""

    terms: Terms
    table: Table
    costs: Table  # by day and shift

    def least(self) -> tuple[int, Spot] | None:
        """The cheapest legal end, and its cost; None when no roster is legal."""
        ends = np.where(self.terms.legal_ends(), self.table[-1], never(self.table))
        place = np.unravel_index(int(ends.argmin()), ends.shape)
        cost = int(ends[place])
        if 2 * cost > never(self.table):
            return None
        return cost, Spot(int(place[0]), tuple(int(count) for count in place[1:]))

    def roster(self, end: Spot) -> tuple[int, ...]:
        """A roster that ends there."""
        shifts, spot = [], end
        for day in reversed(range(self.terms.days)):
            step, *_ = self._steps(day, spot, int(self.table[(day + 1, *_flat(spot))]))
            spot = step.spot
            shifts.append(step.shift)
        return tuple(reversed(shifts))

    def _steps(self, day: int, spot: Spot, most: int) -> Iterator[Step]:
        options = (
            self._rests(day, spot) if spot.state >= self.terms.runs else self._works(day, spot)
        )
        rows, sizes = self.table[day], self.terms.sizes
        for step in options:
            inside = all(0 <= n < size for n, size in zip(step.spot.counters, sizes, strict=True))
            if inside and int(rows[_flat(step.spot)]) + step.cost <= most:
                yield step

    def _rests(self, day: int, spot: Spot) -> Iterator[Step]:
        terms = self.terms
        units = spot.counters[-1] + terms.lows[day + 1] - terms.lows[day]
        counters = (*spot.counters[:-1], units)
        if spot.state > terms.runs:
            yield Step(OFF, Spot(spot.state - 1, counters), 0)
        if spot.state == terms.states - 1:
            yield Step(OFF, Spot(spot.state, counters), 0)
        if spot.state == terms.runs:
            for state in range(terms.runs):
                if may_end(terms, state % terms.longest + 1, day):
                    yield Step(OFF, Spot(state, counters), 0)

    def _works(self, day: int, spot: Spot) -> Iterator[Step]:
        follow, length = divmod(spot.state, self.terms.longest)
        for move in self.terms.moves:
            if move.follow == follow:
                counters = self._before(day, spot, move, first_day=length == 0)
                for shift in move.shifts:
                    for state in self._sources(spot, move, length):
                        yield Step(shift, Spot(state, counters), int(self.costs[day, shift]))

    def _before(self, day: int, spot: Spot, move: Move, *, first_day: bool) -> tuple[int, ...]:
        steps = list(steps_of(self.terms, move, day))
        steps[-2] = weekend_step((self.terms.first + day) % DAYS_A_WEEK, first_day=first_day)
        return tuple(count - step for count, step in zip(spot.counters, steps, strict=True))

    def _sources(self, spot: Spot, move: Move, length: int) -> list[int]:
        if length == 0:
            return [self.terms.states - 1]
        return [one * self.terms.longest + length - 1 for one in move.after]


def _flat(spot: Spot) -> tuple[int, ...]:
    return (spot.state, *spot.counters)
