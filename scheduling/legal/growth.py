"""How does a graph of legal weeks grow, layer by layer, for many people together?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from scheduling.legal.tables import REFUSED, Machine, Table, distinct, merged
from scheduling.rules import PERSONAL_RULES, PERSONAL_WISHES
from scheduling.telling.levels import Level

Ints = npt.NDArray[np.int64]
Narrow = npt.NDArray[np.int32]
LEVELS = (*(None for _ in PERSONAL_RULES), *(wish.level for wish in PERSONAL_WISHES))
RULES = len(PERSONAL_RULES)


@dataclass(frozen=True)
class Layer:
    """Edges from the states after k shifts to those after k + 1.

    begins: by state, where its edges begin, and where the last ones end.
    """

    begins: Ints
    time: Narrow  # index into WeekGraph.times
    target: Narrow
    points: Narrow  # one line for each level

    @cached_property
    def leaving(self) -> Ints:
        """The states that have edges."""
        return np.flatnonzero(np.diff(self.begins))


class Growth:
    """The layers of some people's graphs while they grow.

    rows: of the machines that move, as in LEVELS; times: column of each, and where each person's
    begin; most: edges of each person.
    """

    def __init__(
        self, tables: Sequence[Table], rows: Sequence[int], times: tuple[list[int], Ints], most: int
    ) -> None:
        self._tables, self._rows = tables, rows
        self._columns, self._times = np.array(times[0], dtype=np.int64), times[1]
        self._people = len(self._times) - 1
        self._room = np.full(self._people, most, dtype=np.int64)  # edges still allowed
        self.layers: list[Layer] = []
        self.owned: list[Ints] = [np.arange(self._people + 1)]
        self.vague: set[int] = set()

    def grow(self, machines: Sequence[Sequence[Machine]]) -> None:
        """All layers, from each person's machines before the first shift."""
        owner = np.arange(self._people)
        states = [
            np.array([table.number(mine[row]) for mine in machines], dtype=np.int64)
            for row, table in zip(self._rows, self._tables, strict=True)
        ]
        longest = int(np.diff(self._times).max(initial=0))
        while len(owner) and len(self.layers) < longest:
            state, time = self._legal(states, owner)
            if not len(state):
                break
            nexts, points = self._steps(states, state, time)
            self._narrow(nexts, owner[state])
            begins = np.searchsorted(state, np.arange(len(owner) + 1))
            first, target = distinct([owner[state], *nexts])
            states, owner = [each[first] for each in nexts], owner[state][first]
            self.owned.append(np.searchsorted(owner, np.arange(self._people + 1)))
            narrow = (each.astype(np.int32) for each in (time, target, points))
            self.layers.append(Layer(begins, *narrow))

    def _legal(self, states: Sequence[Ints], owner: Ints) -> tuple[Ints, Ints]:
        """Every shift that no rule refuses, of each state's person, beside the state."""
        state, time = spread(self._times[owner], self._times[owner + 1])
        for row, table, now in zip(self._rows, self._tables, states, strict=True):
            if row < RULES:
                nexts, _ = table.after(now[state], self._columns[time])
                keep = nexts != REFUSED
                state, time = state[keep], time[keep]
        self._room -= np.bincount(owner[state], minlength=self._people)
        return state, time

    def _steps(self, states: Sequence[Ints], state: Ints, time: Ints) -> tuple[list[Ints], Ints]:
        """The machines' states after each edge, and the points of each."""
        nexts, points = [], np.zeros((len(Level), len(state)), dtype=np.int64)
        for row, table, now in zip(self._rows, self._tables, states, strict=True):
            after, added = table.after(now[state], self._columns[time])
            level = LEVELS[row]
            if level is not None:
                points[level] += added
            nexts.append(after)
        return nexts, points

    def _narrow(self, nexts: list[Ints], owner: Ints) -> None:
        """Merge states of whoever has more of them than the next layer has room for."""
        first, _ = distinct([owner, *nexts])
        count = np.bincount(owner[first], minlength=self._people)
        times = np.maximum(1, np.diff(self._times))
        room = np.maximum(1, self._room // (2 * times))  # half of the edges are for later layers
        for person in np.flatnonzero(count > room).tolist():
            self.vague.add(person)
            mine = slice(*np.searchsorted(owner, (person, person + 1)))
            vague = merged(self._tables, [each[mine] for each in nexts], int(room[person]))
            for each, less in zip(nexts, vague, strict=True):
                each[mine] = less


def spread(begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Every whole number of every stretch, beside the place of its stretch."""
    lengths = ends - begins
    place = np.repeat(np.arange(len(begins)), lengths)
    offset = np.arange(len(place)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return place, begins[place] + offset
