"""The compiled face of a walk: the same answers as `walk.py` and `trace.py`, sooner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduling.columns.ledger import OFF
from scheduling.columns.walks import kernel
from scheduling.columns.walks.terms import Terms
from scheduling.columns.walks.trace import Spot
from scheduling.columns.walks.walk import Table, never, weekend_step
from scheduling.formats.instance import DAYS_A_WEEK


class Arc(NamedTuple):
    """One day of a walk: the rows of its table before and after, and the shift."""

    day: int
    before: int
    after: int
    shift: int


@dataclass(frozen=True)
class CompiledTrace:
    """The finished table of one person's walk; axes: days, state, place of counters, units."""

    terms: Terms
    walk: kernel.Packed
    table: Table
    costs: Table  # by day and shift

    def least(self) -> tuple[int, Spot] | None:
        """The cheapest legal end, and its cost; None when no roster is legal."""
        return _least(self.terms, self.table[-1], never(self.table))

    def roster(self, end: Spot) -> tuple[int, ...]:
        """A roster that ends there."""
        place = int(np.ravel_multi_index(end.counters[:-1], self.terms.sizes[:-1]))
        out = np.empty(self.terms.days, np.int64)
        at = end.state, place, end.counters[-1]
        kernel.read(self.walk, self.costs, self.table, at, out)
        return tuple(out.tolist())

    def arcs(self, spare: int, many: int) -> list[Arc] | None:
        """The steps of all walks at most so much dearer than the cheapest; None if too many."""
        end = self.least()
        if end is None:
            return []
        dear, legal = never(self.table), self.terms.legal_ends().reshape(-1)
        left = np.full((2, legal.size), dear, np.int64)
        left[0, legal] = 0
        out = np.empty((many, 3), np.int64)
        found: list[Arc] = []
        for day in reversed(range(self.terms.days)):
            left[1] = left[0]
            tables = self.table[day], left
            count = kernel.arcs(
                self.walk, day, self.costs[day], tables, (end[0] + spare, dear), out
            )
            if len(found) + count > many:
                return None
            found.extend(Arc(day, *one) for one in out[:count].tolist())
        return found

    def path(self, shifts: Sequence[int]) -> list[Arc]:
        """The steps of one roster."""
        walk, places = self.walk, self.walk.hops.shape[2]
        into = {(step[0], step[2]): step[1] for step in walk.steps.tolist()}
        state, place, unit, found = walk.start, 0, 0, []
        for day, shift in enumerate(shifts):
            move = int(walk.shifts[shift]) if shift != OFF else 0
            fresh = state >= self.terms.runs
            ends = weekend_step((walk.first + day) % DAYS_A_WEEK, first_day=fresh)
            row = (state * places + place) * walk.width + unit
            state = into[state, move]
            place = int(walk.hops[walk.counter[move], ends if move else 0, place])
            unit += int(walk.units[move] + walk.lows[day] - walk.lows[day + 1])
            found.append(Arc(day, row, (state * places + place) * walk.width + unit, shift))
        return found


def traced(terms: Terms, walk: kernel.Packed, costs: Table, memory: Table) -> CompiledTrace:
    """The walk of one person, in memory that the next may use again. costs: by day and shift."""
    shape = (terms.days + 1, terms.states * prod(terms.sizes))
    table = memory[: prod(shape)].reshape(shape)
    kernel.filled(walk, costs, table, never(costs))
    return CompiledTrace(terms, walk, table, costs)


def _least(terms: Terms, last: Table, dear: int) -> tuple[int, Spot] | None:
    ends = np.where(terms.legal_ends(), last.reshape(terms.states, *terms.sizes), dear)
    place = np.unravel_index(int(ends.argmin()), ends.shape)
    cost = int(ends[place])
    if 2 * cost > dear:
        return None
    return cost, Spot(int(place[0]), tuple(int(count) for count in place[1:]))


def packed(terms: Terms, shifts: int) -> kernel.Packed:
    """The arrays of a walk, for so many shifts."""
    moves = np.zeros(shifts, np.int64)
    for index, move in enumerate(terms.moves):
        moves[list(move.shifts)] = index + 1
    counters = [0 if move.counter is None else move.counter + 1 for move in terms.moves]
    steps = sorted([*_rests(terms), *_works(terms)], key=lambda step: step[1])
    begins = np.searchsorted([step[1] for step in steps], range(terms.states + 1))
    return kernel.Packed(
        *(terms.first, terms.start, terms.sizes[-1]),
        np.array(steps, np.int64),
        begins.astype(np.int64),
        np.array([0, *(move.units for move in terms.moves)], np.int64),
        np.array([0, *counters], np.int64),
        _hops(terms.sizes[:-1], 1),
        _hops(terms.sizes[:-1], -1),
        np.array(terms.lows, np.int64),
        moves,
    )


def _rests(terms: Terms) -> Iterator[tuple[int, ...]]:
    ready = terms.states - 1
    for state in range(terms.runs):
        length = state % terms.longest + 1
        yield state, terms.runs, 0, length if length < terms.shortest else 0, 0
    yield from ((state, min(state + 1, ready), 0, 0, 0) for state in range(terms.runs, ready + 1))


def _works(terms: Terms) -> Iterator[tuple[int, ...]]:
    for index, move in enumerate(terms.moves):
        into = move.follow * terms.longest
        yield terms.states - 1, into, index + 1, 0, 1
        for last, length in product(move.after, range(1, terms.longest)):
            yield last * terms.longest + length - 1, into + length, index + 1, 0, 0


def _hops(sizes: tuple[int, ...], step: int) -> NDArray[np.int64]:
    """Where each counter, and a weekend or none, leads from each place; NOWHERE beyond its size."""
    places = np.indices(sizes).reshape(len(sizes), -1)
    hops = np.full((len(sizes), 2, places.shape[1]), kernel.NOWHERE, np.int64)
    for counter, weekend in product(range(len(sizes)), range(2)):
        moved = places.copy()
        moved[-1] += step * weekend
        if counter:
            moved[counter - 1] += step
        fits = ((moved >= 0) & (moved < np.array(sizes)[:, np.newaxis])).all(axis=0)
        hops[counter, weekend, fits] = np.ravel_multi_index(tuple(moved[:, fits]), sizes)
    return hops
