"""Which roster of each person is worth most? Exact, unless the counters outgrow memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from scheduling.columns.ledger import OFF, Column, Ints, Ledger
from scheduling.columns.walks.engine import Engine, Traced
from scheduling.columns.walks.terms import Frame, Terms, binding, framed_terms, longest, unit
from scheduling.columns.walks.walk import NEVER, Table, never

if TYPE_CHECKING:
    from scheduling.columns.walks.compiled import CompiledTrace

AT_ONCE: Final = 12_000_000  # numbers in one table: 48 MB of 32 bits
LARGEST: Final = 4_000_000  # numbers in one person's table; beyond, units keep near an even pace
WIDEST: Final = 64  # times the first pace, beyond which nobody is helped
FINEST: Final = 1 << 14
COARSEST: Final = 1 << 11
SMALL_CAP: Final = 6  # counted from the start; greater ones once they bind


class Priced(NamedTuple):
    """A person's cheapest roster at some worth of heads; both numbers are in 1/scale points.

    least: no legal roster of the person costs less, where all are walked.
    """

    column: Column
    cost: int
    least: int


class Pricing:
    """Walks every contract. Greater caps are counted only where a walk without them breaks one."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine | None = None,
        frames: Sequence[Frame] | None = None,
        largest: int = LARGEST,
    ) -> None:
        """Choose the finest fractions of a point that 32 bits can sum.

        frames: where each person's walk stands, when it isn't the whole horizon.
        """
        self.ledger, self._largest = ledger, largest
        self.engine = engine or Engine()
        dearest = int(np.abs(ledger.personal).max(initial=0)) + int(ledger.slack.max(initial=0))
        room = NEVER["int32"] // 4 // max(1, dearest * ledger.instance.days)
        self.dtype: type[np.int32] | type[np.int64] = np.int32 if room >= COARSEST else np.int64
        self.scale = min(FINEST, 1 << room.bit_length() - 1) if room >= COARSEST else FINEST
        staff = ledger.instance.staff
        self._frames = frames or [Frame(0, longest(ledger.instance, one)) for one in staff]
        self._caps = [
            binding(ledger.instance, one, frame)
            for one, frame in zip(staff, self._frames, strict=True)
        ]
        self._small = [
            tuple(shift for shift, most in sorted(caps.items()) if most <= SMALL_CAP)
            for caps in self._caps
        ]
        self._pace = [1] * len(staff)
        self._shared = frames is None
        self._known: dict[tuple[object, ...], Terms] = {}

    def whole(self, people: Iterable[int]) -> bool:
        """Whether every legal roster of these people is walked, so that `least` is a bound."""
        return all(self._terms(person, self._small[person]).whole for person in people)

    def costs(self, people: Sequence[int], worth: Ints) -> Table:
        """Costs by day, shift and person in 1/scale points; worth: of a head, by cell, likewise."""
        costs = self.ledger.personal[list(people)] * self.scale - worth
        barred = np.where(self.ledger.allowed[list(people)], costs, NEVER[self.dtype.__name__])
        return np.ascontiguousarray(barred.transpose(1, 2, 0), dtype=self.dtype)

    def compiled(self, person: int, worth: Ints) -> "CompiledTrace":
        """The finished walk of a person, small caps counted, as one that knows its arcs."""
        walk = self._terms(person, self._small[person])
        return self.engine.compiled(walk, self.costs([person], worth)[..., 0])

    def uncounted(self, person: int) -> Mapping[int, int]:
        """The greatest number of each shift that walks with small caps don't keep to."""
        return {s: most for s, most in self._caps[person].items() if s not in self._small[person]}

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

    def _legal(
        self, person: int, trace: Traced, again: dict[int, tuple[int, ...]]
    ) -> Priced | None:
        """The cheapest roster, if it breaks no cap; else the person walks again, counting more."""
        end = trace.least()
        if end is None and not trace.terms.whole and self._pace[person] < WIDEST:
            self._pace[person] *= 2
            again[person] = trace.terms.capped
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

    def _cheap(self, person: int, trace: Traced, least: int) -> Priced | None:
        """A good legal roster where counting takes too much memory: broken caps cost ever more.

        In the end so much that there is no roster, or none that breaks any.
        """
        costs, fine = trace.costs.astype(np.int64), self.scale
        while True:
            end = trace.least()
            if end is None:
                return None
            shifts = trace.roster(end[1])
            broken = self._broken(person, shifts)
            if not broken:
                cost = sum(int(costs[day, s]) for day, s in enumerate(shifts) if s != OFF)
                return Priced(self.ledger.column(person, shifts), cost, least)
            dearer = trace.costs.copy()
            dearer[:, broken] = np.minimum(dearer[:, broken] + fine, never(dearer))
            (trace,) = self.engine.traces(trace.terms, dearer[..., np.newaxis])
            fine = 2 * fine

    def _traces(
        self, counted: Mapping[int, tuple[int, ...]], worth: Ints
    ) -> Iterator[tuple[int, Traced]]:
        groups: dict[int, list[int]] = {}
        found: dict[int, Terms] = {}
        for person, capped in counted.items():
            walk = self._terms(person, capped)
            found[id(walk)] = walk
            groups.setdefault(id(walk), []).append(person)
        for key, group in groups.items():
            many = max(1, AT_ONCE // found[key].cells)
            for first in range(0, len(group), many):
                some = group[first : first + many]
                traces = self.engine.traces(found[key], self.costs(some, worth))
                yield from zip(some, traces, strict=True)

    def _terms(self, person: int, capped: tuple[int, ...]) -> Terms:
        """All walks of a person where their table is small enough, else those of an even pace."""
        walk = self._all_walks(person, capped)
        if walk.cells <= self._largest:
            return walk
        key = person, capped, self._pace[person]
        if key not in self._known:
            shift = max((move.units for move in walk.moves), default=0)
            pace = max(2 * shift, self._largest * walk.sizes[-1] // walk.cells // 2)
            frame = replace(self._frames[person], pace=pace * self._pace[person])
            instance = self.ledger.instance
            self._known[key] = framed_terms(instance, instance.staff[person], capped, frame)
        return self._known[key]

    def _all_walks(self, person: int, capped: tuple[int, ...]) -> Terms:
        instance = self.ledger.instance
        one = instance.staff[person]
        caps = tuple(sorted((shift, one.most[instance.shifts[shift].id]) for shift in capped))
        key: tuple[object, ...] = (
            *(one.most_minutes, one.least_minutes, one.longest_run, one.shortest_run),
            *(one.fewest_days_off, one.weekends, caps, unit(instance, one, capped)),
        )
        key = key if self._shared else (person, capped)
        if key not in self._known:
            self._known[key] = framed_terms(instance, one, capped, self._frames[person])
        return self._known[key]

    def _broken(self, person: int, shifts: Sequence[int]) -> list[int]:
        caps = self._caps[person]
        return [shift for shift, most in caps.items() if list(shifts).count(shift) > most]
