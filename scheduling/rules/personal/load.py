"""Does everybody carry about the same?"""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift, Weights
from scheduling.rules.personal.week_limits import promised_this_week
from scheduling.rules.reading.staffing import HALF_HOUR, Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class FairLoad:
    """Load should be shared evenly: time, with nights and other hard work counted for more.

    Magnitude: `prices.unfair_load` times the square of a person's load in units. A shift loads with
    its half hours, handover included and a begun one whole, times `weights` of its kind. What is
    carried over (`load_before`), promised and given is summed in points and divided by
    `weights.unit`, to the nearest whole unit, halves up. Source: a night counts double on the duty
    lists of several lines; the rest is this project's choice.
    """

    name: ClassVar[str] = "unfair load"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_Load, int]":
        """The square of the load that a person has already."""
        weights, price = problem.weights, problem.prices.unfair_load
        promised = promised_this_week(problem, person)
        load = _Load(person.load_before + sum(loads(s, weights) for s in promised), weights, price)
        return load, load.price

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        weights, squares = staffing.problem.weights, 0
        by_kind = {
            "day": weights.day,
            "evening": weights.evening,
            "night": weights.night,
            "24h": weights.full_day,
            "standby": weights.standby,
        }
        for person in staffing.problem.people:
            load = person.load_before
            for shift in staffing.this_week(person):
                at = shift.span.start
                while at < shift.span.end + shift.handover:
                    load += by_kind[shift.kind]
                    at += timedelta(minutes=30)
            squares += floor(Fraction(load, weights.unit) + Fraction(1, 2)) ** 2
        return squares * staffing.problem.prices.unfair_load


@dataclass(frozen=True)
class _Load:
    points: int
    weights: Weights
    each: int  # points of price for one unit, squared; 0: nothing is counted

    @property
    def price(self) -> int:
        unit = self.weights.unit
        units: int = (2 * self.points + unit) // (2 * unit)
        return self.each * units**2

    def extend(self, shift: Shift) -> "tuple[_Load, int]":
        if not self.each:
            return self, 0
        more = replace(self, points=self.points + loads(shift, self.weights))
        return more, more.price - self.price


def loads(shift: Shift, weights: Weights) -> int:
    """Points of load of one shift."""
    half_hours = -(-shift.whole.length // HALF_HOUR)
    return half_hours * weights.of(shift.kind)
