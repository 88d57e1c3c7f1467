"""Which weeks may one person work, and what does each cost?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduling.problem import Person, Problem, Shift
from scheduling.roster import Roster
from scheduling.rules import PERSONAL_RULES, PERSONAL_WISHES, Refusal
from scheduling.rules.faces import Tally, Week
from scheduling.rules.team.pins import pinned, promising
from scheduling.telling.levels import Points, at, total


@dataclass(frozen=True)
class Pattern:
    """One legal week of one person: ids of shifts, pins first, and its points by level."""

    person: str
    shifts: tuple[str, ...]
    points: Points


@dataclass(frozen=True)
class Beginning:
    """Where a person's week starts: pins taken, nothing else yet."""

    person: Person
    pins: tuple[Shift, ...]
    rules: tuple[Week, ...]
    tallies: tuple[Tally, ...]
    points: Points
    shifts: tuple[Shift, ...]  # each legal when taken alone, in order of start


class Beginnings:
    """Where people's weeks start. Most shifts fall to the first rule, the same for whole desks."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._shifts = sorted(problem.shifts, key=lambda shift: (shift.span, shift.id))
        self._first: dict[Week, list[Shift]] = {}

    def of(self, person: Person) -> Beginning:
        """The start of a person's week, with the shifts worth trying."""
        pins = pinned(self._problem, person)
        whole = promising(person, pins)
        rules = tuple(rule.start(self._problem, whole) for rule in PERSONAL_RULES)
        tallies, points = _priced_pins(self._problem, person, pins)
        if rules[0] not in self._first:
            self._first[rules[0]] = _taken(rules[0], self._shifts)
        alone = self._first[rules[0]]
        for rule in rules[1:]:
            alone = _taken(rule, alone)
        return Beginning(person, pins, rules, tallies, points, tuple(alone))


def beginning(problem: Problem, person: Person) -> Beginning:
    """The start of one person's week."""
    return Beginnings(problem).of(person)


def _taken(rule: Week, shifts: Iterable[Shift]) -> list[Shift]:
    """Those that the rule does not refuse."""
    return [shift for shift in shifts if not isinstance(rule.extend(shift), Refusal)]


def extended(rules: tuple[Week, ...], shift: Shift) -> tuple[Week, ...] | None:
    """Every rule's week with the shift added; None as soon as one refuses."""
    after: list[Week] = []
    for rule in rules:
        step = rule.extend(shift)
        if isinstance(step, Refusal):
            return None
        after.append(step)
    return tuple(after)


def legal(rules: tuple[Week, ...], shifts: Iterable[Shift]) -> bool:
    """Whether no rule refuses these shifts, taken in this order."""
    for shift in shifts:
        after = extended(rules, shift)
        if after is None:
            return False
        rules = after
    return True


def tallied(tallies: tuple[Tally, ...], shift: Shift) -> tuple[tuple[Tally, ...], Points]:
    """Every wish's tally with the shift added, and the points this adds."""
    steps = [tally.extend(shift) for tally in tallies]
    return tuple(tally for tally, _ in steps), _by_level(points for _, points in steps)


def kept(start: Beginning, roster: Roster) -> tuple[Shift, ...]:
    """As much of what a roster gives this person as is legal beside the pins, earliest first."""
    given = {a.shift for a in roster.assignments if a.person == start.person.id}
    rules, shifts = start.rules, []
    for shift in start.shifts:
        after = extended(rules, shift) if shift.id in given else None
        if after is not None:
            rules = after
            shifts.append(shift)
    return tuple(shifts)


def legal_weeks(problem: Problem, person: Person) -> Iterator[Pattern]:
    """Every legal week of a person, the one with only the pins first.

    The plain walk. Searching uses `automaton`, which reaches the same weeks much faster.
    """
    start = beginning(problem, person)
    taken = tuple(shift.id for shift in start.pins)
    yield from _walk(start, 0, start.rules, start.tallies, Pattern(person.id, taken, start.points))


def _walk(
    start: Beginning,
    first: int,
    rules: tuple[Week, ...],
    tallies: tuple[Tally, ...],
    so_far: Pattern,
) -> Iterator[Pattern]:
    yield so_far
    for index in range(first, len(start.shifts)):
        shift = start.shifts[index]
        after = extended(rules, shift)
        if after is not None:
            counted, points = tallied(tallies, shift)
            taken = (*so_far.shifts, shift.id)
            pattern = Pattern(so_far.person, taken, total((so_far.points, points)))
            yield from _walk(start, index + 1, after, counted, pattern)


def _priced_pins(
    problem: Problem, person: Person, pins: tuple[Shift, ...]
) -> tuple[tuple[Tally, ...], Points]:
    starts = [wish.start(problem, person) for wish in PERSONAL_WISHES]
    tallies = tuple(tally for tally, _ in starts)
    so_far = _by_level(points for _, points in starts)
    for shift in pins:
        tallies, points = tallied(tallies, shift)
        so_far = total((so_far, points))
    return tallies, so_far


def _by_level(points: Iterable[int]) -> Points:
    """Points of each personal wish, in their order, as points of each level."""
    return total(at(w.level, each) for w, each in zip(PERSONAL_WISHES, points, strict=True))
