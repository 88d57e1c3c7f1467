"""Does everybody keep what was published to them?"""

from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class PromisesKept:
    """What was published should stay as it is.

    Magnitude: `prices.promise_broken` for each published assignment that is taken away, and
    `prices.promise_added` for each that was not published; nothing while nothing is published.
    People and shifts that are no longer there don't count. Source: volunteers plan their lives
    around the published roster.
    """

    name: ClassVar[str] = "promises kept"
    level: ClassVar[Level] = Level.TARGETS

    def start(self, problem: Problem, person: Person) -> "tuple[_Promised, int]":
        """What was published to a person: all of it taken away, until it is given."""
        if problem.published is None:
            return _Promised(frozenset(), 0, 0), 0
        promised = {pin.shift for pin in problem.published if pin.person == person.id}
        mine = frozenset(shift.id for shift in problem.shifts if shift.id in promised)
        broken, added = problem.prices.promise_broken, problem.prices.promise_added
        return _Promised(mine, broken, added), broken * len(mine)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        problem, prices = staffing.problem, staffing.problem.prices
        if problem.published is None:
            return 0
        people, shifts = staffing.weeks, staffing.team_of
        promised = {
            (pin.person, pin.shift)
            for pin in problem.published
            if pin.person in people and pin.shift in shifts
        }
        given = {(each.person, each.shift) for each in staffing.roster.assignments}
        broken, added = len(promised - given), len(given - promised)
        return broken * prices.promise_broken + added * prices.promise_added


@dataclass(frozen=True)
class _Promised:
    shifts: frozenset[str]
    broken: int
    added: int

    def extend(self, shift: Shift) -> "tuple[_Promised, int]":
        return self, -self.broken if shift.id in self.shifts else self.added
