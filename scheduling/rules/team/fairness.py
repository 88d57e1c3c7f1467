"""Is the unpopular work shared? Each sort of it is a rota of its own."""

from dataclasses import dataclass, replace
from typing import ClassVar

from scheduling.problem import Person, Problem, Rota, Shift, ShiftKind
from scheduling.rules.personal.week_limits import promised_this_week
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class FairNights:
    """Nights should be shared evenly, over the weeks.

    Magnitude: `prices.unfair_night` times the square of a person's nights: those carried over
    (`nights_before`, below zero for whoever did fewer than their share) plus those of this week,
    promised ones included; 24-hour duty and standby are no nights here. Whoever is given none
    still costs that square; who is exempt costs nothing.
    Source: overnights are shared as a rota of their own at the Samaritans.
    """

    name: ClassVar[str] = "unfair nights"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_DutiesSoFar, int]":
        """The square of the nights that a person has already."""
        if Rota.NIGHTS in person.exempt:
            return _DutiesSoFar(ShiftKind.NIGHT, 0, 0), 0
        before, points = person.nights_before, problem.prices.unfair_night
        return _begun(problem, person, _DutiesSoFar(ShiftKind.NIGHT, before, points))

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        squares = 0
        for person in staffing.problem.people:
            if "nights" not in person.exempt:
                nights = [s for s in staffing.this_week(person) if s.kind == "night"]
                squares += (person.nights_before + len(nights)) ** 2
        return squares * staffing.problem.prices.unfair_night


@dataclass(frozen=True)
class FairFullDays:
    """Duty of 24 hours should be shared evenly, over the months.

    Magnitude: `prices.unfair_full_day` times the square of a person's 24-hour duties, carried over
    (`full_days_before`), promised and given; who is exempt costs nothing. Source: duty lists of
    12355 and 96111, one duty a month each.
    """

    name: ClassVar[str] = "unfair 24h duty"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_DutiesSoFar, int]":
        """The square of the duties that a person has already."""
        if Rota.FULL_DAYS in person.exempt:
            return _DutiesSoFar(ShiftKind.FULL_DAY, 0, 0), 0
        before, points = person.full_days_before, problem.prices.unfair_full_day
        return _begun(problem, person, _DutiesSoFar(ShiftKind.FULL_DAY, before, points))

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        squares = 0
        for person in staffing.problem.people:
            if "24h" not in person.exempt:
                duties = [s for s in staffing.this_week(person) if s.kind == "24h"]
                squares += (person.full_days_before + len(duties)) ** 2
        return squares * staffing.problem.prices.unfair_full_day


@dataclass(frozen=True)
class _DutiesSoFar:
    kind: ShiftKind
    duties: int
    points: int  # 0: nothing is counted

    def extend(self, shift: Shift) -> "tuple[_DutiesSoFar, int]":
        if shift.kind is not self.kind or not self.points:
            return self, 0
        return replace(self, duties=self.duties + 1), self.points * (2 * self.duties + 1)


def _begun(problem: Problem, person: Person, so_far: _DutiesSoFar) -> tuple[_DutiesSoFar, int]:
    promised = sum(s.kind is so_far.kind for s in promised_this_week(problem, person))
    begun = replace(so_far, duties=so_far.duties + promised)
    return begun, begun.points * begun.duties**2


@dataclass(frozen=True)
class FairWeekends:
    """Weekend shifts should be shared evenly, over the weeks.

    Magnitude: `prices.unfair_weekend` times the square of a person's weekend shifts, carried
    over, promised and given. Source: as for nights; peers cap weekends instead.
    """

    name: ClassVar[str] = "unfair weekends"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_WeekendsSoFar, int]":
        """The square of the weekend shifts that a person has already."""
        promised = sum(s.weekend for s in promised_this_week(problem, person))
        shifts, points = person.weekends_before + promised, problem.prices.unfair_weekend
        return _WeekendsSoFar(shifts, points), points * shifts**2

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        squares = 0
        for person in staffing.problem.people:
            weekend = [shift for shift in staffing.this_week(person) if shift.weekend]
            squares += (person.weekends_before + len(weekend)) ** 2
        return squares * staffing.problem.prices.unfair_weekend


@dataclass(frozen=True)
class _WeekendsSoFar:
    shifts: int
    points: int

    def extend(self, shift: Shift) -> "tuple[_WeekendsSoFar, int]":
        if not shift.weekend or not self.points:
            return self, 0
        return replace(self, shifts=self.shifts + 1), self.points * (2 * self.shifts + 1)
