"""One person's legal weeks: the cheapest, every one within a price, the one of a given roster."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduling.legal.growth import Ints, Layer, spread
from scheduling.legal.pricing import Column, Weeks, Worth
from scheduling.legal.seeking import sought
from scheduling.patterns import Beginning, legal, tallied
from scheduling.problem import Shift
from scheduling.telling.levels import NOTHING, Level, Points, total

Spelled = list[tuple[tuple[int, ...], Points]]  # weeks: places of shifts, and their points


def cheapest(weeks: Weeks, worth: Worth) -> list[tuple[int, Column]]:
    """For each person what no week undercuts, and a cheap week: the cheapest unless vague.

    Costs are points minus worth, in 1/SCALE points.
    """
    priced, fixed = weeks.priced(worth), weeks.fixed(worth).tolist()
    found = []
    for place, cost in enumerate(fixed):
        if place in weeks.graph.vague:
            alone = weeks.alone(place)
            least, path = sought(alone, alone.priced(worth), worth)
            found.append((cost + least, alone.column(0, *path)))
        else:
            path = weeks.path(priced, place)
            found.append((cost + int(priced.ahead[0][place]), weeks.column(place, *path)))
    return found


@dataclass(frozen=True)
class PersonWeeks:
    """One person's legal weeks beside the rows they are heads of."""

    weeks: Weeks

    @property
    def person(self) -> str:
        """The id of the person."""
        return self.beginning.person.id

    @property
    def beginning(self) -> Beginning:
        """Where the person's week starts."""
        return self.weeks.graph.starts[0]

    @property
    def vague(self) -> bool:
        """Whether the graph holds more than the legal weeks."""
        return bool(self.weeks.graph.vague)

    @cached_property
    def most(self) -> tuple[Ints, Ints]:
        """The rows in which the person can be heads, and as how many heads at most in each."""
        rows, place = np.unique(self.weeks.heads.rows, return_inverse=True)
        most = np.full(len(rows), np.iinfo(np.int32).min, dtype=np.int64)
        np.maximum.at(most, place, self.weeks.heads.counts)
        return rows.astype(np.int64), most

    def only_pins(self) -> Column:
        """The week that keeps the pins and adds nothing."""
        return self.weeks.only_pins(0)

    def week(self, ids: Collection[str]) -> Column:
        """The legal week of shifts with these ids, pins among them."""
        pins = {pin.id for pin in self.beginning.pins}
        return self.column([s for s in self.beginning.shifts if s.id in ids and s.id not in pins])

    def column(self, shifts: Sequence[Shift]) -> Column:
        """The legal week of the pins and these shifts, which are given in order of start."""
        ids = [shift.id for shift in self.weeks.shifts]
        return self.weeks.column(0, [ids.index(s.id) for s in shifts], self._points(shifts))

    def cheapest(self, worth: Worth) -> tuple[int, Column]:
        """What no week of this person undercuts, and a cheap week: the cheapest unless vague.

        Costs are points minus worth, in 1/SCALE points.
        """
        return cheapest(self.weeks, worth)[0]

    def within(self, worth: Worth, budget: int, most: int) -> "Spelled | None":
        """Every week whose points minus worth are at most `budget`, in 1/SCALE points.

        None if there are more than `most`. `columns` makes columns of them.
        """
        priced = self.weeks.priced(worth)
        left = budget - int(self.weeks.fixed(worth)[0])
        found: Spelled = []
        paths = _Paths.root()
        for layer, after in zip(self.weeks.graph.layers, priced.ahead[1:], strict=True):
            found += paths.ended(left)
            costs = (worth.costs(layer.points), priced.shifts, after)
            paths = self._longer(paths, layer, costs, left)
            if len(found) + len(paths.state) > most:  # each path ends within what is left
                return None
        found += paths.ended(left)
        if len(found) > most:
            return None
        return self._legal(found) if self.vague else found

    def columns(self, spelled: "Spelled") -> list[Column]:
        """The columns of weeks that were found within a budget."""
        return [self.weeks.column(0, *path) for path in spelled]

    def _legal(self, spelled: "Spelled") -> "Spelled":
        """Those weeks of a vague graph that are legal, with their true points."""
        weeks = [[self.weeks.shifts[place] for place in places] for places, _ in spelled]
        rules = self.beginning.rules
        return [
            (places, self._points(shifts))
            for (places, _), shifts in zip(spelled, weeks, strict=True)
            if legal(rules, shifts)
        ]

    def _points(self, shifts: Sequence[Shift]) -> Points:
        tallies, points = self.beginning.tallies, NOTHING
        for shift in shifts:
            tallies, added = tallied(tallies, shift)
            points = total((points, added))
        return points

    def _longer(
        self, paths: "_Paths", layer: Layer, costs: tuple[Ints, Ints, Ints], left: int
    ) -> "_Paths":
        """The paths one shift longer that can still end within what is left.

        costs: of each edge by itself, of each shift, and the least from each target on.
        """
        edges, shifts, after = costs
        times = np.minimum.reduceat(shifts, self.weeks.graph.firsts[:-1])
        path, edge = spread(layer.begins[paths.state], layer.begins[paths.state + 1])
        rest = edges + after[layer.target]  # whatever shift of its time is taken
        keep = paths.cost[path] + rest[edge] + times[layer.time[edge]] <= left
        path, edge = path[keep], edge[keep]
        firsts, flat, time = self.weeks.graph.firsts, self.weeks.graph.flat, layer.time[edge]
        which, shift = spread(firsts[time], firsts[time + 1])
        path, edge = path[which], edge[which]
        keep = paths.cost[path] + rest[edge] + shifts[shift] <= left
        path, edge, shift = path[keep], edge[keep], shift[keep]
        return _Paths(
            state=layer.target[edge].astype(np.int64),
            cost=paths.cost[path] + edges[edge] + shifts[shift],
            points=paths.points[path] + (layer.points[:, edge] + flat[:, shift]).T,
            shifts=np.column_stack([paths.shifts[path], shift]),
        )


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
        shifts, points = self.shifts[here].tolist(), self.points[here].tolist()
        return list(zip(map(tuple, shifts), map(tuple, points), strict=True))
