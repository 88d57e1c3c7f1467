"""What does one rule's or wish's automaton do? Its states by number, walked once, and merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scheduling.problem import Shift
from scheduling.rules import Refusal
from scheduling.rules.faces import Tally, Week

Ints = npt.NDArray[np.int64]
REFUSED, UNKNOWN = -1, -2


@dataclass(frozen=True)
class AnyOf:
    """One of several states, by number, nobody knows which.

    What one of them allows is allowed, at the least points that one of them asks.
    """

    numbers: tuple[int, ...]


Machine = Week | Tally


class Table:
    """The next state and the added points, by state and column; each cell is walked when needed."""

    def __init__(self, columns: Sequence[Shift]) -> None:
        self._columns = columns
        self._numbers: dict[Machine | AnyOf, int] = {}
        self._states: list[Machine | AnyOf] = []
        self._nexts = np.full((8, len(columns)), UNKNOWN, dtype=np.int64)
        self._points = np.zeros((8, len(columns)), dtype=np.int64)

    def number(self, state: Machine | AnyOf) -> int:
        """The number of a state, the same for equal states."""
        if state not in self._numbers:
            self._numbers[state] = len(self._states)
            self._states.append(state)
            if len(self._states) > len(self._nexts):
                self._nexts = np.vstack([self._nexts, np.full_like(self._nexts, UNKNOWN)])
                self._points = np.vstack([self._points, np.zeros_like(self._points)])
        return self._numbers[state]

    def merged(self, numbers: Iterable[int]) -> int:
        """The number of a state that may be any of these."""
        members: set[int] = set()
        for number in numbers:
            match self._states[number]:
                case AnyOf(numbers=several):
                    members |= set(several)
                case _:
                    members.add(number)
        return members.pop() if len(members) == 1 else self.number(AnyOf(tuple(sorted(members))))

    def after(self, states: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """The next states (or REFUSED) and the points added."""
        nexts = self._nexts[states, columns]
        unknown = nexts == UNKNOWN
        if unknown.any():
            cells = np.unique(states[unknown] * len(self._columns) + columns[unknown])
            for cell in cells.tolist():
                self._walk(*divmod(cell, len(self._columns)))
            nexts = self._nexts[states, columns]
        return nexts, self._points[states, columns]

    def _walk(self, state: int, column: int) -> tuple[int, int]:
        if self._nexts[state, column] == UNKNOWN:
            match self._states[state]:
                case AnyOf(numbers=several):
                    after, points = self._least(several, column)
                case machine:
                    reached, points = stepped(machine, self._columns[column])
                    after = REFUSED if reached is None else self.number(reached)
            self._nexts[state, column], self._points[state, column] = after, points
        return int(self._nexts[state, column]), int(self._points[state, column])

    def _least(self, numbers: Sequence[int], column: int) -> tuple[int, int]:
        steps = [self._walk(number, column) for number in numbers]
        allowed = [(after, points) for after, points in steps if after != REFUSED]
        if not allowed:
            return REFUSED, 0
        return self.merged(after for after, _ in allowed), min(points for _, points in allowed)


def stepped(machine: Machine, shift: Shift) -> tuple[Machine | None, int]:
    """The machine after a shift, None where it refuses, and the points that this adds."""
    match machine.extend(shift):
        case Refusal():
            return None, 0
        case (after, points):
            return after, points
        case after:
            return after, 0


def distinct(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Where each distinct row of parallel columns stands first, and which of them each row is.

    Sorted by the first column, then by the second, and so on.
    """
    place = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        if (column == column[:1]).all():
            continue
        place = place * (int(column.max(initial=0)) + 1) + column
        _, place = np.unique(place, return_inverse=True)
    _, first = np.unique(place, return_index=True)
    return first, place


def merged(tables: Sequence[Table], columns: Sequence[Ints], room: int) -> list[Ints]:
    """One person's states, by machine, merged until no more than `room` are distinct.

    What tells most of them apart is remembered more vaguely each time.
    """
    vague = list(columns)
    while (states := len(distinct(vague)[0])) > room:
        widest = int(np.argmax([len(np.unique(column)) for column in vague]))
        values, place = np.unique(vague[widest], return_inverse=True)
        together = min(len(values), -(-states // room))
        groups = [values[at : at + together].tolist() for at in range(0, len(values), together)]
        numbers = np.array([tables[widest].merged(group) for group in groups], dtype=np.int64)
        vague[widest] = numbers[place // together]
    return vague
