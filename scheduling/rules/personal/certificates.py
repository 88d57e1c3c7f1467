"""May this person sit at this desk, with these certificates?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Certificate, Person, Problem, Shift, Span
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class OwnDesk:
    """Nobody takes a shift at a desk they don't belong to.

    Magnitude: the desks in the list of people. Source: each line's own training.
    """

    name: ClassVar[str] = "own desk"

    def start(self, problem: Problem, person: Person) -> "_Desks":
        """The desks a person belongs to."""
        return _Desks(person.desks)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift given to somebody of another desk."""
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                if shift.desk not in person.desks:
                    sentence = f"{person.id} does not belong to the desk of {shift.id}"
                    where = (shift.id,)
                    yield Breach(self.name, person.id, sentence, where, about=shift.desk)


@dataclass(frozen=True)
class _Desks:
    desks: frozenset[str]

    def extend(self, shift: Shift) -> "_Desks | Refusal":
        if shift.desk in self.desks:
            return self
        words = f"does not belong to the desk {shift.desk}"
        return Refusal(OwnDesk.name, words, about=shift.desk)


@dataclass(frozen=True)
class ValidCertificates:
    """Every certificate a shift asks for is valid from its first minute to its last.

    Magnitude: the dates on the certificate. Source: 96111 and 12355 admit by module and by
    supervised turns done, each with an expiry date.
    """

    name: ClassVar[str] = "valid certificates"

    def start(self, problem: Problem, person: Person) -> "_Held":
        """The certificates a person holds."""
        return _Held(person.certificates)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift with a certificate missing, not yet valid or run out before its end."""
        for person in staffing.problem.people:
            for shift in staffing.week_of(person):
                for name in sorted(shift.certificates):
                    held = [each for each in person.certificates if each.name == name]
                    if not any(_covers(each, shift.span) for each in held):
                        sentence = f"{person.id} has no {name} certificate valid for {shift.id}"
                        until = max((each.until for each in held), default=None)
                        yield Breach(self.name, person.id, sentence, (shift.id,), until, name)


def _covers(held: Certificate, span: Span) -> bool:
    begun = held.since is None or held.since <= span.start
    return begun and held.until >= span.end


@dataclass(frozen=True)
class _Held:
    certificates: tuple[Certificate, ...]

    def extend(self, shift: Shift) -> "_Held | Refusal":
        for name in sorted(shift.certificates):
            refusal = self._refusal(name, shift.span)
            if refusal is not None:
                return refusal
        return self

    def _refusal(self, name: str, span: Span) -> Refusal | None:
        held = [certificate for certificate in self.certificates if certificate.name == name]
        if not held:
            return Refusal(ValidCertificates.name, f"holds no {name} certificate", about=name)
        if any(valid_throughout(certificate, span) for certificate in held):
            return None
        latest = max(held, key=lambda certificate: certificate.until)
        if latest.until < span.end:
            words = f"holds a {name} certificate only until {{at}}"
            return Refusal(ValidCertificates.name, words, at=latest.until, about=name)
        words = f"holds a {name} certificate only from {{at}}"
        return Refusal(ValidCertificates.name, words, at=latest.since, about=name)


def valid_throughout(certificate: Certificate, span: Span) -> bool:
    """Whether a certificate is valid at every instant of a span."""
    if certificate.since is not None and span.start < certificate.since:
        return False
    return span.end <= certificate.until
