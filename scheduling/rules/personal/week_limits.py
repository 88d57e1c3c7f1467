"""How much of one week may this person give?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import ClassVar

from scheduling.problem import Period, Person, Problem, Shift, Unit
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.calendar import beyond
from scheduling.rules.reading.counting import MINUTE, Account, Book
from scheduling.rules.reading.staffing import Staffing


def promised_this_week(problem: Problem, person: Person) -> tuple[Shift, ...]:
    """The history that starts inside the horizon: it counts for this week's limits."""
    horizon = problem.horizon
    return tuple(s for s in person.history if horizon.start <= s.span.start < horizon.end)


@dataclass(frozen=True)
class MostShifts:
    """Nobody works more shifts in a week than they agreed to, promised ones included.

    Magnitude: `limits.shifts` from Monday to Sunday of the site's calendar; a shift, standby too,
    belongs to the date of its start. Source: the person's own agreement; Samaritans ask four
    shifts in six weeks.
    """

    name: ClassVar[str] = "most shifts a week"

    def start(self, problem: Problem, person: Person) -> "_Shifts":
        """How many shifts a person has given."""
        return _Shifts(_account(problem, person, Unit.SHIFTS, person.limits.shifts))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every week that the roster takes beyond somebody's limit."""
        for person in staffing.problem.people:
            most = person.limits.shifts
            for count, ids in _beyond(staffing, person, Unit.SHIFTS, Fraction(most)):
                sentence = f"{person.id} has {count} shifts, at most {most}: {', '.join(ids)}"
                amount = Amount(float(count), most)
                yield Breach(self.name, person.id, sentence, ids, amount=amount)


@dataclass(frozen=True)
class _Shifts:
    account: Account

    def extend(self, shift: Shift) -> "_Shifts | Refusal":
        after = self.account.then(shift)
        if after is not None:
            return _Shifts(after)
        held = Amount(self.account.given(shift.on), self.account.limit)
        about = f"{held.given:g} of {held.limit:g} shifts"
        words = "has no shift left to give in this week"
        return Refusal(MostShifts.name, words, about=about, amount=held)


@dataclass(frozen=True)
class MostHours:
    """Nobody works more hours in a week than they agreed to, promised ones included.

    Magnitude: `limits.hours` of elapsed time with the handover, so a night is an hour longer in
    autumn; a shift counts whole where it starts. Source: the person's own agreement; Crisis Text
    Line asks at most 12 hours a week.
    """

    name: ClassVar[str] = "most hours a week"

    def start(self, problem: Problem, person: Person) -> "_Hours":
        """How much time a person has given."""
        return _Hours(_account(problem, person, Unit.HALF_HOURS, person.limits.hours // MINUTE))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every week that the roster takes beyond somebody's limit."""
        for person in staffing.problem.people:
            most = Fraction(person.limits.hours // timedelta(minutes=1), 30)
            for count, ids in _beyond(staffing, person, Unit.HALF_HOURS, most):
                amount = Amount(float(count / 2), float(most / 2))
                sentence = f"{person.id} has {amount.given:g} h, at most {amount.limit:g}: "
                sentence += ", ".join(ids)
                yield Breach(self.name, person.id, sentence, ids, amount=amount)


@dataclass(frozen=True)
class _Hours:
    account: Account

    def extend(self, shift: Shift) -> "_Hours | Refusal":
        after = self.account.then(shift)
        if after is not None:
            return _Hours(after)
        held = Amount(self.account.given(shift.on) / 60, self.account.limit / 60)
        words = f"has only {max(0, held.limit - held.given):g} h left to give in this week"
        about = f"{held.given:g} of {held.limit:g} h"
        return Refusal(MostHours.name, words, about=about, amount=held)


@dataclass(frozen=True)
class MostNights:
    """Nobody works more nights in a week than they agreed to, promised ones included.

    Magnitude: `limits.nights`; 24-hour duty is a night too, standby is none. Source: the person's
    own agreement; Samaritans ask one night in six weeks.
    """

    name: ClassVar[str] = "most nights a week"

    def start(self, problem: Problem, person: Person) -> "_Nights":
        """How many nights a person has given."""
        return _Nights(_account(problem, person, Unit.NIGHTS, person.limits.nights))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every week that a night of the roster takes beyond somebody's limit."""
        for person in staffing.problem.people:
            most = person.limits.nights
            for count, ids in _beyond(staffing, person, Unit.NIGHTS, Fraction(most)):
                sentence = f"{person.id} has {count} nights, at most {most}: {', '.join(ids)}"
                amount = Amount(float(count), most)
                yield Breach(self.name, person.id, sentence, ids, amount=amount)


@dataclass(frozen=True)
class _Nights:
    account: Account

    def extend(self, shift: Shift) -> "_Nights | Refusal":
        after = self.account.then(shift)
        if after is not None:
            return _Nights(after)
        held = Amount(self.account.given(shift.on), self.account.limit)
        about = f"{held.given:g} of {held.limit:g} nights"
        words = "has no night left to give in this week"
        return Refusal(MostNights.name, words, about=about, amount=held)


def _account(problem: Problem, person: Person, unit: Unit, limit: int) -> Account:
    return Account(limit, Book(unit, Period.WEEK).of(person.history).near(problem.dates))


def _beyond(
    staffing: Staffing, person: Person, unit: Unit, most: Fraction
) -> Iterator[tuple[Fraction, tuple[str, ...]]]:
    return beyond(staffing, person, unit, Period.WEEK, 0, most)
