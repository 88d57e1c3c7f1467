"""Which weeks of one person are the cheapest, when every head is worth so much?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from scheduling.automaton import Ints, Layer, WeekGraph
from scheduling.levels import NOTHING, Goal, Level, Points, total
from scheduling.patterns import Beginning, Pattern, tallied
from scheduling.problem import Shift
from scheduling.rows import Row

Spelled = list[tuple[list[int], Points]]  # weeks: places of shifts, and their points
SCALE = 4096  # worths are whole numbers of 1/SCALE points, so that every bound is exact


@dataclass(frozen=True)
class Worth:
    """What one head of each row is worth, and one point of each level; both in 1/SCALE points."""

    heads: Ints
    points: Ints

    def of(self, points: Points) -> int:
        """What points of all levels come to, in 1/SCALE points."""
        return sum(int(w) * each for w, each in zip(self.points, points, strict=True))

    def blended(self, other: "Worth", share: float) -> "Worth":
        """Between this one, of which `share` is taken, and another."""
        heads = np.rint(share * self.heads + (1 - share) * other.heads).astype(np.int64)
        points = np.rint(share * self.points + (1 - share) * other.points).astype(np.int64)
        return Worth(heads, points)


def plain(rows: int, goal: Goal) -> Worth:
    """As if a head were worth nothing, and no level were kept."""
    return Worth(np.zeros(rows, dtype=np.int64), SCALE * np.array(goal.weights, dtype=np.int64))


@dataclass(frozen=True)
class Column:
    """A legal week, the rows in which it is a head, and how many heads in each."""

    pattern: Pattern
    rows: tuple[int, ...]
    heads: tuple[int, ...]


@dataclass(frozen=True)
class PersonWeeks:
    """One person's legal weeks beside the rows they are heads of.

    heads: one line for each shift worth trying (in the order of graph.times), one column for each
    row: how many heads the person in the shift is, mostly 0 or 1.
    """

    graph: WeekGraph
    heads: Ints
    pinned: Ints  # by row: the heads that the pins are

    @property
    def person(self) -> str:
        """The id of the person."""
        return self.graph.beginning.person.id

    @property
    def beginning(self) -> Beginning:
        """Where the person's week starts."""
        return self.graph.beginning

    @cached_property
    def weights(self) -> list[int]:
        """By row: how many heads the person is in each of its shifts, 0 where in none."""
        highest, lowest = self.heads.max(axis=0, initial=0), self.heads.min(axis=0, initial=0)
        weights: list[int] = (highest + lowest).tolist()
        return weights

    def only_pins(self) -> Column:
        """The week that keeps the pins and adds nothing."""
        return self._column((), NOTHING)

    def column(self, shifts: Sequence[Shift]) -> Column:
        """The legal week of the pins and these shifts, which are given in order of start."""
        places = [self._shifts.index(shift.id) for shift in shifts]
        tallies, points = self.beginning.tallies, NOTHING
        for shift in shifts:
            tallies, added = tallied(tallies, shift)
            points = total((points, added))
        return self._column(places, points)

    def cheapest(self, worth: Worth) -> tuple[int, Column]:
        """The week of least points minus worth, and that difference in 1/SCALE points."""
        values = -(self.heads @ worth.heads)
        costs = self._costs(worth)
        ahead = self._ahead(values, costs)
        taken: list[int] = []
        state, points = 0, np.zeros(len(Level), dtype=np.int64)
        for layer, cost, after in zip(self.graph.layers, costs, ahead[1:], strict=True):
            edges = np.arange(*np.searchsorted(layer.origin, (state, state + 1)))
            whole = cost[edges] + self._best(values)[layer.time[edges]] + after[layer.target[edges]]
            if not len(edges) or whole.min() >= 0:
                break
            edge = edges[int(whole.argmin())]
            taken.append(self._best_of(int(layer.time[edge]), values))
            points += layer.points[:, edge]
            state = int(layer.target[edge])
        return int(ahead[0][0]) + self._fixed(worth), self._column(taken, tuple(points.tolist()))

    def within(self, worth: Worth, budget: int, most: int) -> "Spelled | None":
        """Every week whose points minus worth are at most `budget`, in 1/SCALE points.

        None if there are more than `most`. `columns` makes columns of them.
        """
        values = -(self.heads @ worth.heads)
        costs = self._costs(worth)
        ahead = self._ahead(values, costs)
        left = budget - self._fixed(worth)
        found: Spelled = []
        paths = _Paths.root()
        for layer, cost, after in zip(self.graph.layers, costs, ahead[1:], strict=True):
            found += paths.ended(left)
            paths = self._longer(paths, layer, (cost, values, after), left)
            if len(found) + len(paths.state) > most:  # each path ends within what is left
                return None
        found += paths.ended(left)
        return found if len(found) <= most else None

    def columns(self, spelled: "Spelled") -> list[Column]:
        """The columns of weeks that were found within a budget."""
        return [self._column(*path) for path in spelled]

    def _costs(self, worth: Worth) -> list[Ints]:
        """What each edge costs by itself, by layer."""
        return [worth.points @ layer.points for layer in self.graph.layers]

    def _ahead(self, values: Ints, costs: Sequence[Ints]) -> list[Ints]:
        """By layer and state: the least that the rest of the week can add, 0 if it ends there."""
        times = self._best(values)
        layers = self.graph.layers
        ahead = [np.zeros(layers[-1].reached if layers else 1, dtype=np.int64)]
        for layer, cost in zip(reversed(layers), reversed(costs), strict=True):
            whole = cost + times[layer.time] + ahead[0][layer.target]
            least = np.zeros(layer.states, dtype=np.int64)
            starts = np.flatnonzero(np.diff(layer.origin, prepend=-1))
            least[layer.origin[starts]] = np.minimum(0, np.minimum.reduceat(whole, starts))
            ahead.insert(0, least)
        return ahead

    def _best(self, values: Ints) -> Ints:
        """The cheapest shift of each time."""
        return np.minimum.reduceat(values, self._firsts) if len(values) else values

    def _best_of(self, time: int, values: Ints) -> int:
        first = int(self._firsts[time])
        return first + int(values[first : first + int(self._widths[time])].argmin())

    def _fixed(self, worth: Worth) -> int:
        return worth.of(self.graph.beginning.points) - int(self.pinned @ worth.heads)

    def _longer(
        self, paths: "_Paths", layer: Layer, priced: tuple[Ints, Ints, Ints], left: int
    ) -> "_Paths":
        """The paths one shift longer that can still end within what is left.

        priced: what each edge costs, what each shift does, and the least from each target on.
        """
        cost, values, after = priced
        begins = np.searchsorted(layer.origin, paths.state, side="left")
        ends = np.searchsorted(layer.origin, paths.state, side="right")
        path, edge = _spread(begins, ends)
        rest = cost + after[layer.target]  # whatever shift of its time is taken
        times = self._best(values)
        keep = paths.cost[path] + rest[edge] + times[layer.time[edge]] <= left
        path, edge = path[keep], edge[keep]
        first = self._firsts[layer.time[edge]]
        which, shift = _spread(first, first + self._widths[layer.time[edge]])
        path, edge = path[which], edge[which]
        keep = paths.cost[path] + rest[edge] + values[shift] <= left
        path, edge, shift = path[keep], edge[keep], shift[keep]
        return _Paths(
            state=layer.target[edge],
            cost=paths.cost[path] + cost[edge] + values[shift],
            points=paths.points[path] + layer.points[:, edge].T,
            shifts=np.column_stack([paths.shifts[path], shift]),
        )

    def _column(self, taken: Sequence[int], points: Points) -> Column:
        start = self.graph.beginning
        ids = (*(s.id for s in start.pins), *(self._shifts[place] for place in taken))
        heads = chain(self._pinned_heads, *(self._heads[place] for place in taken))
        ordered = sorted(heads)
        pattern = Pattern(self.person, ids, total((start.points, points)))
        return Column(pattern, tuple(r for r, _ in ordered), tuple(h for _, h in ordered))

    @cached_property
    def _heads(self) -> list[list[tuple[int, int]]]:
        return [_nonzero(line) for line in self.heads]

    @cached_property
    def _pinned_heads(self) -> list[tuple[int, int]]:
        return _nonzero(self.pinned)

    @cached_property
    def _shifts(self) -> tuple[str, ...]:
        return tuple(shift.id for shifts in self.graph.times for shift in shifts)

    @cached_property
    def _widths(self) -> Ints:
        return np.array([len(shifts) for shifts in self.graph.times], dtype=np.int64)

    @cached_property
    def _firsts(self) -> Ints:
        return np.cumsum(self._widths) - self._widths


