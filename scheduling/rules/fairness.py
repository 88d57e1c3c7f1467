"""Is the unpopular work shared?"""

from dataclasses import dataclass, replace
from typing import ClassVar

from scheduling.levels import Level
from scheduling.problem import Person, Problem, Shift
from scheduling.rules.staffing import Staffing
from scheduling.rules.week_limits import promised_this_week


@dataclass(frozen=True)
class FairNights:
    """Nights should be shared evenly, over the weeks.

    Magnitude: `prices.unfair_night` times the square of a person's nights: those carried over
    (`nights_before`, below zero for whoever did fewer than their share) plus those of this week,
    promised ones and 24-hour duty included. Whoever is given none still costs that square.
    Source: overnights are shared as a rota of their own at the Samaritans.
    """

    name: ClassVar[str] = "unfair nights"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_NightsSoFar, int]":
        """The square of the nights that a person has already."""
        promised = sum(s.kind.is_night for s in promised_this_week(problem, person))
        nights, points = person.nights_before + promised, problem.prices.unfair_night
        return _NightsSoFar(nights, points), points * nights**2

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        squares = 0
        for person in staffing.problem.people:
            week = staffing.this_week(person)
            nights = [shift for shift in week if shift.kind in ("night", "24h")]
            squares += (person.nights_before + len(nights)) ** 2
        return squares * staffing.problem.prices.unfair_night


@dataclass(frozen=True)
class _NightsSoFar:
    nights: int
    points: int

    def extend(self, shift: Shift) -> "tuple[_NightsSoFar, int]":
        if not shift.kind.is_night:
            return self, 0
        return replace(self, nights=self.nights + 1), self.points * (2 * self.nights + 1)


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
        if not shift.weekend:
            return self, 0
        return replace(self, shifts=self.shifts + 1), self.points * (2 * self.shifts + 1)
