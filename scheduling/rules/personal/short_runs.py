"""Are there enough days, or nights, in a row to be worth the way?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import ClassVar, Final

from scheduling.problem import Person, Problem, Shift
from scheduling.rules.faces import Tally
from scheduling.rules.personal.worked_dates import (
    Indifferent,
    Place,
    Places,
    by_date,
    from_run,
    runs,
    worked,
)
from scheduling.rules.reading.calendar import all_shifts
from scheduling.rules.reading.counting import MINUTE, Stretch
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NEXT_NIGHT: Final = 36 * 60  # minutes, as for nights running
NEXT_DAY: Final = 2


@dataclass(frozen=True)
class ShortRunsOfDays:
    """Nobody should work on fewer dates in a row than is worth the way.

    Magnitude: `prices.short_run` for each date fewer than `limits.least_days_running`; dates
    worked before and promised ones belong to the run. It costs nothing when it may have begun
    before the first date of the roster or may go on after its last. Source: the public staff
    scheduling benchmark; volunteers who come from afar.
    """

    name: ClassVar[str] = "short run of days"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[Tally, int]":
        """What is too short before anything is given."""
        least, points = person.limits.least_days_running, problem.prices.short_run
        if least <= 1 or not points:
            return Indifferent(), 0
        pattern = _ShortRuns(by_date, NEXT_DAY, least, points, problem.dates)
        return worked(problem, person, pattern)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        points, short = staffing.problem.prices.short_run, 0
        for person in staffing.problem.people if points else ():
            dates = {shift.on for shift in all_shifts(staffing, person)}
            for length in _lengths(dates, *staffing.problem.dates):
                short += max(0, person.limits.least_days_running - length)
        return points * short


def _lengths(dates: set[int], first: int, last: int) -> Iterator[int]:
    """The length of each run that ends on the eve of the first date or later, before the last."""
    for end in range(first - 1, last):
        if end in dates and end + 1 not in dates:
            begin = end
            while begin - 1 in dates:
                begin -= 1
            if begin != first:
                yield end - begin + 1


@dataclass(frozen=True)
class ShortRunsOfNights:
    """Nobody should work fewer nights in a row than is worth turning the day round for.

    Magnitude: `prices.short_run` for each night fewer than `limits.least_nights_running`; nights
    follow each other as in the rule of nights running. What may go on beyond the roster costs
    nothing, as for days. Source: the public staff scheduling benchmark; the person's own wish.
    """

    name: ClassVar[str] = "short run of nights"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[Tally, int]":
        """What is too short before anything is given."""
        least, points = person.limits.least_nights_running, problem.prices.short_run
        if least <= 1 or not points:
            return Indifferent(), 0
        pattern = _ShortRuns(_by_night, NEXT_NIGHT, least, points, problem.dates)
        return worked(problem, person, pattern)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        points, short = staffing.problem.prices.short_run, 0
        first, last = staffing.problem.dates
        for person in staffing.problem.people if points else ():
            for run in _in_a_row(all_shifts(staffing, person)):
                if run[0].on != first and first - 1 <= run[-1].on < last:
                    short += max(0, person.limits.least_nights_running - len(run))
        return points * short


def _in_a_row(shifts: list[Shift]) -> list[list[Shift]]:
    nights = {shift.span.start: shift for shift in shifts if shift.kind in ("night", "24h")}
    rows: list[list[Shift]] = []
    for start in sorted(nights):
        if rows and start - rows[-1][-1].span.start < timedelta(hours=36):
            rows[-1].append(nights[start])
        else:
            rows.append([nights[start]])
    return rows


@dataclass(frozen=True)
class _ShortRuns:
    place: Callable[[Shift], Place | None]
    reach: int
    least: int
    points: int
    dates: Stretch

    def price(self, places: Places) -> int:
        first, last = self.dates
        priced = (
            run
            for run in runs(places, self.reach)
            if run[0].on != first and first - 1 <= run[-1].on < last
        )
        return self.points * sum(max(0, self.least - len(run)) for run in priced)

    def lasting(self, places: Places, last: Place) -> Places:
        """The run that was reached, no longer than is long enough, and all after it."""
        run, *ahead = from_run(places, self.reach, last)
        beyond = run.index(last) + 1
        return (*run[max(0, beyond - self.least) :], *chain.from_iterable(ahead))


def _by_night(shift: Shift) -> Place | None:
    if not shift.kind.is_night:
        return None
    return Place((shift.span.start - EPOCH) // MINUTE, shift.on)
