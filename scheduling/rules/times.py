"""When would this person rather work, or rather not?"""

from dataclasses import dataclass
from typing import ClassVar

from scheduling.levels import Level
from scheduling.problem import Person, Problem, Shift, Span
from scheduling.rules.availability import merged
from scheduling.rules.staffing import Staffing


@dataclass(frozen=True)
class UnwantedTimes:
    """Nobody should work when they would rather not.

    Magnitude: `prices.unwanted` once for each shift that shares an instant with an unwanted time.
    Source: the person's wishes.
    """

    name: ClassVar[str] = "unwanted times"
    level: ClassVar[Level] = Level.WISHES

    def start(self, problem: Problem, person: Person) -> "tuple[_Touched, int]":
        """A person's unwanted times; nothing to pay yet."""
        return _Touched(person.unwanted, problem.prices.unwanted), 0

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        met = 0
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                apart = [
                    time.end <= shift.span.start or shift.span.end <= time.start
                    for time in person.unwanted
                ]
                met += not all(apart)
        return met * staffing.problem.prices.unwanted


@dataclass(frozen=True)
class _Touched:
    times: tuple[Span, ...]
    points: int

    def extend(self, shift: Shift) -> "tuple[_Touched, int]":
        met = any(time.meets(shift.span) for time in self.times)
        return self, self.points if met else 0


@dataclass(frozen=True)
class PreferredTimes:
    """Everyone should work when they would like to.

    Magnitude: `prices.preferred` (negative: a bonus) once for each shift that lies wholly in
    preferred time; times that touch count as one. Source: the person's wishes.
    """

    name: ClassVar[str] = "preferred times"
    level: ClassVar[Level] = Level.WISHES

    def start(self, problem: Problem, person: Person) -> "tuple[_Inside, int]":
        """A person's preferred times; nothing to pay yet."""
        return _Inside(merged(person.preferred), problem.prices.preferred), 0

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        kept = 0
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                at = shift.span.start
                for time in sorted(person.preferred):
                    if time.start <= at < time.end:
                        at = time.end
                kept += at >= shift.span.end
        return kept * staffing.problem.prices.preferred


@dataclass(frozen=True)
class _Inside:
    times: tuple[Span, ...]
    points: int

    def extend(self, shift: Shift) -> "tuple[_Inside, int]":
        inside = any(time.holds(shift.span) for time in self.times)
        return self, self.points if inside else 0
