"""Who is where in a roster, found at once: by person, by shift and by desk."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scheduling.problem import Need, Person, Pin, Problem, Shift
from scheduling.roster import Roster

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True)
class Indexed:
    """A problem and a roster of people and shifts that it knows."""

    problem: Problem
    roster: Roster

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """Everybody by id."""
        return {person.id: person for person in self.problem.people}

    @cached_property
    def shifts(self) -> Mapping[str, Shift]:
        """Every shift by id."""
        return {shift.id: shift for shift in self.problem.shifts}

    @cached_property
    def weeks(self) -> Mapping[str, frozenset[str]]:
        """The shifts that each person has."""
        found: dict[str, set[str]] = {person.id: set() for person in self.problem.people}
        for given in self.roster.assignments:
            found[given.person].add(given.shift)
        return {person: frozenset(shifts) for person, shifts in found.items()}

    @cached_property
    def teams(self) -> Mapping[str, frozenset[str]]:
        """The people whom each shift has."""
        found: dict[str, set[str]] = {shift.id: set() for shift in self.problem.shifts}
        for given in self.roster.assignments:
            found[given.shift].add(given.person)
        return {shift: frozenset(people) for shift, people in found.items()}

    @cached_property
    def shifts_at(self) -> Mapping[str, tuple[Shift, ...]]:
        """What each desk offers."""
        return _grouped((shift.desk, shift) for shift in self.problem.shifts)

    @cached_property
    def needs_at(self) -> Mapping[str, tuple[Need, ...]]:
        """What each desk needs."""
        return _grouped((need.desk, need) for need in self.problem.needs)

    @cached_property
    def promised_at(self) -> Mapping[str, tuple[tuple[Person, Shift], ...]]:
        """Who has history at each desk."""
        return _grouped((s.desk, (p, s)) for p in self.problem.people for s in p.history)

    @cached_property
    def pins_of(self) -> Mapping[str, tuple[Pin, ...]]:
        """The pins of each person."""
        return _grouped((pin.person, pin) for pin in self.problem.pins)

    @cached_property
    def published_of(self) -> Mapping[str, tuple[Pin, ...]]:
        """What was published to each person."""
        return _grouped((pin.person, pin) for pin in self.problem.published or ())

    @cached_property
    def partners_of(self) -> Mapping[str, tuple[str, ...]]:
        """Whom each person is paired with."""
        pairs = self.problem.team.pairs
        both = [(p.one, p.other) for p in pairs] + [(p.other, p.one) for p in pairs]
        return _grouped(both)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
