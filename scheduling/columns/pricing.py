"""Which roster of each person is worth most? Exact, unless the counters outgrow memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Final, NamedTuple

import numpy as np

from scheduling.columns.ledger import OFF, Column, Ints, Ledger
from scheduling.columns.terms import Terms, binding, terms, unit
from scheduling.columns.trace import Trace
from scheduling.columns.walk import NEVER, Table, never, walked

AT_ONCE: Final = 12_000_000  # numbers in one table: 48 MB of 32 bits
LARGEST: Final = 40_000_000  # numbers in one person's table: 160 MB, 320 of 64 bits
FINEST: Final = 1 << 14
COARSEST: Final = 1 << 11
SMALL_CAP: Final = 6  # counted from the start; greater ones once they bind


class Wanted(NamedTuple):
    """How many rosters near the cheapest, at most how much dearer (1/scale points)."""

    spare: int
    many: int
    draw: Random


class Priced(NamedTuple):
    """A person's cheapest roster at some worth of heads; both numbers are in 1/scale points.

    least: no legal roster of the person costs less.
    """

    column: Column
    cost: int
    least: int


class Pricing:
    """Walks every contract. Greater caps are counted only where a walk without them breaks one."""

    def __init__(self, ledger: Ledger, largest: int = LARGEST) -> None:
        """Choose the finest fractions of a point that 32 bits can sum.

        largest: numbers in one person's table; rather than a larger one, a bound that is too low.
        """
        self.ledger, self._largest = ledger, largest
        dearest = int(np.abs(ledger.personal).max(initial=0)) + int(ledger.slack.max(initial=0))
        room = NEVER["int32"] // 4 // max(1, dearest * ledger.instance.days)
        self.dtype: type[np.int32] | type[np.int64] = np.int32 if room >= COARSEST else np.int64
        self.scale = min(FINEST, 1 << room.bit_length() - 1) if room >= COARSEST else FINEST
        self._caps = [binding(ledger.instance, person) for person in ledger.instance.staff]
        self._small = [
            tuple(shift for shift, most in sorted(caps.items()) if most <= SMALL_CAP)
            for caps in self._caps
        ]
        self._known: dict[tuple[object, ...], Terms] = {}

    def costs(self, people: Sequence[int], worth: Ints) -> Table:
        """Costs by day, shift and person in 1/scale points; worth: of a head, by cell, likewise."""
        costs = self.ledger.personal[list(people)] * self.scale - worth
        barred = np.where(self.ledger.allowed[list(people)], costs, NEVER[self.dtype.__name__])
        return np.ascontiguousarray(barred.transpose(1, 2, 0), dtype=self.dtype)

    def traces(self, people: Iterable[int], worth: Ints) -> Iterator[tuple[int, Trace]]:
        """The finished walk of each person, those of one contract together; small caps counted."""
        return self._traces({person: self._small[person] for person in people}, worth)

    def cheapest(self, people: Iterable[int], worth: Ints) -> list[Priced]:
        """The cheapest legal roster of each person who has one."""
        counted = {person: self._small[person] for person in people}
        answers: list[Priced] = []
        while counted:
            again: dict[int, tuple[int, ...]] = {}
            for person, trace in self._traces(counted, worth):
                priced = self._legal(person, trace, again)
                answers.extend(() if priced is None else (priced,))
            counted = again
        return answers

    def near(self, person: int, trace: Trace, wanted: Wanted) -> set[Column]:
        """Some legal rosters that cost little more than the least."""
        end = trace.least()
        if end is None:
            return set()
        tries, spare = range(wanted.many), max(0, wanted.spare)
        rosters = {trace.roster(end[1], spare, wanted.draw) for _ in tries}
        return {self.ledger.column(person, r) for r in rosters if not self._broken(person, r)}

    def _legal(self, person: int, trace: Trace, again: dict[int, tuple[int, ...]]) -> Priced | None:
        """The cheapest roster, if it breaks no cap; else the person walks again, counting more."""
        end = trace.least()
        if end is None:
            return None
        shifts = trace.roster(end[1])
        broken = self._broken(person, shifts)
        if not broken:
            return Priced(self.ledger.column(person, shifts), end[0], end[0])
        more = tuple(sorted({*trace.terms.capped, *broken}))
        if self._terms(person, more).cells <= self._largest:
            again[person] = more
            return None
        return self._cheap(person, trace, end[0])

    def _cheap(self, person: int, trace: Trace, least: int) -> Priced | None:
        """A good legal roster where counting takes too much memory: broken caps cost ever more."""
        costs, fine = trace.costs.astype(np.int64), self.scale
        while fine * trace.terms.days < NEVER["int32"]:
            end = trace.least()
            shifts = () if end is None else trace.roster(end[1])
            broken = self._broken(person, shifts)
            if end is not None and not broken:
                cost = sum(int(costs[day, s]) for day, s in enumerate(shifts) if s != OFF)
                return Priced(self.ledger.column(person, shifts), cost, least)
            dearer = trace.costs.copy()
            dearer[:, broken] = np.minimum(dearer[:, broken] + fine, never(dearer))
            table = walked(trace.terms, dearer[..., np.newaxis])[..., 0]
            trace, fine = Trace(trace.terms, table, dearer), 2 * fine
        return None

    def _traces(
        self, counted: Mapping[int, tuple[int, ...]], worth: Ints
    ) -> Iterator[tuple[int, Trace]]:
        groups: dict[int, list[int]] = {}
        found: dict[int, Terms] = {}
        for person, capped in counted.items():
            walk = self._terms(person, capped)
            found[id(walk)] = walk
            groups.setdefault(id(walk), []).append(person)
        for key, group in groups.items():
            many = max(1, AT_ONCE // found[key].cells)
            for first in range(0, len(group), many):
                yield from self._walked(found[key], group[first : first + many], worth)

    def _walked(
        self, walk: Terms, group: Sequence[int], worth: Ints
    ) -> Iterator[tuple[int, Trace]]:
        costs = self.costs(group, worth)
        table = walked(walk, costs)
        for place, person in enumerate(group):
            yield person, Trace(walk, table[..., place], costs[..., place])

    def _terms(self, person: int, capped: tuple[int, ...]) -> Terms:
        instance = self.ledger.instance
        one = instance.staff[person]
        caps = tuple(sorted((shift, one.most[instance.shifts[shift].id]) for shift in capped))
        key = (
            *(one.most_minutes, one.least_minutes, one.longest_run, one.shortest_run),
            *(one.fewest_days_off, one.weekends, caps, unit(instance, one, capped)),
        )
        if key not in self._known:
            self._known[key] = terms(instance, one, capped)
        return self._known[key]

    def _broken(self, person: int, shifts: Sequence[int]) -> list[int]:
        caps = self._caps[person]
        return [shift for shift, most in caps.items() if list(shifts).count(shift) > most]
