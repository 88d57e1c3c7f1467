"""Which weeks of which people are the cheapest, when every head is worth so much?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import mul

import numpy as np

from scheduling.bounds.rows import Row
from scheduling.legal.automaton import WeekGraph
from scheduling.legal.growth import Ints, Narrow
from scheduling.patterns import Pattern
from scheduling.problem import Person, Shift
from scheduling.telling.levels import NOTHING, Goal, Level, Points, total

SCALE = 4096  # worths are whole numbers of 1/SCALE points, so that every bound is exact


@dataclass(frozen=True)
class Worth:
    """What one head of each row is worth, and one point of each level; both in 1/SCALE points."""

    heads: Ints
    points: Ints

    def of(self, points: Points) -> int:
        """What points of all levels come to, in 1/SCALE points."""
        return sum(map(mul, self._by_level, points))

    def costs(self, points: "Ints | Narrow") -> Ints:
        """The same for many at once, which have a line for each level."""
        cost = np.zeros(points.shape[1], dtype=np.int64)
        for worth, line in zip(self.points.tolist(), points, strict=True):
            if worth:
                cost += worth * line.astype(np.int64)
        return cost

    def blended(self, other: "Worth", share: float) -> "Worth":
        """Between this one, of which `share` is taken, and another."""
        heads = np.rint(share * self.heads + (1 - share) * other.heads).astype(np.int64)
        points = np.ceil(share * self.points + (1 - share) * other.points).astype(np.int64)
        return Worth(heads, points)

    def joined(self, other: "Worth", times: int) -> "Worth":
        """This one and so many times another."""
        return Worth(self.heads + times * other.heads, self.points + times * other.points)

    @cached_property
    def _by_level(self) -> tuple[int, ...]:
        return tuple(self.points.tolist())


def plain(rows: int, goal: Goal) -> Worth:
    """As if a head were worth nothing, and no level were kept."""
    return Worth(np.zeros(rows, dtype=np.int64), SCALE * np.array(goal.weights, dtype=np.int64))


@dataclass(frozen=True)
class Column:
    """A legal week, the rows in which it is a head, and how many heads in each."""

    pattern: Pattern
    rows: tuple[int, ...]
    heads: tuple[int, ...]

    def cost(self, worth: Worth) -> int:
        """Points minus worth, in 1/SCALE points."""
        saved = worth.heads[list(self.rows)] @ np.array(self.heads, dtype=np.int64)
        return worth.of(self.pattern.points) - int(saved)


@dataclass(frozen=True)
class Heads:
    """Which rows some shifts are heads of, and how many; most shifts of few rows.

    begins: by shift, where its rows begin, and where the last ones end.
    """

    begins: Ints
    rows: Narrow
    counts: Narrow

    def worth(self, worth: Worth) -> Ints:
        """What each shift is worth. Sums may outgrow 64 bits on the way: differences stay right."""
        added = np.zeros(len(self.rows) + 1, dtype=np.int64)
        np.cumsum(worth.heads[self.rows] * self.counts, out=added[1:])
        return added[self.begins[1:]] - added[self.begins[:-1]]

    def of(self, line: int) -> list[tuple[int, int]]:
        """One shift's rows, and how many heads it is in each."""
        begins, listed = self._listed
        return listed[begins[line] : begins[line + 1]]

    def between(self, first: int, last: int) -> "Heads":
        """Those of some shifts."""
        begins = self.begins[first : last + 1]
        mine = slice(int(begins[0]), int(begins[-1]))
        return Heads(begins - begins[0], self.rows[mine], self.counts[mine])

    @cached_property
    def _listed(self) -> tuple[list[int], list[tuple[int, int]]]:
        heads = zip(self.rows.tolist(), self.counts.tolist(), strict=True)
        return self.begins.tolist(), list(heads)


@dataclass(frozen=True)
class Priced:
    """A graph at one worth. shifts, times: cost of each; whole: by layer, the least cost from each
    edge on; ahead: by layer, the least that can follow each state, 0 where the week ends there.
    """

    shifts: Ints
    times: Ints
    whole: tuple[Ints, ...]
    ahead: tuple[Ints, ...]


