"""How much may this person give in a month or any so many days, and how much did they promise?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import ClassVar, Final

from scheduling.problem import Cap, Period, Person, Problem, Shift, Span, Unit
from scheduling.roster import Amount, Breach
from scheduling.rules.faces import Refusal
from scheduling.rules.reading.calendar import all_shifts, beyond, counted, named
from scheduling.rules.reading.counting import Account, Book, Stretch, monday_of, size, stretch_of
from scheduling.rules.reading.staffing import Staffing
from scheduling.rules.team.pins import pinned
from scheduling.telling.levels import Level

TITLES: Final = {Unit.HALF_HOURS: "h", Unit.FULL_DAYS: "24-hour duties"}


@dataclass(frozen=True)
class MostInPeriod:
    """Nobody gives more in a week, a month or any so many days than they agreed to.

    Magnitude: `most` of each of `limits.caps`, in shifts, half hours of elapsed time with the
    handover, nights, 24-hour duties or weekends; a weekend counts once, whether one day of it is
    worked or both; promised shifts count. Source: the person's own agreement; 24-hour duty is one
    a month each, Manchester Samaritans ask one night in six weeks.
    """

    name: ClassVar[str] = "most in a period"

    def start(self, problem: Problem, person: Person) -> "_Accounts":
        """What a person has given of each unit that is capped."""
        accounts = [
            (cap, Account(cap.most * size(cap.unit), _book(problem, person, cap)))
            for cap in person.limits.caps
            if cap.most is not None
        ]
        return _Accounts(tuple(accounts))

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every stretch that the roster takes beyond one of somebody's caps."""
        for person in staffing.problem.people:
            for cap in person.limits.caps:
                if cap.most is not None:
                    yield from dict.fromkeys(_too_much(staffing, person, cap, cap.most))


def _book(problem: Problem, person: Person, cap: Cap) -> Book:
    return Book(cap.unit, cap.period, cap.days).of(person.history).near(problem.dates)


def _too_much(staffing: Staffing, person: Person, cap: Cap, most: int) -> Iterator[Breach]:
    held = beyond(staffing, person, cap.unit, cap.period, cap.days, Fraction(most))
    share = 2 if cap.unit is Unit.HALF_HOURS else 1
    for count, ids in held:
        sentence = f"{person.id} has {float(count):g} {cap.unit} in a period, at most {most}: "
        amount = Amount(float(count) / share, most / share, cap)
        yield Breach(MostInPeriod.name, person.id, sentence + ", ".join(ids), ids, amount=amount)


@dataclass(frozen=True)
class _Accounts:
    accounts: tuple[tuple[Cap, Account], ...]

    def extend(self, shift: Shift) -> "_Accounts | Refusal":
        if not self.accounts:
            return self
        after = []
        for cap, account in self.accounts:
            longer = account.then(shift)
            if longer is None:
                held = _held(cap, account, shift)
                about = _said(cap, held)
                return Refusal(MostInPeriod.name, f"is at {about}", about=about, amount=held)
            after.append((cap, longer))
        return _Accounts(tuple(after))


def _held(cap: Cap, account: Account, shift: Shift) -> Amount:
    share = 60 if cap.unit is Unit.HALF_HOURS else 1
    return Amount(account.given(shift.on) / share, account.limit / share, cap)


def _said(cap: Cap, held: Amount) -> str:
    """As a coordinator says it: "11 of 12 h in this month"."""
    amounts = f"{held.given:g} of {held.limit:g}"
    where = f"{cap.days} days" if cap.period is Period.ROLLING else f"this {cap.period}"
    return f"{amounts} {TITLES.get(cap.unit, cap.unit)} in {where}"


