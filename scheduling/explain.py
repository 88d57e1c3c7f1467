"""Why is this slot empty? What keeps each person out of it, in a coordinator's words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Assignment, Roster
from scheduling.rules import (
    PERSONAL_RULES,
    PERSONAL_WISHES,
    TEAM_RULES,
    TEAM_WISHES,
    Refusal,
    TeamRule,
    Wish,
)
from scheduling.rules.faces import AtMost
from scheduling.rules.reading.staffing import Staffing
from scheduling.rules.team.pins import promising


@dataclass(frozen=True)
class WhyNot:
    """Why one person is not in a shift.

    refusals: every rule that forbids it beside the rest of their week; if none does, points says
    what the whole roster would cost more (below zero: less) with this person in the shift as well.
    """

    person: str
    refusals: tuple[Refusal, ...]
    points: int | None


def why_not(
    problem: Problem, roster: Roster, shift_id: str, certificate: str | None = None
) -> tuple[WhyNot, ...]:
    """What keeps each person who is not in the shift out of it, given the rest of their week.

    certificate: asked of them beside those of the shift, for a gap that only holders of it close.
    In the problem's order of people. Raises ValueError for an unknown shift.
    """
    shift = next((shift for shift in problem.shifts if shift.id == shift_id), None)
    if shift is None:
        raise ValueError(f"there is no shift {shift_id}")
    staffing = Staffing(problem, roster)
    others = [person for person in problem.people if shift not in staffing.week_of(person)]
    extra = frozenset() if certificate is None else frozenset({certificate})
    asked = replace(shift, certificates=shift.certificates | extra)
    team = tuple(_team_rows(problem, shift))
    return tuple(_why_not(staffing, person, asked, team) for person in others)


def refusals(
    problem: Problem, person: Person, week: tuple[Shift, ...], shift: Shift
) -> tuple[Refusal, ...]:
    """What each personal rule says against a shift, with `week` promised to the person."""
    promised = promising(person, week)
    answers = (rule.start(problem, promised).extend(shift) for rule in PERSONAL_RULES)
    return tuple(answer for answer in answers if isinstance(answer, Refusal))


def _why_not(
    staffing: Staffing, person: Person, shift: Shift, team: Iterable[tuple[TeamRule, AtMost]]
) -> WhyNot:
    alone = refusals(staffing.problem, person, staffing.week_of(person), shift)
    beside = dict.fromkeys(
        rule.refusal(staffing.problem, row, person)
        for rule, row in team
        if _too_heavy(staffing, row, person)
    )
    if alone or beside:
        return WhyNot(person.id, (*alone, *beside), None)
    return WhyNot(person.id, (), _points(staffing, person, shift))


def _team_rows(problem: Problem, shift: Shift) -> Iterator[tuple[TeamRule, AtMost]]:
    for rule in TEAM_RULES:
        yield from ((rule, row) for row in rule.rows(problem) if shift.id in row.shifts)


def _too_heavy(staffing: Staffing, row: AtMost, person: Person) -> bool:
    """Whether a person in a shift of the row would be too much beside all others who are."""
    added = row.weight(person.id)
    others = sum(
        row.weight(given.person)
        for given in staffing.roster.assignments
        if given.shift in row.shifts and given.person != person.id
    )
    return added > 0 and others + added > row.allowance(staffing.problem.pins)


def _points(staffing: Staffing, person: Person, shift: Shift) -> int:
    """What the audited price rises by; only the person's week and the needs met can change it."""
    problem, before = staffing.problem, staffing.roster.assignments
    mine = tuple(given for given in before if given.person == person.id)
    met = tuple(n for n in problem.needs if n.desk == shift.desk and n.span.meets(shift.span))
    alone = replace(problem, people=(person,), needs=())
    added = Assignment(shift.id, person.id)
    own = [_sum(PERSONAL_WISHES, alone, each) for each in (mine, (*mine, added))]
    near = replace(problem, needs=met)
    team = [_sum(TEAM_WISHES, near, each) for each in (before, (*before, added))]
    return own[1] - own[0] + team[1] - team[0]


def _sum(wishes: Iterable[Wish], problem: Problem, given: tuple[Assignment, ...]) -> int:
    staffing = Staffing(problem, Roster(given))
    return sum(wish.price(staffing) for wish in wishes)
