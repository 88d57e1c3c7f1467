"""Is there time to recover: days off in a row, whole weekends, no single days?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal, Tally
from scheduling.rules.personal.worked_dates import Indifferent, Place, Places, by_date, worked
from scheduling.rules.reading.calendar import all_shifts
from scheduling.rules.reading.counting import Stretch, monday_of
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class DaysOff:
    """Every week in which the roster adds a working day keeps enough days off in a row.

    Magnitude: `limits.days_off` dates without a shift that follow each other between a Monday and
    the Sunday after it, on the site's calendar; a shift, standby too, takes the date of its start.
    Source: two days off in a row a week, as peers offer; the person's own agreement.
    """

    name: ClassVar[str] = "days off in a row"

    def start(self, problem: Problem, person: Person) -> "_Weeks":
        """The dates that are promised already."""
        least = person.limits.days_off
        promised = {shift.on for shift in person.history} if least else set()
        return _Weeks(least, tuple(sorted(promised)), 0, 0)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every week with too few, of which a date is worked for the roster only."""
        for person in staffing.problem.people:
            dates = {shift.on for shift in all_shifts(staffing, person)}
            added = dates - {shift.on for shift in person.history}
            for week in sorted({date.fromordinal(on).isocalendar()[:2] for on in added}):
                days = [date.fromisocalendar(*week, day).toordinal() for day in range(1, 8)]
                free = _longest([day not in dates for day in days])
                if free < person.limits.days_off:
                    sentence = f"{person.id} has {free} days off in a row in week {week[1]}, "
                    sentence += f"at least {person.limits.days_off}"
                    amount = Amount(free, person.limits.days_off)
                    yield Breach(self.name, person.id, sentence, amount=amount)


def _longest(free: list[bool]) -> int:
    """How many stand in a row at most."""
    return max(sum(run) for _, run in groupby(free))


@dataclass(frozen=True)
class _Weeks:
    """How a week stands. last: the last date worked in it, 0: enough days off came before."""

    least: int
    promised: tuple[int, ...]
    monday: int
    last: int

    def extend(self, shift: Shift) -> "_Weeks | Refusal":
        on, monday = shift.on, monday_of(shift.on)
        if not self.least or on in self.promised:
            return self
        last = self.last if monday == self.monday else monday - 1
        if not last or self._free(last, on) >= self.least:
            return _Weeks(self.least, self.promised, monday, 0)
        if self._free(on, monday + 7) >= self.least:
            return _Weeks(self.least, self.promised, monday, on)
        words = f"would not have {self.least} days off in a row in this week"
        return Refusal(DaysOff.name, words, amount=Amount(0, self.least))

    def _free(self, after: int, before: int) -> int:
        """The most dates in a row between two that nothing is promised on."""
        taken = [after, *(on for on in self.promised if after < on < before), before]
        return max(later - earlier for earlier, later in pairwise(taken)) - 1


@dataclass(frozen=True)
class SingleDayOff:
    """Nobody should have a single day off between two working days.

    Magnitude: `prices.single_day_off` for each, from the eve of the roster's first date to the day
    after its last; what was worked before and is promised counts. Source: the nurse rostering
    literature; one day is no rest.
    """

    name: ClassVar[str] = "single day off"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[Tally, int]":
        """The single days off between what was worked before and is promised."""
        points = problem.prices.single_day_off
        if not points:
            return Indifferent(), 0
        return worked(problem, person, _Singles(points, problem.dates))

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        points, singles = staffing.problem.prices.single_day_off, 0
        first, last = staffing.problem.dates
        for person in staffing.problem.people if points else ():
            dates = {shift.on for shift in all_shifts(staffing, person)}
            for day in range(first - 1, last + 2):
                singles += day not in dates and {day - 1, day + 1} <= dates
        return points * singles


@dataclass(frozen=True)
class _Singles:
    points: int
    dates: Stretch

    def place(self, shift: Shift, /) -> Place | None:
        return by_date(shift)

    def price(self, places: Places) -> int:
        first, last = self.dates
        middles = (
            earlier.on + 1 for earlier, later in pairwise(places) if later.on == earlier.on + 2
        )
        return self.points * sum(first - 1 <= on <= last + 1 for on in middles)

    def lasting(self, places: Places, last: Place) -> Places:
        return [place for place in places if place.on >= last.on]


@dataclass(frozen=True)
class HalfWeekend:
    """A weekend should be worked on both days or on neither.

    Magnitude: `prices.half_weekend` for each weekend of which one day only is worked, when its
    Sunday is a date of the roster; what was worked before and is promised counts. Source: whole
    weekends, as peers cap them.
    """

    name: ClassVar[str] = "half weekend"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[Tally, int]":
        """The half weekends that are promised already."""
        points = problem.prices.half_weekend
        if not points:
            return Indifferent(), 0
        return worked(problem, person, _Halves(points, problem.dates))

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        points, halves = staffing.problem.prices.half_weekend, 0
        first, last = staffing.problem.dates
        sundays = [d for d in range(first, last + 1) if date.fromordinal(d).isoweekday() == 7]
        for person in staffing.problem.people if points else ():
            dates = {shift.on for shift in all_shifts(staffing, person)}
            halves += sum((day in dates) != (day - 1 in dates) for day in sundays)
        return points * halves


@dataclass(frozen=True)
class _Halves:
    points: int
    dates: Stretch

    def place(self, shift: Shift, /) -> Place | None:
        place = by_date(shift)
        return place if place.on >= monday_of(place.on) + 5 else None

    def price(self, places: Places) -> int:
        first, last = self.dates
        sundays = [monday_of(place.on) + 6 for place in places]
        return self.points * sum(
            sundays.count(sunday) == 1 for sunday in sundays if first <= sunday <= last
        )

    def lasting(self, places: Places, last: Place) -> Places:
        return [place for place in places if place.on >= last.on - 1]
