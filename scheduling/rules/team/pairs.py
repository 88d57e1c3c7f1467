"""Which two people sit together always, and which never?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import ClassVar

from scheduling.problem import Pair, Person, Problem, Shift
from scheduling.roster import Breach
from scheduling.rules.faces import AtMost, Refusal
from scheduling.rules.reading.staffing import Staffing


@dataclass(frozen=True)
class NeverTogether:
    """Two people who must not meet are never at the same desk at the same instant.

    Magnitude: each pair of `team.pairs` that is not together, promised and standby shifts
    included, handover not; pins alone may break it. Source: conflicts of interest, and couples
    who part; the coordinator's word.
    """

    name: ClassVar[str] = "never together"

    def rows(self, problem: Problem) -> Iterator[AtMost]:
        """One row for each set of a desk's shifts that run at one instant."""
        for pair in _pairs(problem, together=False):
            one, other = _people(problem, pair)
            for desk in sorted(one.desks & other.desks):
                yield from _apart(problem, one, other, desk)

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """Said to either where the other is."""
        other = _other(row, person)
        return Refusal(self.name, f"never sits together with {other}", about=other)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every meeting of which one shift at least was given and not pinned."""
        for pair in staffing.problem.team.pairs:
            if not pair.together:
                for sentence, ids in _meetings(staffing, pair):
                    yield Breach(self.name, None, sentence, ids, about=f"{pair.one} {pair.other}")


@dataclass(frozen=True)
class AlwaysTogether:
    """Two people who come only together take the same shifts.

    Magnitude: each pair of `team.pairs` that is together; whoever is pinned to a shift alone may
    be alone in it. Source: who shares the way home, or learns from one person.
    """

    name: ClassVar[str] = "always together"

    def rows(self, problem: Problem) -> Iterator[AtMost]:
        """Two rows for each shift of their desks: neither comes without the other."""
        for pair in _pairs(problem, together=True):
            desks = frozenset().union(*(person.desks for person in _people(problem, pair)))
            for shift in problem.shifts:
                if shift.desk in desks:
                    for sign in (1, -1):
                        weights = {pair.one: sign, pair.other: -sign}
                        yield AtMost(frozenset({shift.id}), 0, weights)

    def refusal(self, problem: Problem, row: AtMost, person: Person) -> Refusal:
        """Said to either where the other is not."""
        other = _other(row, person)
        return Refusal(self.name, f"comes only together with {other}", about=other)

    def breaches(self, staffing: Staffing) -> Iterator[Breach]:
        """Every shift that only one of the two takes, without a pin."""
        for pair in staffing.problem.team.pairs:
            for shift, team in staffing.team_of.items() if pair.together else ():
                here = [person.id for person in team if person.id in (pair.one, pair.other)]
                if len(here) == 1 and (here[0], shift) not in staffing.pinned:
                    sentence = f"{here[0]} is in {shift}, but {pair.one} and {pair.other} "
                    other = pair.other if here[0] == pair.one else pair.one
                    sentence += "come only together"
                    yield Breach(self.name, here[0], sentence, (shift,), about=other)


def _pairs(problem: Problem, *, together: bool) -> Iterator[Pair]:
    yield from (pair for pair in problem.team.pairs if pair.together is together)


def _people(problem: Problem, pair: Pair) -> tuple[Person, Person]:
    known = {person.id: person for person in problem.people}
    return known[pair.one], known[pair.other]


def _other(row: AtMost, person: Person) -> str:
    return next(name for name in row.weights or () if name != person.id)


def _apart(problem: Problem, one: Person, other: Person, desk: str) -> Iterator[AtMost]:
    """Shifts that overlap all run when the last of them starts: so few instants are enough."""
    shifts = [shift for shift in problem.shifts if shift.desk == desk]
    promised = {
        person.id: [shift for shift in person.history if shift.desk == desk]
        for person in (one, other)
    }
    rows: dict[tuple[frozenset[str], tuple[str, ...]], AtMost] = {}
    for at in sorted({s.span.start for s in (*shifts, *promised[one.id], *promised[other.id])}):
        running = frozenset(shift.id for shift in shifts if _runs(shift, at))
        there = tuple(name for name in promised if any(_runs(s, at) for s in promised[name]))
        weights = {name: int(name not in there) for name in promised}
        if running and any(weights.values()):
            rows[running, there] = AtMost(running, 0 if there else 1, weights)
    yield from rows.values()


def _runs(shift: Shift, at: datetime) -> bool:
    return shift.span.start <= at < shift.span.end


def _meetings(staffing: Staffing, pair: Pair) -> Iterator[tuple[str, tuple[str, str]]]:
    weeks = {
        person.id: [(shift, False) for shift in person.history]
        + [(s, (person.id, s.id) not in staffing.pinned) for s in staffing.week_of(person)]
        for person in staffing.problem.people
        if person.id in (pair.one, pair.other)
    }
    for (mine, free), (theirs, also_free) in product(weeks[pair.one], weeks[pair.other]):
        if (free or also_free) and mine.desk == theirs.desk and mine.span.meets(theirs.span):
            sentence = f"{pair.one} in {mine.id} meets {pair.other} in {theirs.id}"
            yield sentence, (mine.id, theirs.id)
