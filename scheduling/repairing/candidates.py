"""Which single changes could close a gap, before anything is solved again?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import Final

from scheduling import audit
from scheduling.bounds.rows import is_head
from scheduling.explain import WhyNot, why_not
from scheduling.problem import Person, Shift, Span
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.repairing.easing import Easing, easings
from scheduling.roster import Gap
from scheduling.rules import PERSONAL_RULES, Refusal, Staffing
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.caps import MostInPeriod
from scheduling.rules.personal.certificates import OwnDesk, ValidCertificates
from scheduling.rules.personal.days_off import DaysOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.rest import RestBetweenShifts
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts
from scheduling.rules.team.pins import promising
from scheduling.telling.costs import near, shortfall

AN_HOUR: Final = timedelta(hours=1)
ONE_REASON: Final = (  # what keeps a person out for one reason only, and what is asked for then
    (frozenset({Availability.name}), ChangeKind.ASK),
    (
        frozenset({MostShifts.name, MostHours.name, MostNights.name, MostInPeriod.name}),
        ChangeKind.RELAX,
    ),
    (frozenset({NightsRunning.name}), ChangeKind.RELAX),
    (frozenset({DaysRunning.name}), ChangeKind.RELAX),
    (frozenset({DaysOff.name}), ChangeKind.RELAX),
    (frozenset({RestBetweenShifts.name}), ChangeKind.RELAX),
    (frozenset({ValidCertificates.name}), ChangeKind.TRAIN),
)
NO_MOVE_HELPS: Final = frozenset({OwnDesk.name, ValidCertificates.name, Availability.name})


def candidates(now: Staffing, gap: Gap) -> Iterator[Change]:
    """Every change that brings a head into the gap, opens no worse one and breaks no rule.

    All that before anybody else is moved, unless somebody is trained: a new certificate can be
    worth more elsewhere.
    """
    for change in _changes(now, gap):
        there = change.applied(now)
        if _closes(now, there, change) and not audit.breaches(there.problem, there.roster):
            yield change


def _closes(now: Staffing, there: Staffing, change: Change) -> bool:
    part = change.part()
    trained = change.kind is ChangeKind.TRAIN
    return trained or shortfall(near(there, part)) < shortfall(near(now, part))


def _changes(now: Staffing, gap: Gap) -> Iterator[Change]:
    people = {person.id: person for person in now.problem.people}
    for shift in now.problem.shifts:
        if shift.desk == gap.desk and shift.span.meets(gap.span):
            for each in why_not(now.problem, now.roster, shift.id, gap.certificate):
                yield from _coming(now, people[each.person], shift, each)
                yield from _moving(now, people[each.person], (shift, gap.certificate), each)
    yield from _learning(now, gap)
    yield from _staying(now, gap)


def _coming(now: Staffing, person: Person, shift: Shift, why: WhyNot) -> Iterator[Change]:
    """What lets a person take the shift beside their week, if one reason keeps them out."""
    rules = {refusal.rule for refusal in why.refusals}
    kind = next((kind for reason, kind in ONE_REASON if rules <= reason), None)
    eased = [easings(now, person, shift, refusal) for refusal in why.refusals]
    if kind is not None and all(eased):
        yield Change(kind, (person.id,), shift, eased=tuple(chain.from_iterable(eased)))


def _moving(
    now: Staffing, person: Person, to: tuple[Shift, str | None], why: WhyNot
) -> Iterator[Change]:
    """Each shift of theirs that a person could leave for this one. to: with what the gap asks."""
    shift, certificate = to
    extra = frozenset() if certificate is None else frozenset({certificate})
    asked = replace(shift, certificates=shift.certificates | extra)
    if not {refusal.rule for refusal in why.refusals} & NO_MOVE_HELPS:
        for left in now.week_of(person):
            others = tuple(each for each in now.week_of(person) if each != left)
            if not _refused(now, promising(person, others), asked):
                yield Change(ChangeKind.MOVE, (person.id,), shift, left)


def _refused(now: Staffing, person: Person, shift: Shift) -> bool:
    answers = (rule.start(now.problem, person).extend(shift) for rule in PERSONAL_RULES)
    return any(isinstance(answer, Refusal) for answer in answers)


def _learning(now: Staffing, gap: Gap) -> Iterator[Change]:
    """Everybody who is there already and would count if they held the certificate."""
    for person in now.problem.people:
        there = (
            shift
            for shift in (*now.week_of(person), *person.history)
            if shift.desk == gap.desk and shift.span.meets(gap.span)
        )
        if any(_lacks_only(gap.certificate, person, shift) for shift in there):
            lacked = Easing(person.id, ValidCertificates.name, about=gap.certificate)
            yield Change(ChangeKind.TRAIN, (person.id,), None, eased=(lacked,))


def _lacks_only(certificate: str | None, person: Person, shift: Shift) -> bool:
    """Whether somebody counts in the shift, and does not where the certificate is asked."""
    return is_head(person, shift, None) and not is_head(person, shift, certificate)


def _staying(now: Staffing, gap: Gap) -> Iterator[Change]:
    """Everybody whose shift at the desk could reach an hour into the gap."""
    for person in now.problem.people:
        for shift in now.week_of(person):
            if shift.desk == gap.desk:
                for longer in _longer(shift, gap.span):
                    yield Change(ChangeKind.EXTEND, (person.id,), longer, shift)


def _longer(shift: Shift, gap: Span) -> Iterator[Shift]:
    start, end = shift.span.start, shift.span.end
    if gap.start <= end < gap.end:
        yield _lasting(shift, Span(start, min(end + AN_HOUR, gap.end)), "longer")
    if gap.start < start <= gap.end:
        yield _lasting(shift, Span(max(start - AN_HOUR, gap.start), end), "earlier")


def _lasting(shift: Shift, span: Span, how: str) -> Shift:
    minutes = (span.length - shift.span.length) // timedelta(minutes=1)
    return replace(shift, id=f"{shift.id}+{minutes}min-{how}", span=span, most=1, day=shift.on)
