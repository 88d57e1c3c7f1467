"""When would this person rather work, or rather not?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Span
from scheduling.rules.personal.availability import merged
from scheduling.rules.personal.takeable import could_take, takeable
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class UnwantedTimes:
    """Nobody should work when they would rather not.

    Magnitude: for each shift that shares an instant with an unwanted time, `prices.unwanted` times
    the share of the shifts they could take that they did not ask about, in whole points, rounded
    towards zero: one request weighs almost the whole price, asking for everything wins nothing.
    Source: the person's wishes, and fairness to who asks for little.
    """

    name: ClassVar[str] = "unwanted times"
    level: ClassVar[Level] = Level.WISHES

    def start(self, problem: Problem, person: Person) -> "tuple[_Touched, int]":
        """A person's unwanted times; nothing to pay yet."""
        whole = _Touched(person.unwanted, 1)
        points = _toned_down(problem, person, whole, problem.prices.unwanted)
        return _Touched(person.unwanted if points else (), points), 0

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        total, price = 0, staffing.problem.prices.unwanted
        for person in staffing.problem.people:
            met = sum(_met(person, shift) for shift in staffing.week_of(person))
            if met:
                asked = [_met(person, shift) for shift in could_take(staffing, person)]
                total += met * _worth(price, asked)
        return total


@dataclass(frozen=True)
class _Touched:
    times: tuple[Span, ...]
    points: int

    def extend(self, shift: Shift) -> "tuple[_Touched, int]":
        met = any(time.meets(shift.span) for time in self.times)
        return self, self.points if met else 0


def _met(person: Person, shift: Shift) -> bool:
    apart = [t.end <= shift.span.start or shift.span.end <= t.start for t in person.unwanted]
    return not all(apart)


@dataclass(frozen=True)
class PreferredTimes:
    """Everyone should work when they would like to.

    Magnitude: for each shift that lies wholly in preferred time (times that touch count as one),
    `prices.preferred` (negative: a bonus), toned down like unwanted times. Source: the person's
    wishes, and fairness to who asks for little.
    """

    name: ClassVar[str] = "preferred times"
    level: ClassVar[Level] = Level.WISHES

    def start(self, problem: Problem, person: Person) -> "tuple[_Inside, int]":
        """A person's preferred times; nothing to pay yet."""
        times = merged(person.preferred)
        points = _toned_down(problem, person, _Inside(times, 1), problem.prices.preferred)
        return _Inside(times if points else (), points), 0

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        total, price = 0, staffing.problem.prices.preferred
        for person in staffing.problem.people:
            kept = sum(_kept(person, shift) for shift in staffing.week_of(person))
            if kept:
                asked = [_kept(person, shift) for shift in could_take(staffing, person)]
                total += kept * _worth(price, asked)
        return total


@dataclass(frozen=True)
class _Inside:
    times: tuple[Span, ...]
    points: int

    def extend(self, shift: Shift) -> "tuple[_Inside, int]":
        inside = any(time.holds(shift.span) for time in self.times)
        return self, self.points if inside else 0


def _kept(person: Person, shift: Shift) -> bool:
    at = shift.span.start
    for time in sorted(person.preferred):
        if time.start <= at < time.end:
            at = time.end
    return at >= shift.span.end


def _toned_down(problem: Problem, person: Person, whole: _Touched | _Inside, price: int) -> int:
    """What the search asks for one shift. whole: the tally at one point a shift."""
    if not whole.times:
        return 0
    shifts = takeable(problem, person)
    others = len(shifts) - sum(whole.extend(shift)[1] for shift in shifts)
    points = abs(price) * others // max(1, len(shifts))
    return points if price > 0 else -points


def _worth(price: int, asked: Sequence[bool]) -> int:
    """What the auditor asks for one shift. asked: of each that could be taken, whether they did."""
    if not asked:
        return 0
    return int(price * (1 - Fraction(sum(asked), len(asked))))
