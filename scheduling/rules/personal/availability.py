"""Can this person come at all?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Span
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class Availability:
    """Nobody is given a shift that does not lie wholly in a time they said they can.

    Magnitude: the person's own times, handover included; those that touch or overlap count as
    one.
    Source: volunteers promise hours, not the other way round.
    """

    name: ClassVar[str] = "availability"

    def start(self, problem: Problem, person: Person) -> "_Free":
        """The times a person can work, as few spans as possible."""
        return _Free(merged(person.available))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift of which an instant is not offered."""
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                if not _all_offered(shift.whole, person.available):
                    sentence = f"{person.id} is not available for all of {shift.id}"
                    yield Breach(self.name, person.id, sentence, (shift.id,))


def _all_offered(span: Span, offers: tuple[Span, ...]) -> bool:
    """Walks along the span from offer to offer; stuck before its end means no."""
    at = span.start
    while at < span.end:
        reached = max((offer.end for offer in offers if offer.start <= at), default=at)
        if reached <= at:
            return False
        at = reached
    return True


@dataclass(frozen=True)
class _Free:
    spans: tuple[Span, ...]

    def extend(self, shift: Shift) -> "_Free | Refusal":
        if any(span.holds(shift.whole) for span in self.spans):
            return self
        return Refusal(Availability.name, "is not available for all of it")


def merged(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same instants in as few spans as possible, in order."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)
