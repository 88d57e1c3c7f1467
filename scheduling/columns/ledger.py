"""What does each person, day and shift cost? The instance as arrays, prices in whole points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduling.formats.instance import Instance, Plan

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
OFF: Final = -1


class Column(NamedTuple):
    """One person's whole roster: the index of the shift of each day, OFF for a day off."""

    person: int
    shifts: tuple[int, ...]
    points: int


@dataclass(frozen=True)
class Ledger:
    """Prices by person, day and shift. Each head is charged as one too many; `slack` pays it back.

    personal: points of one person in one cell, its over-staffing included.
    allowed: whether a person may stand there at all.
    need, slack: heads wanted in a cell, and points for each head below that.
    fixed: points that no roster changes.
    """

    instance: Instance
    personal: Ints
    allowed: NDArray[np.bool_]
    need: Ints
    slack: Ints
    fixed: int

    def column(self, person: int, shifts: Sequence[int]) -> Column:
        """A person's roster with its price."""
        cells = ((day, shift) for day, shift in enumerate(shifts) if shift != OFF)
        points = sum(int(self.personal[person, day, shift]) for day, shift in cells)
        return Column(person, tuple(shifts), points)

    def heads(self, columns: Iterable[Column]) -> Ints:
        """How many work in each cell."""
        heads = np.zeros_like(self.need)
        for column in columns:
            days, shifts = worked(column)
            heads[days, shifts] += 1
        return heads

    def price(self, columns: Sequence[Column]) -> int:
        """What a whole roster costs."""
        missing = np.maximum(self.need - self.heads(columns), 0)
        return self.fixed + sum(c.points for c in columns) + int((missing * self.slack).sum())

    def plan(self, columns: Iterable[Column]) -> Plan:
        """The roster in the words of the instance."""
        ids = [shift.id for shift in self.instance.shifts]
        return Plan(
            {
                self.instance.staff[c.person].id: tuple(
                    None if s == OFF else ids[s] for s in c.shifts
                )
                for c in columns
            }
        )


def worked(column: Column) -> tuple[list[int], list[int]]:
    """The days somebody works, and the shifts on them."""
    days = [day for day, shift in enumerate(column.shifts) if shift != OFF]
    return days, [column.shifts[day] for day in days]


def ledger(instance: Instance) -> Ledger:
    """The arrays of an instance."""
    place = {shift.id: index for index, shift in enumerate(instance.shifts)}
    need = np.zeros((instance.days, len(place)), np.int64)
    over, slack = np.zeros_like(need), np.zeros_like(need)
    for row in instance.cover:
        cell = row.day, place[row.shift]
        need[cell], over[cell], slack[cell] = row.heads, row.over, row.under + row.over
    personal = _personal(instance, place, over)
    fixed = sum(wish.weight for wish in instance.wanted) - int((over * need).sum())
    return Ledger(instance, personal, _allowed(instance, place), need, slack, fixed)


def _personal(instance: Instance, place: dict[str, int], over: Ints) -> Ints:
    people = {person.id: index for index, person in enumerate(instance.staff)}
    personal = np.repeat(over[np.newaxis], len(people), axis=0)
    for sign, wishes in ((-1, instance.wanted), (1, instance.unwanted)):
        for wish in wishes:
            personal[people[wish.employee], wish.day, place[wish.shift]] += sign * wish.weight
    return personal


def _allowed(instance: Instance, place: dict[str, int]) -> NDArray[np.bool_]:
    allowed = np.ones((len(instance.staff), instance.days, len(place)), np.bool_)
    for index, person in enumerate(instance.staff):
        allowed[index, sorted(person.days_off)] = False
        allowed[index] &= person.longest_run > 0
        never = [place[shift] for shift, most in person.most.items() if most == 0]
        allowed[index, :, never] = False
    return allowed
