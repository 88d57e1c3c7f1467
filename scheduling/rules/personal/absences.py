"""Is this person away?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Span
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class Absences:
    """Nobody is given a shift of which an instant lies in an absence, handover included.

    Magnitude: the person's own absences; one that ends as the shift begins is none. Source: who
    is ill or on leave is not asked, whatever hours they usually offer.
    """

    name: ClassVar[str] = "absences"

    def start(self, problem: Problem, person: Person) -> "_Away":
        """When a person is away."""
        return _Away(tuple(sorted(person.absent)))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift that an absence meets."""
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                leaves = shift.span.end + shift.handover
                met = [a for a in person.absent if a.start < leaves and shift.span.start < a.end]
                if met:
                    sentence = f"{person.id} is absent during {shift.id}"
                    until = max(a.end for a in met)
                    yield Breach(self.name, person.id, sentence, (shift.id,), until)


@dataclass(frozen=True)
class _Away:
    spans: tuple[Span, ...]

    def extend(self, shift: Shift) -> "_Away | Refusal":
        met = [span.end for span in self.spans if span.meets(shift.whole)]
        if not met:
            return self
        return Refusal(Absences.name, "is absent until {at}", at=max(met))
