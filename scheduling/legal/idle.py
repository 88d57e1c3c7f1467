"""Whom can no shift be given at all, and what keeps them out?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.patterns import Beginnings
from scheduling.problem import Person, Problem
from scheduling.rules import PERSONAL_RULES, Refusal


@dataclass(frozen=True)
class Obstacle:
    """What keeps somebody out of so many shifts: the name of a rule, and what they lack."""

    rule: str
    about: str | None
    shifts: int


@dataclass(frozen=True)
class Idle:
    """Somebody who can take none of so many shifts. obstacles: those of most shifts first.

    Each shift stands under one obstacle, the first in the order of `PERSONAL_RULES`: what a person
    is comes before what they have done.
    """

    person: str
    shifts: int
    obstacles: tuple[Obstacle, ...]


def idle(problem: Problem) -> tuple[Idle, ...]:
    """Everybody who is pinned to no shift and can take none, in the problem's order."""
    beginnings = Beginnings(problem)
    starts = [beginnings.of(person) for person in problem.people]
    return tuple(
        Idle(start.person.id, len(problem.shifts), tuple(_obstacles(problem, start.person)))
        for start in starts
        if not start.pins and not start.shifts
    )


def _obstacles(problem: Problem, person: Person) -> Iterator[Obstacle]:
    weeks = [rule.start(problem, person) for rule in PERSONAL_RULES]
    counts: Counter[tuple[str, str | None]] = Counter()
    for shift in problem.shifts:
        answers = (week.extend(shift) for week in weeks)
        first = next(answer for answer in answers if isinstance(answer, Refusal))
        counts[first.rule, first.about] += 1
    for (rule, about), shifts in counts.most_common():
        yield Obstacle(rule, about, shifts)
