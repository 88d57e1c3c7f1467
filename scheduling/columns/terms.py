"""Which rosters may people of one contract work? The steps of a walk over the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from scheduling.formats.instance import Employee, Instance


@dataclass(frozen=True)
class Move:
    """Shifts that do the same to a walk.

    follow: the class they lead to; after: the classes of the day before that allow them.
    units: working time they add; counter: the place of their own count, None without one.
    """

    follow: int
    after: tuple[int, ...]
    shifts: tuple[int, ...]
    units: int
    counter: int | None


@dataclass(frozen=True)
class Terms:
    """One contract as a walk.

    A state of a walk is a run (class of the last shift, days so far) or a stretch of days off;
    beside it stand counters: capped shifts in order of `capped`, weekends, units of working time.
    lows: after each number of days, the fewest units from which the least can still be reached.
    sizes: of the counters; legal: which of them may stand at the end.
    """

    days: int
    classes: int
    longest: int
    shortest: int
    off: int
    moves: tuple[Move, ...]
    capped: tuple[int, ...]
    lows: tuple[int, ...]
    sizes: tuple[int, ...]
    legal: NDArray[np.bool_]

    @property
    def runs(self) -> int:
        """How many states are runs; those of days off come after them."""
        return self.classes * self.longest

    @property
    def states(self) -> int:
        """How many states there are."""
        return self.runs + self.off

    @property
    def cells(self) -> int:
        """How many numbers one person's walk takes."""
        return (self.days + 1) * self.states * prod(self.sizes)


def terms(instance: Instance, person: Employee, capped: Sequence[int]) -> Terms:
    """The walk of a person's contract, counting the shifts of `capped` by themselves."""
    times = _Times(instance, person, tuple(capped))
    lows, highs = times.windows()
    caps = [person.most[instance.shifts[shift].id] for shift in capped]
    width = max(1, *(high - low + 1 for low, high in zip(lows, highs, strict=True)))
    sizes = (*(cap + 1 for cap in caps), person.weekends + 1, width)
    classes, moves = _moves(instance, times)
    return Terms(
        instance.days,
        classes,
        _longest(instance, person),
        max(1, person.shortest_run),
        max(1, person.fewest_days_off),
        moves,
        tuple(capped),
        lows,
        sizes,
        times.legal(sizes, lows[-1]),
    )


def unit(instance: Instance, person: Employee, capped: Sequence[int]) -> int:
    """The greatest number of minutes that measures every shift neither barred nor counted."""
    barred = {n for n, shift in enumerate(instance.shifts) if person.most.get(shift.id) == 0}
    free = [s.minutes for n, s in enumerate(instance.shifts) if n not in barred and n not in capped]
    return gcd(*free) or gcd(*(shift.minutes for shift in instance.shifts)) or 1


@dataclass(frozen=True)
class _Times:
    """Minutes in units: unit * units + the rest of each capped shift * its count."""

    instance: Instance
    person: Employee
    capped: tuple[int, ...]

    @cached_property
    def unit(self) -> int:
        return unit(self.instance, self.person, self.capped)

    def units(self, shift: int) -> int:
        return self.instance.shifts[shift].minutes // self.unit

    def rests(self) -> list[int]:
        return [self.instance.shifts[shift].minutes % self.unit for shift in self.capped]

    def windows(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The fewest and the most units worth having after each number of days."""
        days, person = self.instance.days, self.person
        most_a_day = max(map(self.units, range(len(self.instance.shifts))), default=0)
        caps = [person.most[self.instance.shifts[shift].id] for shift in self.capped]
        rest = sum(rest * cap for rest, cap in zip(self.rests(), caps, strict=True))
        least = -((rest - person.least_minutes) // self.unit)
        most = person.most_minutes // self.unit
        reach = [most_a_day * _workable(self.instance, person, n) for n in range(days + 1)]
        lows = tuple(max(0, least - reach[days - n]) if n else 0 for n in range(days + 1))
        return lows, tuple(min(most, reach[n]) for n in range(days + 1))

    def legal(self, sizes: Sequence[int], low: int) -> NDArray[np.bool_]:
        """Which counters stand for minutes within the contract, at the end."""
        places = np.indices(sizes)
        minutes = self.unit * (places[-1] + low)
        for rest, count in zip(self.rests(), places, strict=False):
            minutes = minutes + rest * count
        enough = minutes >= self.person.least_minutes
        return np.asarray(enough & (minutes <= self.person.most_minutes))


def _longest(instance: Instance, person: Employee) -> int:
    return max(1, min(person.longest_run, instance.days))


def _workable(instance: Instance, person: Employee, days: int) -> int:
    """No more than so many of any `days` in a row can be worked."""
    longest = _longest(instance, person)
    rounds, left = divmod(days, longest + max(1, person.fewest_days_off))
    return rounds * longest + min(left, longest)


def _moves(instance: Instance, times: _Times) -> tuple[int, tuple[Move, ...]]:
    """Shifts fall into classes by what may follow them, and into moves by what they change."""
    bans = [shift.never_before for shift in instance.shifts]
    classes = sorted(set(bans), key=sorted)
    found: dict[tuple[int, tuple[int, ...], int, int | None], list[int]] = {}
    for index, shift in enumerate(instance.shifts):
        after = tuple(n for n, banned in enumerate(classes) if shift.id not in banned)
        counter = times.capped.index(index) if index in times.capped else None
        key = classes.index(bans[index]), after, times.units(index), counter
        found.setdefault(key, []).append(index)
    moves = (Move(f, a, tuple(same), u, c) for (f, a, u, c), same in found.items())
    return max(1, len(classes)), tuple(moves)


def binding(instance: Instance, person: Employee) -> Mapping[int, int]:
    """The greatest number of each shift (by index) that a contract's days off do not enforce."""
    ids = {shift.id: index for index, shift in enumerate(instance.shifts)}
    reach = _workable(instance, person, instance.days)
    return {ids[s]: most for s, most in person.most.items() if 0 < most < reach}
