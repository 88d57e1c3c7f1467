"""Is there a chair left?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Person, Problem
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import AtMost, Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class RoomInShift:
    """No shift holds more people than it has chairs.

    Magnitude: `most` of the shift; none means no limit. Source: the room, set in config.toml.
    """

    name: ClassVar[str] = "room in the shift"

    def rows(self, problem: Problem) -> Iterator[AtMost]:
        """One row for each shift with a limit."""
        for shift in problem.shifts:
            if shift.most is not None:
                yield AtMost(frozenset({shift.id}), shift.most)

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """Said to everybody else."""
        words = f"finds the shift full, with {row.most} people"
        return Refusal(self.name, words, amount=Amount(row.most, row.most))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift with more people than chairs."""
        for shift in staffing.problem.shifts:
            people = staffing.people_in.get(shift.id, 0)
            if shift.most is not None and people > shift.most:
                sentence = f"{shift.id} has {people} people, at most {shift.most}"
                amount = Amount(people, shift.most)
                yield Breach(self.name, None, sentence, (shift.id,), amount=amount)
