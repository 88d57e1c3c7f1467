"""What can be asked of people so that a gap closes, and the roster that it makes by itself."""

from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.problem import Problem, Shift
from scheduling.repairing.easing import Easing
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.costs import Part


class ChangeKind(StrEnum):
    """What is asked for; what takes least comes first."""

    ASK = "ask"  # to come as well, within all rules, or at a time that was not offered
    MOVE = "move"  # to another shift
    EXTEND = "extend"  # to come an hour earlier or stay an hour longer
    RELAX = "relax"  # to give more than was agreed, or to rest less
    TRAIN = "train"  # to hold one more certificate


@dataclass(frozen=True)
class Change:
    """One thing to ask of one person, or the same of two.

    takes: the shift they take; of an extension the longer shift, with one chair; None: none.
    leaves: the shift they leave for it; eased: what must yield to them for that.
    """

    kind: ChangeKind
    people: tuple[str, ...]
    takes: Shift | None
    leaves: Shift | None = None
    eased: tuple[Easing, ...] = ()

    def applied(self, now: Staffing) -> Staffing:
        """The question and the roster as this change alone makes them."""
        problem = now.problem
        for easing in self.eased:
            problem = easing.applied(problem)
        if self.kind is ChangeKind.EXTEND:
            problem = self._with_longer(problem)
        gone = {Assignment(self.leaves.id, who) for who in self.people if self.leaves}
        come = {Assignment(self.takes.id, who) for who in self.people if self.takes}
        given = set(now.roster.assignments) - gone | come
        return Staffing(problem, Roster(tuple(sorted(given))))

    def part(self) -> Part:
        """What it touches by itself."""
        shifts = [shift for shift in (self.takes, self.leaves) if shift]
        places = frozenset((shift.desk, shift.span) for shift in shifts)
        return Part(frozenset(self.people), places)

    def _with_longer(self, problem: Problem) -> Problem:
        """The chair moves over to the longer shift, and with it what was promised."""
        assert self.takes
        assert self.leaves
        shifts = (_one_chair_less(s) if s == self.leaves else s for s in problem.shifts)
        promised = problem.published and tuple(
            replace(pin, shift=self.takes.id)
            if (pin.person, pin.shift) == (self.people[0], self.leaves.id)
            else pin
            for pin in problem.published
        )
        return replace(problem, shifts=(*shifts, self.takes), published=promised)


def _one_chair_less(shift: Shift) -> Shift:
    return shift if shift.most is None else replace(shift, most=shift.most - 1)
