"""What is a small change to a roster, how is it made, and how is it taken back?"""

from dataclasses import dataclass, replace

from scheduling.problem import Pin, Problem
from scheduling.roster import Assignment, Roster
from scheduling.telling.indexed import Indexed


@dataclass(frozen=True)
class Edit:
    """What changes in a roster and its pins. Made on what it fits: nothing is given twice."""

    given: tuple[Assignment, ...] = ()
    taken: tuple[Assignment, ...] = ()
    pinned: tuple[Pin, ...] = ()
    unpinned: tuple[Pin, ...] = ()

    @property
    def undone(self) -> "Edit":
        """What takes it back."""
        return Edit(self.taken, self.given, self.unpinned, self.pinned)

    @property
    def people(self) -> tuple[str, ...]:
        """Whom it concerns."""
        return tuple(dict.fromkeys(each.person for each in self._all))

    @property
    def shifts(self) -> tuple[str, ...]:
        """Which shifts it concerns."""
        return tuple(dict.fromkeys(each.shift for each in self._all))

    def fits(self, whole: Indexed) -> bool:
        """Whether all that it takes is there, and nothing that it gives."""
        there = all(_is_there(whole, each) for each in self.taken)
        pinned = all(_is_pinned(whole, each) for each in self.unpinned)
        given = any(_is_there(whole, each) for each in self.given)
        return there and pinned and not given and not any(_is_pinned(whole, p) for p in self.pinned)

    def applied(self, problem: Problem, roster: Roster) -> tuple[Problem, Roster]:
        """The question and the roster as they are then."""
        kept = [pin for pin in problem.pins if pin not in self.unpinned]
        left = set(roster.assignments).difference(self.taken).union(self.given)
        return replace(problem, pins=(*kept, *self.pinned)), Roster(tuple(sorted(left)))

    @property
    def _all(self) -> tuple[Assignment | Pin, ...]:
        return (*self.given, *self.taken, *self.pinned, *self.unpinned)


def _is_there(whole: Indexed, each: Assignment) -> bool:
    return each.person in whole.teams.get(each.shift, ())


def _is_pinned(whole: Indexed, pin: Pin) -> bool:
    return pin in whole.pins_of.get(pin.person, ())
