"""How does one person's burden compare with that of everybody who shares it?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from scheduling.problem import Person, Problem, Rota, Shift, ShiftKind
from scheduling.rules import Staffing


class Measure(StrEnum):
    """What is counted, in this order: three in shifts, one in hours."""

    NIGHTS = "nights"  # of kind night
    FULL_DAYS = "24h"
    WEEKENDS = "weekends"  # shifts that start at a weekend
    HOURS = "hours"


@dataclass(frozen=True)
class Burden:
    """One measure of one person. before: beyond (+) or below (-) their share in earlier weeks.

    mean: over all who share it, of what they have now and before together; sharing: how many
    they are; shares: whether this person is one of them.
    """

    measure: Measure
    mine: float
    before: int
    mean: float
    sharing: int
    shares: bool


def burdens(staffing: Staffing) -> Mapping[str, tuple[Burden, ...]]:
    """Of each person the four measures."""
    people = staffing.problem.people
    columns = [_column(staffing, measure) for measure in Measure]
    return {person.id: tuple(column[person.id] for column in columns) for person in people}


def _column(staffing: Staffing, measure: Measure) -> Mapping[str, Burden]:
    problem = staffing.problem
    sharing = {person.id for person in problem.people if shares(problem, person, measure)}
    now = {person.id: _now(staffing.this_week(person), measure) for person in problem.people}
    before = {person.id: _before(person, measure) for person in problem.people}
    total = sum(now[each] + before[each] for each in sharing)
    mean = total / max(1, len(sharing))
    return {
        each: Burden(measure, now[each], before[each], mean, len(sharing), each in sharing)
        for each in now
    }


def shares(problem: Problem, person: Person, measure: Measure) -> bool:
    """Whether a person can be given what is measured: not exempt, and some such shift is open."""
    rota = ROTAS.get(measure)
    counted = COUNTED[measure]
    if rota in person.exempt or (rota and not person.limits.nights):
        return False
    return any(
        counted(shift)
        and shift.desk in person.desks
        and any(span.holds(shift.span) for span in person.available)
        for shift in problem.shifts
    )


ROTAS: Final = {Measure.NIGHTS: Rota.NIGHTS, Measure.FULL_DAYS: Rota.FULL_DAYS}
COUNTED: Final[Mapping[Measure, Callable[[Shift], bool]]] = {
    Measure.NIGHTS: lambda shift: shift.kind is ShiftKind.NIGHT,
    Measure.FULL_DAYS: lambda shift: shift.kind is ShiftKind.FULL_DAY,
    Measure.WEEKENDS: lambda shift: shift.weekend,
    Measure.HOURS: lambda shift: True,
}


def _now(week: Sequence[Shift], measure: Measure) -> float:
    mine = [shift for shift in week if COUNTED[measure](shift)]
    if measure is Measure.HOURS:
        return sum((shift.whole.length for shift in mine), timedelta(0)) / timedelta(hours=1)
    return len(mine)


def _before(person: Person, measure: Measure) -> int:
    match measure:
        case Measure.NIGHTS:
            return person.nights_before
        case Measure.FULL_DAYS:
            return person.full_days_before
        case Measure.WEEKENDS:
            return person.weekends_before
    return 0
