"""Is this person already somewhere else?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Span
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class OnePlaceAtATime:
    """Nobody works two shifts at once, at whatever desks, promised ones included.

    Magnitude: not one instant shared, handover included. Source: a person who is rung for two
    desks answers one.
    """

    name: ClassVar[str] = "one place at a time"

    def start(self, problem: Problem, person: Person) -> "_Busy":
        """What a person has promised that can still overlap."""
        first = problem.horizon.start
        spans = tuple(sorted(s.whole for s in person.history if s.whole.end > first))
        return _Busy(first, spans)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every two shifts of one person that share an instant, one at least of the roster."""
        for person in staffing.problem.people:
            for one, other in staffing.pairs(person):
                if other.span.start < one.span.end + one.handover:
                    sentence = f"{person.id} cannot be in {one.id} and {other.id} at once"
                    until = one.span.end + one.handover
                    yield Breach(self.name, person.id, sentence, (one.id, other.id), until)


@dataclass(frozen=True)
class _Busy:
    until: datetime
    promised: tuple[Span, ...]

    def extend(self, shift: Shift) -> "_Busy | Refusal":
        if shift.span.start < self.until:
            return _refusal(self.until)
        for span in self.promised:
            if span.meets(shift.whole):
                return _refusal(span.end)
        ahead = tuple(span for span in self.promised if span.end > shift.whole.end)
        return _Busy(shift.whole.end, ahead)


def _refusal(until: datetime) -> Refusal:
    return Refusal(OnePlaceAtATime.name, "is in another shift until {at}", at=until)
