"""Is every promise kept?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Breach
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class Pins:
    """Who is pinned to a shift takes it.

    Magnitude: each pin. Source: a coordinator's promise. The search keeps pins by starting each
    person's week from them: every other rule then sees them as promised.
    """

    name: ClassVar[str] = "pins"

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every pinned shift that its person does not have."""
        given = {(a.person, a.shift) for a in staffing.roster.assignments}
        for pin in staffing.problem.pins:
            if (pin.person, pin.shift) not in given:
                sentence = f"{pin.person} is pinned to {pin.shift}"
                yield Breach(self.name, pin.person, sentence, (pin.shift,))


def pinned(problem: Problem, person: Person) -> tuple[Shift, ...]:
    """The shifts a person is pinned to, in order of start."""
    mine = {pin.shift for pin in problem.pins if pin.person == person.id}
    if not mine:
        return ()
    return tuple(sorted((s for s in problem.shifts if s.id in mine), key=lambda s: s.span))


def promising(person: Person, shifts: tuple[Shift, ...]) -> Person:
    """The same person with these shifts promised, so that every rule leaves room for them."""
    return replace(person, history=person.history + shifts)
