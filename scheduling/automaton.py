"""All legal weeks of one person as a graph, so that millions of weeks are priced at once.

Every rule and wish is a small automaton (`Week.extend`, `Tally.extend`). Their tables are walked
once in plain Python; the product of the tables is built layer by layer in NumPy: a layer holds the
distinct states after so many shifts, an edge adds one shift. A path is a legal week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from scheduling.levels import Level
from scheduling.patterns import Beginning
from scheduling.problem import Problem, Shift, Span
from scheduling.rules import PERSONAL_RULES, PERSONAL_WISHES, Refusal
from scheduling.rules.faces import Tally, Week

Ints = npt.NDArray[np.int64]
REFUSED = -1


@dataclass(frozen=True)
class Layer:
    """Edges from the states after k shifts to those after k + 1, sorted by their origin."""

    states: int  # before the shift
    reached: int  # states after it
    origin: Ints
    time: Ints  # index into WeekGraph.times
    target: Ints
    points: Ints  # one line for each level


@dataclass(frozen=True)
class WeekGraph:
    """The legal weeks of one person.

    times: the shifts worth trying, gathered by what rules may look at (`Workshop`);
    one edge stands for all shifts of its time, which differ only in what the rows say of them.
    """

    beginning: Beginning
    times: tuple[tuple[Shift, ...], ...]
    layers: tuple[Layer, ...]

    def weeks(self) -> int:
        """How many legal weeks there are."""
        width = np.array([len(shifts) for shifts in self.times], dtype=np.int64)
        count = np.ones(self.layers[-1].reached if self.layers else 1, dtype=np.int64)
        for layer in reversed(self.layers):
            below = width[layer.time] * count[layer.target]
            count = 1 + np.bincount(layer.origin, below, layer.states).astype(np.int64)
        return int(count[0])


Machine = Week | Tally
LEVELS = (*(None for _ in PERSONAL_RULES), *(wish.level for wish in PERSONAL_WISHES))


class _Table:
    """One rule's or wish's automaton: next state and added points, by state and time.

    A state's row is walked when a graph first reaches it, and never again.
    """

    def __init__(self, times: Sequence[Shift]) -> None:
        self._times = times
        self._numbers: dict[Machine, int] = {}
        self._states: list[Machine] = []
        self._rows: dict[int, tuple[Ints, Ints]] = {}

    def number(self, state: Machine) -> int:
        """The number of a state, the same for equal states."""
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
        return self._numbers[state]

    def after(self, states: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """The next state (or REFUSED) and the points added; each state x column."""
        distinct, places = np.unique(states, return_inverse=True)
        rows = [self._row(int(state)) for state in distinct]
        nexts = np.stack([row[columns] for row, _ in rows])
        points = np.stack([row[columns] for _, row in rows])
        return nexts[places], points[places]

    def _row(self, state: int) -> tuple[Ints, Ints]:
        if state not in self._rows:
            steps = [_step(self._states[state], shift) for shift in self._times]
            nexts = [REFUSED if after is None else self.number(after) for after, _ in steps]
            self._rows[state] = (
                np.array(nexts, dtype=np.int64),
                np.array([points for _, points in steps], dtype=np.int64),
            )
        return self._rows[state]


def _step(state: Machine, shift: Shift) -> tuple[Machine | None, int]:
    match state.extend(shift):
        case Refusal():
            return None, 0
        case (after, points):
            return after, points
        case after:
            return after, 0


class Workshop:
    """Builds the graphs of all people of one problem; equal states are walked once."""

    def __init__(self, problem: Problem) -> None:
        self._published = frozenset(pin.shift for pin in problem.published or ())
        keys = {self._looks(shift): shift for shift in reversed(problem.shifts)}
        self._order = {key: place for place, key in enumerate(sorted(keys))}
        self._shifts = [keys[key] for key in self._order]
        machines = len(PERSONAL_RULES) + len(PERSONAL_WISHES)
        self._tables = [_Table(self._shifts) for _ in range(machines)]

    def graph(self, start: Beginning) -> WeekGraph:
        """The legal weeks that grow from a beginning."""
        gathered: dict[int, list[Shift]] = {}
        for shift in start.shifts:
            gathered.setdefault(self._order[self._looks(shift)], []).append(shift)
        columns = sorted(gathered)
        times = tuple(tuple(gathered[column]) for column in columns)
        machines: list[Machine] = [*start.rules, *start.tallies]
        still = [_stays(machine, start.shifts) for machine in machines]
        flat = np.zeros((len(Level), len(times)), dtype=np.int64)
        moving: list[_Moving] = []
        for table, machine, stays, level in zip(self._tables, machines, still, LEVELS, strict=True):
            if not stays:
                moving.append(_Moving(table, machine, level))
            elif level is not None:
                points = [_step(machine, shifts[0])[1] for shifts in times]
                flat[level] += np.array(points, dtype=np.int64)
        return WeekGraph(start, times, _layers(moving, np.array(columns, dtype=np.int64), flat))

    def _looks(self, shift: Shift) -> tuple[Span, timedelta, str, bool, str]:
        """What rules and wishes may look at; what was published is told apart, shift by shift."""
        name = shift.id if shift.id in self._published else ""
        return (shift.span, shift.handover, shift.kind, shift.weekend, name)


def _stays(state: Machine, shifts: Sequence[Shift]) -> bool:
    """Whether no shift worth trying ever changes the state."""
    return all(_step(state, shift)[0] == state for shift in shifts)


@dataclass(frozen=True)
class _Moving:
    """A machine that shifts change, and the level its points belong to."""

    table: _Table
    machine: Machine
    level: Level | None


def _layers(machines: Sequence[_Moving], columns: Ints, flat: Ints) -> tuple[Layer, ...]:
    states = [np.array([each.table.number(each.machine)]) for each in machines]
    layers: list[Layer] = []
    while len(columns):
        pairs = zip(machines, states, strict=True)
        steps = [each.table.after(now, columns) for each, now in pairs]
        origin, time = np.nonzero(np.all([nexts != REFUSED for nexts, _ in steps], axis=0))
        if not len(origin):
            break
        points = flat[:, time]
        for each, (_, added) in zip(machines, steps, strict=True):
            if each.level is not None:
                points[each.level] += added[origin, time]
        states, target = _distinct([nexts[origin, time] for nexts, _ in steps])
        layers.append(Layer(len(steps[0][0]), len(states[0]), origin, time, target, points))
    return tuple(layers)


def _distinct(columns: Sequence[Ints]) -> tuple[list[Ints], Ints]:
    """The distinct rows of parallel columns, and where each row went."""
    place = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, narrow = np.unique(column, return_inverse=True)
        _, place = np.unique(place * len(values) + narrow, return_inverse=True)
    _, first = np.unique(place, return_index=True)
    return [column[first] for column in columns], place
