"""How much do people give in a week, a month or any so many days? As the search counts it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from scheduling.problem import Period, Shift, ShiftKind, Unit

MINUTE: Final = timedelta(minutes=1)
AMOUNTS: Final[Mapping[Unit, Callable[[Shift], int]]] = {
    Unit.SHIFTS: lambda shift: 1,
    Unit.HALF_HOURS: lambda shift: shift.whole.length // MINUTE,
    Unit.NIGHTS: lambda shift: int(shift.kind.is_night),
    Unit.FULL_DAYS: lambda shift: int(shift.kind is ShiftKind.FULL_DAY),
    Unit.WEEKENDS: lambda shift: int(monday_of(shift.on) + 5 <= shift.on),
}

Stretch = tuple[int, int]  # first and last date


def size(unit: Unit) -> int:
    """How many of its smallest parts a unit has: half hours are counted in minutes."""
    return 30 if unit is Unit.HALF_HOURS else 1


def monday_of(on: int) -> int:
    """The Monday of a date's week."""
    return on - (on - 1) % 7


def stretch_of(period: Period, on: int) -> Stretch:
    """The week or the month of a date."""
    if period is Period.WEEK:
        return monday_of(on), monday_of(on) + 6
    first = date.fromordinal(on).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.toordinal(), following.toordinal() - 1


@dataclass(frozen=True)
class Book:
    """What a person gives of one unit, by date, as far as it can still matter.

    In weeks and months one entry holds all of them, so that states stay few; enough: an entry
    beyond it is as good as one that reaches it.
    """

    unit: Unit
    period: Period
    days: int = 0  # of a rolling period
    enough: int | None = None
    entries: tuple[Stretch, ...] = ()  # date and amount, in order

    def of(self, shifts: Iterable[Shift]) -> "Book":
        """The same with all these shifts, in any order."""
        book = self
        for shift in shifts:
            book = book._entered(shift.on, AMOUNTS[self.unit](shift))
        return book

    def near(self, dates: Stretch) -> "Book":
        """The same without what counts together with none of these dates."""
        first, last = self.around(dates[0])[0], self.around(dates[1])[1]
        return self._with(entry for entry in self.entries if first <= entry[0] <= last)

    def then(self, shift: Shift) -> "Book":
        """The same with a shift after which none starts earlier."""
        first, _ = self.around(shift.on)
        past = bool(self.entries) and self.entries[0][0] < first
        book = self._with(entry for entry in self.entries if entry[0] >= first) if past else self
        return book._entered(shift.on, AMOUNTS[self.unit](shift))

    def around(self, on: int) -> Stretch:
        """All dates that count together with a date in some stretch."""
        if self.period is Period.ROLLING:
            return on - self.days + 1, on + self.days - 1
        return stretch_of(self.period, on)

    def stretches(self, on: int) -> list[Stretch]:
        """Every week or month, or all the runs of dates, that hold a date."""
        if self.period is Period.ROLLING:
            return [(first, first + self.days - 1) for first in range(on - self.days + 1, on + 1)]
        return [stretch_of(self.period, on)]

    def total(self, stretch: Stretch) -> int:
        """How much is given from its first to its last date; a weekend counts once."""
        inside = [entry for entry in self.entries if stretch[0] <= entry[0] <= stretch[1]]
        if self.unit is Unit.WEEKENDS:
            return len({monday_of(on) for on, _ in inside})
        return sum(amount for _, amount in inside)

    def most(self, on: int) -> int:
        """How much the fullest stretch that holds a date has."""
        return max(self.total(stretch) for stretch in self.stretches(on))

    def _entered(self, on: int, amount: int) -> "Book":
        if not amount:
            return self
        entries = dict(self.entries)
        place = self._place(on)
        more = entries.get(place, 0) + amount
        entries[place] = more if self.enough is None else min(more, self.enough)
        if self.unit is Unit.WEEKENDS:
            entries[place] = 1
        return self._with(sorted(entries.items()))

    def _with(self, entries: Iterable[Stretch]) -> "Book":
        return Book(self.unit, self.period, self.days, self.enough, tuple(entries))

    def _place(self, on: int) -> int:
        """The date under which a shift is entered."""
        if self.period is Period.ROLLING:
            return on
        first, _ = stretch_of(self.period, on)
        return max(first, monday_of(on) + 5) if self.unit is Unit.WEEKENDS else first


@dataclass(frozen=True)
class Account:
    """A book that may not be overdrawn. limit: in the unit's smallest parts."""

    limit: int
    book: Book

    def then(self, shift: Shift) -> "Account | None":
        """The same with a later shift; None if the shift makes a stretch hold too much."""
        after = self.book.then(shift)
        if after.total(after.around(shift.on)) > self.limit and self._overdrawn(after, shift.on):
            return None
        return self if after is self.book else Account(self.limit, after)

    def given(self, on: int) -> int:
        """How much is given already in the fullest stretch around a date."""
        return self.book.most(on)

    def _overdrawn(self, after: Book, on: int) -> bool:
        """What stood beyond the limit before the shift is not the shift's fault."""
        return any(
            after.total(stretch) > max(self.limit, self.book.total(stretch))
            for stretch in after.stretches(on)
        )
