"""How many days in a row?"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.personal.worked_dates import Place, by_date, from_run
from scheduling.rules.reading.calendar import all_shifts
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class DaysRunning:
    """Nobody works on more dates in a row than they agreed to, history and promises included.

    Magnitude: `limits.days_running`; a shift, standby too, makes the date of its start a working
    day, on the site's calendar. Source: the person's own agreement; peers allow five or six.
    """

    name: ClassVar[str] = "days running"

    def start(self, problem: Problem, person: Person) -> "_Days":
        """The dates a person has worked or promised."""
        most = person.limits.days_running
        if most is None:
            return _Days(0, None)
        return _Days(most, tuple(sorted({by_date(shift) for shift in person.history})))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every run of dates that is too long and holds one that only the roster gave."""
        for person in staffing.problem.people:
            most = person.limits.days_running
            for run in [] if most is None else _too_long(staffing, person, most):
                count = run[-1].on - run[0].on + 1
                sentence = f"{person.id} has {count} days running, at most {most}: "
                ids = tuple(shift.id for shift in run)
                amount = Amount(count, most or 0)
                yield Breach(self.name, person.id, sentence + ", ".join(ids), ids, amount=amount)


def _too_long(staffing: Staffing, person: Person, most: int) -> Iterator[list[Shift]]:
    promised = {shift.on for shift in person.history}
    shifts = sorted(all_shifts(staffing, person), key=lambda shift: (shift.on, shift.span))
    run: list[Shift] = []
    for place, shift in enumerate(shifts, 1):
        run.append(shift)
        if place == len(shifts) or shifts[place].on > shift.on + 1:
            if run[-1].on - run[0].on >= most and any(each.on not in promised for each in run):
                yield run
            run = []


@dataclass(frozen=True)
class _Days:
    """The dates of the run that has been reached, and those promised ahead. None: no limit."""

    most: int
    dates: tuple[Place, ...] | None

    def extend(self, shift: Shift) -> "_Days | Refusal":
        place = by_date(shift)
        if self.dates is None or place in self.dates:
            return self
        run, *ahead = from_run(sorted((*self.dates, place)), 2, place)
        if len(run) > self.most:
            words = f"would work more than {self.most} days running"
            return Refusal(DaysRunning.name, words, amount=Amount(len(run), self.most))
        return _Days(self.most, (*run, *chain.from_iterable(ahead)))
