"""Which rosters may people of one contract work? The steps of a walk over the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import gcd, prod
from typing import NamedTuple

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


class Links(NamedTuple):
    """How shifts fall into classes by what may follow them.

    of: the class of each shift; after: the classes of the day before that allow it.
    """

    classes: int
    of: tuple[int, ...]
    after: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Frame:
    """Where a walk stands in the horizon. Without `start` and `ends` it is all of it.

    longest: run; pace: how many units a walk may stray from an even pace, None for any number.
    """

    first: int
    longest: int
    start: int | None = None
    ends: NDArray[np.bool_] | None = None
    pace: int | None = None


@dataclass(frozen=True)
class Terms:
    """One contract as a walk.

    A state of a walk is a run (class of the last shift, days so far) or a stretch of days off;
    beside it stand counters: capped shifts in order of `capped`, weekends, units of working time.
    lows: after each number of days, the fewest units from which the least can still be reached.
    sizes: of the counters; legal: which of them may stand at the end.
    first: the day of the horizon the walk begins on, in the state `start`; ends: states to end in.
    whole: whether every legal roster is a walk; else units keep near an even pace.
    """

    first: int
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
    start: int
    ends: NDArray[np.bool_]
    whole: bool

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

    def legal_ends(self) -> NDArray[np.bool_]:
        """Which states and counters may stand at the end."""
        return self.ends.reshape(-1, *(1 for _ in self.sizes)) & self.legal


def terms(instance: Instance, person: Employee, capped: Sequence[int]) -> Terms:
    """The walk of a person's contract, counting the shifts of `capped` by themselves."""
    return framed_terms(instance, person, capped, Frame(0, longest(instance, person)))


def framed_terms(
    instance: Instance, person: Employee, capped: Sequence[int], frame: Frame
) -> Terms:
    """The same for a stretch of the horizon: `instance` has its days, `person` what is left."""
    times = _Times(instance, person, tuple(capped), frame)
    lows, highs = times.windows()
    caps = [person.most[instance.shifts[shift].id] for shift in capped]
    width = max(1, *(high - low + 1 for low, high in zip(lows, highs, strict=True)))
    sizes = (*(cap + 1 for cap in caps), min(person.weekends, instance.days) + 1, width)
    classes, moves = _moves(instance, times)
    off = max(1, person.fewest_days_off)
    states = classes * frame.longest + off
    return Terms(
        frame.first,
        instance.days,
        classes,
        frame.longest,
        max(1, person.shortest_run),
        off,
        moves,
        tuple(capped),
        lows,
        sizes,
        times.legal(sizes, lows[-1]),
        states - 1 if frame.start is None else frame.start,
        np.ones(states, np.bool_) if frame.ends is None else frame.ends,
        frame.pace is None,
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
    frame: Frame

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
        reach = [most_a_day * _workable(self.frame, person, n) for n in range(days + 1)]
        lows = [max(0, least - reach[days - n]) if n else 0 for n in range(days + 1)]
        highs = [min(most, reach[n]) for n in range(days + 1)]
        if self.frame.pace is None:
            return tuple(lows), tuple(highs)
        even = [(least + most) * part // 2 for part in self._parts_worked()]
        narrow = [max(low, mean - self.frame.pace) for low, mean in zip(lows, even, strict=True)]
        return tuple(narrow), tuple(
            min(high, mean + self.frame.pace) for high, mean in zip(highs, even, strict=True)
        )

    def _parts_worked(self) -> list[Fraction]:
        """Which part of the days that aren't days off lie in each first number of days."""
        first, days = self.frame.first, self.instance.days
        open_ = [day not in self.person.days_off for day in range(first, first + days)]
        return [Fraction(n, max(1, sum(open_))) for n in accumulate(open_, initial=0)]

    def legal(self, sizes: Sequence[int], low: int) -> NDArray[np.bool_]:
        """Which counters stand for minutes within the contract, at the end."""
        places = np.indices(sizes)
        minutes = self.unit * (places[-1] + low)
        for rest, count in zip(self.rests(), places, strict=False):
            minutes = minutes + rest * count
        enough = minutes >= self.person.least_minutes
        return np.asarray(enough & (minutes <= self.person.most_minutes))


def links(instance: Instance) -> Links:
    """The classes of an instance's shifts."""
    bans = [shift.never_before for shift in instance.shifts]
    classes = sorted(set(bans), key=sorted)
    after = (
        tuple(n for n, banned in enumerate(classes) if shift.id not in banned)
        for shift in instance.shifts
    )
    return Links(max(1, len(classes)), tuple(map(classes.index, bans)), tuple(after))


def longest(instance: Instance, person: Employee) -> int:
    """How many days a run may last."""
    return max(1, min(person.longest_run, instance.days))


def _workable(frame: Frame, person: Employee, days: int) -> int:
    """No more than so many of any `days` in a row can be worked."""
    rounds, left = divmod(days, frame.longest + max(1, person.fewest_days_off))
    return rounds * frame.longest + min(left, frame.longest)


def _moves(instance: Instance, times: _Times) -> tuple[int, tuple[Move, ...]]:
    """Shifts fall into classes by what may follow them, and into moves by what they change."""
    joints = links(instance)
    found: dict[tuple[int, tuple[int, ...], int, int | None], list[int]] = {}
    for index, follow in enumerate(joints.of):
        counter = times.capped.index(index) if index in times.capped else None
        key = follow, joints.after[index], times.units(index), counter
        found.setdefault(key, []).append(index)
    moves = (Move(f, a, tuple(same), u, c) for (f, a, u, c), same in found.items())
    return joints.classes, tuple(moves)


def binding(instance: Instance, person: Employee, frame: Frame) -> Mapping[int, int]:
    """The greatest number of each shift (by index) that a contract's days off do not enforce."""
    ids = {shift.id: index for index, shift in enumerate(instance.shifts)}
    reach = _workable(frame, person, instance.days)
    return {ids[s]: most for s, most in person.most.items() if 0 < most < reach}