@dataclass(frozen=True)
class BelowCommitment:
    """Everyone should give as much as they committed themselves to.

    Magnitude: `prices.below_commitment` for each unit short of `least` of each of `limits.caps`,
    in every week or month that has a date of the roster; any so many days are counted to the
    Sunday of each such week. What was given before and is promised counts. Source: minimum
    commitments of lines (12 h a month, 4 h a week); nobody stays who is never asked.
    """

    name: ClassVar[str] = "below commitment"
    level: ClassVar[Level] = Level.FAIRNESS

    def start(self, problem: Problem, person: Person) -> "tuple[_Commitments, int]":
        """What a person is short of beside the pins."""
        points = problem.prices.below_commitment
        caps = [cap for cap in person.limits.caps if cap.least and points]
        pins = pinned(problem, person) if caps else ()
        whole = replace(person, history=(*person.history, *pins))
        books = tuple(_commitment(problem, whole, cap) for cap in caps)
        short = sum(each.missing(each.asked) for each in books)
        return _Commitments(frozenset(s.span for s in pins), points, books), points * short

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        points = staffing.problem.prices.below_commitment
        if not points:
            return 0
        short = 0
        for person in staffing.problem.people:
            shifts = all_shifts(staffing, person)
            for cap in person.limits.caps:
                for stretch in _asked(staffing.problem, cap, shifts):
                    short += max(0, ceil(cap.least - counted(cap.unit, stretch)))
        return points * short


def _asked(problem: Problem, cap: Cap, shifts: list[Shift]) -> Iterator[list[Shift]]:
    """The shifts of each stretch in which something is asked."""
    first, last = problem.dates
    dates = range(first, last + 1)
    if cap.period is not Period.ROLLING:
        for name in {named(cap.period, on) for on in dates}:
            yield [shift for shift in shifts if named(cap.period, shift.on) == name]
        return
    for sunday in {on + 7 - date.fromordinal(on).isoweekday() for on in dates}:
        until, days = date.fromordinal(sunday), timedelta(days=cap.days)
        yield [s for s in shifts if until - days < date.fromordinal(s.on) <= until]


def _commitment(problem: Problem, person: Person, cap: Cap) -> "_Commitment":
    dates = range(problem.dates[0], problem.dates[1] + 1)
    if cap.period is Period.ROLLING:
        sundays = {monday_of(on) + 6 for on in dates}
        asked = {(sunday - cap.days + 1, sunday) for sunday in sundays}
    else:
        asked = {stretch_of(cap.period, on) for on in dates}
    wanted = cap.least * size(cap.unit)
    book = Book(cap.unit, cap.period, cap.days, enough=wanted).of(person.history)
    stretches = tuple(sorted(asked))
    return _Commitment(wanted, stretches, book.near((stretches[0][0], stretches[-1][1])))


@dataclass(frozen=True)
class _Commitment:
    """What one cap asks, and what was given towards it. asked: every stretch."""

    wanted: int  # in the unit's smallest parts
    asked: tuple[Stretch, ...]
    book: Book

    def around(self, on: int) -> tuple[Stretch, ...]:
        """The stretches that hold a date."""
        return tuple(stretch for stretch in self.asked if stretch[0] <= on <= stretch[1])

    def missing(self, stretches: tuple[Stretch, ...]) -> int:
        """So many units short, a begun one too."""
        shares = size(self.book.unit)
        short = (max(0, self.wanted - self.book.total(stretch)) for stretch in stretches)
        return sum(-(-parts // shares) for parts in short)


@dataclass(frozen=True)
class _Commitments:
    pins: frozenset[Span]  # counted from the start, so that all others come in order
    points: int
    books: tuple[_Commitment, ...]

    def extend(self, shift: Shift) -> "tuple[_Commitments, int]":
        if shift.span in self.pins:
            return self, 0
        short, books = 0, []
        for each in self.books:
            longer = replace(each, book=each.book.then(shift))
            around = each.around(shift.on)
            short += longer.missing(around) - each.missing(around)
            books.append(longer)
        return replace(self, books=tuple(books)), self.points * short