@dataclass(frozen=True)
class Weeks:
    """Some people's legal weeks beside the rows they are heads of.

    heads: of each shift worth trying, in the order of graph.times; pinned: of each person's pins.
    """

    graph: WeekGraph
    heads: Heads
    pinned: Heads

    def priced(self, worth: Worth) -> Priced:
        """The graph at one worth."""
        shifts = worth.costs(self.graph.flat) - self.heads.worth(worth)
        times = np.minimum.reduceat(shifts, self.graph.firsts[:-1]) if len(shifts) else shifts
        whole: list[Ints] = []
        ahead = [np.zeros(int(self.graph.owned[-1][-1]), dtype=np.int64)]
        for layer in reversed(self.graph.layers):
            costs = worth.costs(layer.points) + times[layer.time] + ahead[0][layer.target]
            least = np.zeros(len(layer.begins) - 1, dtype=np.int64)
            best = np.minimum.reduceat(costs, layer.begins[layer.leaving])
            least[layer.leaving] = np.minimum(0, best)
            whole.insert(0, costs)
            ahead.insert(0, least)
        return Priced(shifts, times, tuple(whole), tuple(ahead))

    def fixed(self, worth: Worth) -> Ints:
        """What each person's week with only the pins costs."""
        points = np.array([start.points for start in self.graph.starts], dtype=np.int64)
        return worth.costs(points.reshape(-1, len(Level)).T) - self.pinned.worth(worth)

    def least(self, worth: Worth) -> Ints:
        """What each person's cheapest week costs: points minus worth, in 1/SCALE points."""
        return self.fixed(worth) + self.priced(worth).ahead[0]

    def path(self, priced: Priced, place: int) -> tuple[list[int], Points]:
        """One person's cheapest week: places of shifts, and their points."""
        taken: list[int] = []
        state, points = place, np.zeros(len(Level), dtype=np.int64)
        for layer, whole in zip(self.graph.layers, priced.whole, strict=True):
            first, last = layer.begins[state], layer.begins[state + 1]
            if first == last or whole[first:last].min() >= 0:
                break
            edge = int(first) + int(whole[first:last].argmin())
            taken.append(self.best_of(int(layer.time[edge]), priced.shifts))
            points += layer.points[:, edge] + self.graph.flat[:, taken[-1]]
            state = int(layer.target[edge])
        return taken, tuple(points.tolist())

    def best_of(self, time: int, shifts: Ints) -> int:
        """The place of the cheapest shift of a time."""
        first, last = self.graph.firsts[time], self.graph.firsts[time + 1]
        return int(first) + int(shifts[first:last].argmin())

    def column(self, place: int, taken: Sequence[int], points: Points) -> Column:
        """One person's week of the pins and the shifts at these places."""
        start = self.graph.starts[place]
        shifts = self.shifts
        ids = (*(s.id for s in start.pins), *[shifts[each].id for each in taken])
        heads = [*self.pinned.of(place), *(head for each in taken for head in self.heads.of(each))]
        heads.sort()
        pattern = Pattern(start.person.id, ids, total((start.points, points)))
        return Column(pattern, tuple(r for r, _ in heads), tuple(h for _, h in heads))

    def only_pins(self, place: int) -> Column:
        """One person's week that keeps the pins and adds nothing."""
        return self.column(place, (), NOTHING)

    def alone(self, place: int) -> "Weeks":
        """One person's part."""
        times = self.graph.owned[0]
        shifts = (int(self.graph.firsts[times[place]]), int(self.graph.firsts[times[place + 1]]))
        heads, pinned = self.heads.between(*shifts), self.pinned.between(place, place + 1)
        return Weeks(self.graph.alone(place), heads, pinned)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """All shifts, in the order of the times."""
        return tuple(shift for shifts in self.graph.times for shift in shifts)


class Standing:
    """Which rows a shift stands in."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._places: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            for name in sorted(row.shifts):
                self._places.setdefault(name, []).append(place)

    def weeks(self, graph: WeekGraph) -> Weeks:
        """People's legal weeks beside the rows."""
        worth_trying = (
            [self._heads(start.person, shift)]
            for start, times in zip(graph.starts, self._by_person(graph), strict=True)
            for shifts in times
            for shift in shifts
        )
        pins = ([self._heads(s.person, pin) for pin in s.pins] for s in graph.starts)
        return Weeks(graph, _gathered(worth_trying), _gathered(pins))

    def _by_person(self, graph: WeekGraph) -> Iterator[Sequence[Sequence[Shift]]]:
        ends = graph.owned[0].tolist()
        return (graph.times[first:last] for first, last in pairwise(ends))

    def _heads(self, person: Person, shift: Shift) -> list[tuple[int, int]]:
        places = self._places.get(shift.id, ())
        heads = [(place, self._rows[place].heads(person, shift)) for place in places]
        return [(place, count) for place, count in heads if count]


def _gathered(lines: Iterable[list[list[tuple[int, int]]]]) -> Heads:
    joined = [[head for heads in line for head in heads] for line in lines]
    flat = np.array([head for line in joined for head in line], dtype=np.int32).reshape(-1, 2)
    begins = np.cumsum([0, *map(len, joined)], dtype=np.int64)
    return Heads(begins, flat[:, 0].copy(), flat[:, 1].copy())
