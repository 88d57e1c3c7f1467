"""How much of one week may this person give?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.staffing import Staffing


def promised_this_week(problem: Problem, person: Person) -> tuple[Shift, ...]:
    """The history that starts inside the horizon: it counts for this week's limits."""
    horizon = problem.horizon
    return tuple(s for s in person.history if horizon.start <= s.span.start < horizon.end)


@dataclass(frozen=True)
class MostShifts:
    """Nobody works more shifts in the week than they agreed to, promised ones included.

    Magnitude: `limits.shifts`; a week is the horizon, a shift belongs to where it starts.
    Source: the person's own agreement; Samaritans ask four shifts in six weeks.
    """

    name: ClassVar[str] = "most shifts a week"

    def start(self, problem: Problem, person: Person) -> "_ShiftsLeft":
        """How many shifts a person still has to give."""
        return _ShiftsLeft(max(0, person.limits.shifts - len(promised_this_week(problem, person))))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Everyone whom the roster takes beyond their limit."""
        for person in staffing.problem.people:
            count = len(staffing.this_week(person))
            if staffing.week_of(person) and count > person.limits.shifts:
                sentence = f"{person.id} has {count} shifts, at most {person.limits.shifts}: "
                yield Breach(self.name, person.id, sentence + _ids(staffing, person))


@dataclass(frozen=True)
class _ShiftsLeft:
    left: int

    def extend(self, shift: Shift) -> "_ShiftsLeft | Refusal":
        if self.left:
            return replace(self, left=self.left - 1)
        return Refusal(MostShifts.name, "has no shift left to give in this week")


@dataclass(frozen=True)
class MostHours:
    """Nobody works more hours in the week than they agreed to, promised ones included.

    Magnitude: `limits.hours` of elapsed time, so a night is an hour longer in autumn; a shift
    counts whole where it starts. Source: the person's own agreement; Crisis Text Line asks at
    most 12 hours a week.
    """

    name: ClassVar[str] = "most hours a week"

    def start(self, problem: Problem, person: Person) -> "_HoursLeft":
        """How much time a person still has to give."""
        promised = (s.span.length for s in promised_this_week(problem, person))
        return _HoursLeft(max(timedelta(0), person.limits.hours - sum(promised, timedelta(0))))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Everyone whom the roster takes beyond their limit."""
        for person in staffing.problem.people:
            worked = timedelta(0)
            for shift in staffing.this_week(person):
                worked += shift.span.end - shift.span.start
            if staffing.week_of(person) and worked > person.limits.hours:
                sentence = f"{person.id} has {_hours(worked)} h, at most "
                sentence += f"{_hours(person.limits.hours)}: {_ids(staffing, person)}"
                yield Breach(self.name, person.id, sentence)


@dataclass(frozen=True)
class _HoursLeft:
    left: timedelta

    def extend(self, shift: Shift) -> "_HoursLeft | Refusal":
        if shift.span.length <= self.left:
            return replace(self, left=self.left - shift.span.length)
        return Refusal(MostHours.name, f"has only {_hours(self.left)} h left to give in this week")


@dataclass(frozen=True)
class MostNights:
    """Nobody works more nights in the week than they agreed to, promised ones included.

    Magnitude: `limits.nights`; 24-hour duty is a night too. Source: the person's own agreement;
    Samaritans ask one night in six weeks.
    """

    name: ClassVar[str] = "most nights a week"

    def start(self, problem: Problem, person: Person) -> "_NightsLeft":
        """How many nights a person still has to give."""
        promised = sum(s.kind.is_night for s in promised_this_week(problem, person))
        return _NightsLeft(max(0, person.limits.nights - promised))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Everyone whom a night of the roster takes beyond their limit."""
        for person in staffing.problem.people:
            given = [s for s in staffing.week_of(person) if s.kind in ("night", "24h")]
            count = sum(s.kind in ("night", "24h") for s in staffing.this_week(person))
            if given and count > person.limits.nights:
                sentence = f"{person.id} has {count} nights, at most {person.limits.nights}: "
                yield Breach(self.name, person.id, sentence + _ids(staffing, person))


@dataclass(frozen=True)
class _NightsLeft:
    left: int

    def extend(self, shift: Shift) -> "_NightsLeft | Refusal":
        if not shift.kind.is_night:
            return self
        if self.left:
            return replace(self, left=self.left - 1)
        return Refusal(MostNights.name, "has no night left to give in this week")


def _hours(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):g}"


def _ids(staffing: Staffing, person: Person) -> str:
    return ", ".join(shift.id for shift in staffing.this_week(person))
