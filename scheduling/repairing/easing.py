"""How far would a rule have to yield to one person, where that is something one can ask for?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from scheduling.problem import (
    Cap,
    Certificate,
    Limits,
    Person,
    Problem,
    Rest,
    Shift,
    ShiftKind,
    Span,
    Unit,
)
from scheduling.rules import Refusal, Staffing
from scheduling.rules.personal.availability import Availability
from scheduling.rules.personal.caps import MostInPeriod
from scheduling.rules.personal.certificates import ValidCertificates
from scheduling.rules.personal.days_off import DaysOff
from scheduling.rules.personal.days_running import DaysRunning
from scheduling.rules.personal.nights_running import NightsRunning
from scheduling.rules.personal.rest import RestBetweenShifts, rest_after, rest_of
from scheduling.rules.personal.week_limits import MostHours, MostNights, MostShifts
from scheduling.rules.team.pins import promising

HALF_HOUR: Final = timedelta(minutes=30)
TRAINED_FOR: Final = timedelta(days=366)  # from the horizon's end: modules are refreshed yearly
LEAST_REST: Final = 3 / 4  # of the rest that is due; nobody is asked to make do with less


@dataclass(frozen=True)
class Easing:
    """One rule that yields to one person.

    was, becomes: the limit, in the rule's own unit; of a rest, what is due and what is left.
    span: the time that was not offered; about: the certificate that would be held; after: the kind
    of shift that the rest follows; cap: of an agreement for a period.
    """

    person: str
    rule: str
    was: int | timedelta | None = None
    becomes: int | timedelta | None = None
    span: Span | None = None
    about: str | None = None
    after: ShiftKind | None = None
    cap: Cap | None = None

    def applied(self, problem: Problem) -> Problem:
        """The same question, with the rule eased for this person."""
        eased = (
            _eased(problem, person, self) if person.id == self.person else person
            for person in problem.people
        )
        return replace(problem, people=tuple(eased))


def easings(now: Staffing, person: Person, shift: Shift, refusal: Refusal) -> tuple[Easing, ...]:
    """What would let the person into the shift beside their week; none where one cannot ask."""
    if refusal.rule == MostInPeriod.name:
        return tuple(_more_in_each_period(now, person, shift))
    ask = ASKS.get(refusal.rule)
    found = None if ask is None else ask(now, person, shift, refusal)
    return (found,) if found else ()


def _offering(_: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, span=shift.whole)


def _training(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, about=refusal.about)


def _one_shift_more(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, person.limits.shifts, _given(refusal) + 1)


def _more_hours(_: Staffing, person: Person, shift: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, person.limits.hours, _hours(refusal, shift))


def _one_night_more(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    return Easing(person.id, refusal.rule, person.limits.nights, _given(refusal) + 1)


def _more_in_each_period(now: Staffing, person: Person, shift: Shift) -> Iterator[Easing]:
    """Every agreement for a period that keeps the person out yields."""
    for cap in person.limits.caps:
        alone = replace(person, limits=replace(person.limits, caps=(cap,)))
        week = MostInPeriod().start(now.problem, promising(alone, now.week_of(person)))
        refusal = week.extend(shift)
        if isinstance(refusal, Refusal):
            yield _more_in_a_period(person, shift, cap, refusal)


def _more_in_a_period(person: Person, shift: Shift, cap: Cap, refusal: Refusal) -> Easing:
    assert cap.most is not None
    if cap.unit is Unit.HALF_HOURS:
        was, becomes = cap.most * HALF_HOUR, _hours(refusal, shift)
        return Easing(person.id, refusal.rule, was, becomes, cap=cap)
    return Easing(person.id, refusal.rule, cap.most, _given(refusal) + 1, cap=cap)


def _given(refusal: Refusal) -> int:
    """How much of what is counted was given before, in the week or period of the shift."""
    assert refusal.amount
    return round(refusal.amount.given)


def _hours(refusal: Refusal, shift: Shift) -> timedelta:
    """The time given in the week or period, with the shift."""
    assert refusal.amount
    return timedelta(hours=refusal.amount.given) + shift.whole.length


def _one_day_running_more(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing:
    was = person.limits.days_running
    assert was is not None
    return Easing(person.id, refusal.rule, was, was + 1)


def _one_day_off_fewer(_: Staffing, person: Person, __: Shift, refusal: Refusal) -> Easing | None:
    """Nobody is asked to go without any day off."""
    was = person.limits.days_off
    return Easing(person.id, refusal.rule, was, was - 1) if was > 1 else None


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
    DaysRunning.name: _one_day_running_more,
    DaysOff.name: _one_day_off_fewer,
    RestBetweenShifts.name: _less_rest,
}


def _eased(problem: Problem, person: Person, easing: Easing) -> Person:
    if easing.becomes is None:
        return _granted(problem, person, easing)
    if easing.rule == RestBetweenShifts.name:
        return replace(person, rest=_shorter(rest_of(problem, person), easing))
    if easing.cap is not None:
        return replace(person, limits=replace(person.limits, caps=_raised(person, easing)))
    return replace(person, limits=_eased_limits(person.limits, easing.rule, easing.becomes))


def _eased_limits(limits: Limits, rule: str, becomes: int | timedelta) -> Limits:
    match rule, becomes:
        case MostShifts.name, int():
            return replace(limits, shifts=becomes)
        case MostNights.name, int():
            return replace(limits, nights=becomes)
        case NightsRunning.name, int():
            return replace(limits, nights_running=becomes)
        case DaysRunning.name, int():
            return replace(limits, days_running=becomes)
        case DaysOff.name, int():
            return replace(limits, days_off=becomes)
    assert isinstance(becomes, timedelta)
    return replace(limits, hours=becomes)


def _raised(person: Person, easing: Easing) -> tuple[Cap, ...]:
    becomes = easing.becomes
    most = -(-becomes // HALF_HOUR) if isinstance(becomes, timedelta) else becomes
    caps = person.limits.caps
    return tuple(replace(cap, most=most) if cap == easing.cap else cap for cap in caps)


def _granted(problem: Problem, person: Person, easing: Easing) -> Person:
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
