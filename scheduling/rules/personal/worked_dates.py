"""What does it cost on which dates, or in which nights, a person works?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, Protocol

from scheduling.problem import Person, Problem, Shift
from scheduling.rules.team.pins import pinned


class Place(NamedTuple):
    """Where a shift stands in a row of dates or nights. when: in days, or in minutes."""

    when: int
    on: int  # the date it belongs to


Places = Sequence[Place]  # distinct and in order


class Pattern(Protocol):
    """The price of a set of places. Compared and hashed by value."""

    def __hash__(self) -> int: ...

    def place(self, shift: Shift, /) -> Place | None:
        """Where a shift stands; None: it does not count."""
        ...

    def price(self, places: Places) -> int:
        """Points of all these."""
        ...

    def lasting(self, places: Places, last: Place) -> Places:
        """Without those that change no price any more when nothing comes before `last`."""
        ...


@dataclass(frozen=True)
class Worked:
    """What a person has worked, and is promised or pinned to."""

    pattern: Pattern
    places: tuple[Place, ...]

    def extend(self, shift: Shift) -> "tuple[Worked, int]":
        """The tally with a later shift, and what all dates together cost more."""
        place = self.pattern.place(shift)
        if place is None or place in self.places:
            return self, 0
        more = sorted((*self.places, place))
        added = self.pattern.price(more) - self.pattern.price(self.places)
        return replace(self, places=tuple(self.pattern.lasting(more, place))), added


@dataclass(frozen=True)
class Indifferent:
    """The tally of a wish that asks nothing of a person."""

    def extend(self, shift: Shift) -> "tuple[Indifferent, int]":
        """Nothing changes, nothing is paid."""
        return self, 0


def worked(problem: Problem, person: Person, pattern: Pattern) -> tuple[Worked, int]:
    """A person's tally before the search adds anything, and its price; pins stand in both."""
    shifts = (*person.history, *pinned(problem, person))
    found = {place for shift in shifts if (place := pattern.place(shift)) is not None}
    places = tuple(sorted(found))
    return Worked(pattern, places), pattern.price(places)


def by_date(shift: Shift) -> Place:
    """The place of a shift among the dates."""
    return Place(shift.on, shift.on)


def runs(places: Places, reach: int) -> list[list[Place]]:
    """Places together that follow each other within less than `reach`."""
    found = [[place] for place in places[:1]]
    for earlier, later in pairwise(places):
        if later.when - earlier.when < reach:
            found[-1].append(later)
        else:
            found.append([later])
    return found


def from_run(places: Places, reach: int, last: Place) -> list[list[Place]]:
    """The run that holds `last`, and all runs after it."""
    found = runs(places, reach)
    return found[next(n for n, run in enumerate(found) if last in run) :]
