"""Which shifts could this person take at all, before any roster is made? Asked by the wishes.

Takeable is a shift at one of the person's desks, each certificate of which they hold from its
first minute to its last, that lies with its handover in their available time (times that touch are
one), shares no instant with an absence, and whose rota they are not exempt from.
Promises, pins, rest and limits don't matter: they change from week to week.
"""

from typing import Final

from scheduling.problem import Person, Problem, Shift
from scheduling.rules.faces import PersonalRule, Refusal
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.certificates import ValidCertificates
from scheduling.rules.personal.exemptions import Exemptions
from scheduling.rules.reading.staffing import Staffing

ALONE: Final[tuple[PersonalRule, ...]] = (ValidCertificates(), Availability(), Exemptions())


def takeable(problem: Problem, person: Person) -> tuple[Shift, ...]:
    """For the search: what no rule refuses that looks at a shift alone."""
    weeks = [rule.start(problem, person) for rule in ALONE]
    return tuple(
        shift
        for shift in problem.shifts
        if shift.desk in person.desks
        if not any(time.meets(shift.whole) for time in person.absent)
        if not any(isinstance(week.extend(shift), Refusal) for week in weeks)
    )


def could_take(staffing: Staffing, person: Person) -> tuple[Shift, ...]:
    """For the auditor: the same, found by itself."""
    mine = (staffing.shifts_at.get(desk, ()) for desk in person.desks)
    return tuple(
        shift
        for shifts in mine
        for shift in shifts
        if (shift.kind != "night" or "nights" not in person.exempt)
        if (shift.kind != "24h" or "24h" not in person.exempt)
        if all(_certified(person, name, shift) for name in shift.certificates)
        if _offered(person, shift) and not _away(person, shift)
    )


def _certified(person: Person, name: str, shift: Shift) -> bool:
    return any(
        held.until >= shift.span.end and (held.since is None or held.since <= shift.span.start)
        for held in person.certificates
        if held.name == name
    )


def _offered(person: Person, shift: Shift) -> bool:
    reached = shift.span.start
    for offer in sorted(person.available):
        if offer.start <= reached < offer.end:
            reached = offer.end
    return reached >= shift.span.end + shift.handover


def _away(person: Person, shift: Shift) -> bool:
    end = shift.span.end + shift.handover
    return any(time.start < end and shift.span.start < time.end for time in person.absent)
