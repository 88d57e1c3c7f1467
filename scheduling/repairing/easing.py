"""How far would a rule have to yield to one person, where that is something one can ask for?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from scheduling.problem import Certificate, Person, Problem, Rest, Shift, ShiftKind, Span
from scheduling.rules import Refusal, Staffing
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.certificates import ValidCertificates
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.rest import RestBetweenShifts, rest_after, rest_of
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts

TRAINED_FOR: Final = timedelta(days=366)  # from the horizon's end: modules are refreshed yearly
LEAST_REST: Final = 3 / 4  # of the rest that is due; nobody is asked to make do with less


@dataclass(frozen=True)
class Easing:
    """One rule that yields to one person.

    was, becomes: the limit, in the rule's own unit; of a rest, what is due and what is left.
    span: the time that was not offered; about: the certificate that would be held; after: the kind
    of shift that the rest follows.
    """

    person: str
    rule: str
    was: int | timedelta | None = None
    becomes: int | timedelta | None = None
    span: Span | None = None
    about: str | None = None
    after: ShiftKind | None = None

    def applied(self, problem: Problem) -> Problem:
        """The same question, with the rule eased for this person."""
        eased = (
            _eased(problem, person, self) if person.id == self.person else person
            for person in problem.people
        )
        return replace(problem, people=tuple(eased))


def easing(now: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing | None:
    """What would let the person into the shift beside their week; None where one cannot ask."""
    ask = ASKS.get(refusal.rule)
    return None if ask is None else ask(now, person, shift, refusal)


def _offering(_: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, span=shift.whole)


def _training(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, about=refusal.about)


def _one_shift_more(now: Staffing, person: Person, _: Shift, refusal: Refusal) -> Easing:
    was = person.limits.shifts
    return Easing(person.id, refusal.rule, was, len(now.this_week(person)) + 1)


def _more_hours(now: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing:
    week = (*now.this_week(person), shift)
    worked = sum((each.whole.length for each in week), timedelta(0))
    return Easing(person.id, refusal.rule, person.limits.hours, worked)


def _one_night_more(now: Staffing, person: Person, _: Shift, refusal: Refusal) -> Easing:
    nights = sum(each.kind.is_night for each in now.this_week(person))
    return Easing(person.id, refusal.rule, person.limits.nights, nights + 1)


def _one_night_running_more(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    was = person.limits.nights_running
    return Easing(person.id, refusal.rule, was, was + 1)


def _less_rest(now: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing | None:
    """The rest that is due and the rest that is left, where only one is too short, and not much."""
    rest = rest_of(now.problem, person)
    short = [
        (earlier, later.span.start - earlier.whole.end)
        for earlier, later in _pairs_with(shift, (*now.week_of(person), *person.history))
        if later.span.start - earlier.whole.end < rest_after(rest, earlier)
    ]
    if len(short) != 1:
        return None
    [(earlier, left)] = short
    due = rest_after(rest, earlier)
    if left < LEAST_REST * due:
        return None
    return Easing(person.id, refusal.rule, due, left, after=earlier.kind)


def _pairs_with(shift: Shift, week: Iterable[Shift]) -> Iterator[tuple[Shift, Shift]]:
    for other in week:
        earlier, later = sorted((shift, other), key=lambda each: each.span)
        yield earlier, later


ASKS: Final[Mapping[str, Callable[[Staffing, Person, Shift, Refusal], Easing | None]]] = {
    Availability.name: _offering,
    ValidCertificates.name: _training,
    MostShifts.name: _one_shift_more,
    MostHours.name: _more_hours,
    MostNights.name: _one_night_more,
    NightsRunning.name: _one_night_running_more,
    RestBetweenShifts.name: _less_rest,
}


def _eased(problem: Problem, person: Person, easing: Easing) -> Person:
    limits, becomes = person.limits, easing.becomes
    match easing.rule, becomes:
        case MostShifts.name, int():
            return replace(person, limits=replace(limits, shifts=becomes))
        case MostNights.name, int():
            return replace(person, limits=replace(limits, nights=becomes))
        case NightsRunning.name, int():
            return replace(person, limits=replace(limits, nights_running=becomes))
        case MostHours.name, timedelta():
            return replace(person, limits=replace(limits, hours=becomes))
        case RestBetweenShifts.name, timedelta():
            return replace(person, rest=_shorter(rest_of(problem, person), easing))
    return _given(problem, person, easing)


def _given(problem: Problem, person: Person, easing: Easing) -> Person:
    """What is no limit: a time offered, or a certificate held."""
    if easing.span is not None:
        return replace(person, available=(*person.available, easing.span))
    assert easing.about is not None
    held = Certificate(easing.about, problem.horizon.end + TRAINED_FOR)
    return replace(person, certificates=(*person.certificates, held))


def _shorter(rest: Rest, easing: Easing) -> Rest:
    assert isinstance(easing.becomes, timedelta)
    match easing.after:
        case ShiftKind.NIGHT:
            return replace(rest, after_night=easing.becomes)
        case ShiftKind.FULL_DAY:
            return replace(rest, after_full_day=easing.becomes)
        case ShiftKind.STANDBY:
            return replace(rest, after_standby=easing.becomes)
        case _:
            return replace(rest, usual=easing.becomes)