def person_weeks(graph: WeekGraph, rows: Sequence[Row]) -> PersonWeeks:
    """A person's legal weeks beside the rows."""
    person, pins = graph.beginning.person, graph.beginning.pins
    shifts = [shift for shifts in graph.times for shift in shifts]
    by_shift: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for name in row.shifts:
            by_shift.setdefault(name, []).append(place)
    heads = np.zeros((len(shifts) + 1, len(rows)), dtype=np.int64)
    for line, shift in (*enumerate(shifts), *((len(shifts), pin) for pin in pins)):
        for place in by_shift.get(shift.id, ()):
            heads[line, place] += rows[place].heads(person, shift)
    return PersonWeeks(graph, heads[:-1], heads[-1])


def _nonzero(line: Ints) -> list[tuple[int, int]]:
    places = np.flatnonzero(line)
    return list(zip(places.tolist(), line[places].tolist(), strict=True))


@dataclass(frozen=True)
class _Paths:
    """Weeks being spelled out together, one line each."""

    state: Ints
    cost: Ints
    points: Ints
    shifts: Ints

    @staticmethod
    def root() -> "_Paths":
        one = np.zeros(1, dtype=np.int64)
        points = np.zeros((1, len(Level)), dtype=np.int64)
        return _Paths(one, one, points, np.zeros((1, 0), dtype=np.int64))

    def ended(self, left: int) -> Spelled:
        """The paths that end here within what is left: their shifts and points."""
        here = np.flatnonzero(self.cost <= left)
        points = map(tuple, self.points[here].tolist())
        return list(zip(self.shifts[here].tolist(), points, strict=True))


def _spread(begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Every whole number of every stretch, beside the place of its stretch."""
    lengths = ends - begins
    place = np.repeat(np.arange(len(begins)), lengths)
    offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return place, begins[place] + offset
