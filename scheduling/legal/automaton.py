"""All legal weeks of some people as a graph, so that millions of weeks are priced at once.

Every rule and wish is a small automaton (`Week.extend`, `Tally.extend`). Its table is walked in
plain Python, each cell once; the product of the tables is built layer by layer in NumPy for many
people together: a layer holds the distinct states after so many shifts, an edge adds one shift. A
path is a legal week.

Where somebody has more states than there is room for, states are merged (`tables`): their graph is
vague then. It holds every legal week, at no more than its points, and others as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np

from scheduling.legal.growth import LEVELS, Growth, Ints, Layer, Narrow
from scheduling.legal.tables import Machine, Table, stepped
from scheduling.patterns import Beginning
from scheduling.problem import Problem, Shift, Span
from scheduling.telling.levels import Level

EDGES = 1_000_000  # of one person, unless told otherwise


@dataclass(frozen=True)
class WeekGraph:
    """The legal weeks of some people, who are the states before the first layer.

    times: of each person in turn, the shifts worth trying, gathered by what rules may look at
    (`Workshop`); one edge stands for all shifts of its time, which differ only in what
    the rows say of them and in `flat`: points of a shift whatever else is taken, a line for each
    level. owned: where each person's times, then their states before each layer and after the last
    one, begin. vague: the places of people whose states were merged.
    """

    starts: tuple[Beginning, ...]
    times: tuple[tuple[Shift, ...], ...]
    flat: Narrow
    layers: tuple[Layer, ...]
    owned: tuple[Ints, ...]
    vague: frozenset[int] = frozenset()

    def weeks(self) -> int:
        """How many legal weeks there are; where the graph is vague, how many at most."""
        width = np.array([len(shifts) for shifts in self.times], dtype=np.float64)
        count = np.ones(int(self.owned[-1][-1]))
        for layer in reversed(self.layers):
            below = width[layer.time] * count[layer.target]
            count = np.ones(len(layer.begins) - 1)
            count[layer.leaving] += np.add.reduceat(below, layer.begins[layer.leaving])
        return int(count.sum())

    def edges(self) -> int:
        """How large the graph is."""
        return sum(len(layer.time) for layer in self.layers)

    @cached_property
    def firsts(self) -> Ints:
        """By time, where its shifts begin among all shifts, and where the last ones end."""
        return np.cumsum([0, *map(len, self.times)], dtype=np.int64)

    def alone(self, place: int) -> "WeekGraph":
        """The part of one person."""
        times, *states = ((int(at[place]), int(at[place + 1])) for at in self.owned)
        layers: list[Layer] = []
        for layer, (first, last), (low, _) in zip(self.layers, states, states[1:], strict=False):
            begins = layer.begins[first : last + 1]
            edges = slice(int(begins[0]), int(begins[-1]))
            if edges.start == edges.stop:
                break
            time, target = layer.time[edges] - times[0], layer.target[edges] - low
            layers.append(Layer(begins - edges.start, time, target, layer.points[:, edges]))
        owned = (times, *states[: len(layers) + 1])
        return WeekGraph(
            (self.starts[place],),
            self.times[slice(*times)],
            self.flat[:, slice(*self.firsts[list(times)])],
            tuple(layers),
            tuple(np.array([0, end - begin]) for begin, end in owned),
            frozenset((0,)) if place in self.vague else frozenset(),
        )


class Workshop:
    """Builds the graphs of all people of one problem; equal states are walked once."""

    def __init__(self, problem: Problem) -> None:
        self._published = frozenset(pin.shift for pin in problem.published or ())
        keys = {self._looks(shift): shift for shift in reversed(problem.shifts)}
        self._order = {key: place for place, key in enumerate(sorted(keys))}
        shifts = [keys[key] for key in self._order]
        self._tables = [Table(shifts) for _ in LEVELS]

    def graph(self, starts: Sequence[Beginning], most: int = EDGES) -> WeekGraph:
        """The legal weeks that grow from some beginnings; most: edges of each person, at most."""
        gathered = [self._gathered(start) for start in starts]
        times = tuple(tuple(shifts) for mine in gathered for shifts in mine.values())
        columns = [column for mine in gathered for column in mine]
        owned = np.cumsum([0, *map(len, gathered)], dtype=np.int64)
        moving, flat = _apart(starts, gathered)
        growth = Growth([self._tables[row] for row in moving], moving, (columns, owned), most)
        growth.grow([_machines(start) for start in starts])
        return WeekGraph(
            tuple(starts),
            times,
            flat,
            tuple(growth.layers),
            (owned, *growth.owned),
            frozenset(growth.vague),
        )

    def _gathered(self, start: Beginning) -> dict[int, list[Shift]]:
        gathered: dict[int, list[Shift]] = {}
        for shift in start.shifts:
            gathered.setdefault(self._order[self._looks(shift)], []).append(shift)
        return dict(sorted(gathered.items()))

    def _looks(self, shift: Shift) -> tuple[Span, timedelta, str, bool, str]:
        """What rules and wishes may look at; what was published is told apart, shift by shift."""
        name = shift.id if shift.id in self._published else ""
        return (shift.span, shift.handover, shift.kind, shift.weekend, name)


def _machines(start: Beginning) -> tuple[Machine, ...]:
    """In the order of LEVELS."""
    return (*start.rules, *start.tallies)


def _apart(
    starts: Sequence[Beginning], gathered: Sequence[Mapping[int, Sequence[Shift]]]
) -> tuple[list[int], Narrow]:
    """Which machines some shift changes; and what the others make of each shift, by level."""
    moving: set[int] = set()
    steps: list[list[int]] = [[] for _ in LEVELS]
    for start, times in zip(starts, gathered, strict=True):
        shifts = [shift for mine in times.values() for shift in mine]
        for row, machine in enumerate(_machines(start)):
            afters = [stepped(machine, shift) for shift in shifts]
            steps[row] += [points for _, points in afters]
            if any(after != machine for after, _ in afters):
                moving.add(row)
    flat = np.zeros((len(Level), len(steps[0])), dtype=np.int32)
    for row, level in enumerate(LEVELS):
        if level is not None and row not in moving:
            flat[level] += np.array(steps[row], dtype=np.int32)
    return sorted(moving), flat
