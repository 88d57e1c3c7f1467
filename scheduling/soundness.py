"""Does a problem make sense before anybody tries to solve it?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import datetime

from scheduling.problem import Need, Pair, Person, Prices, Problem, Shift


def refuse_unsound(problem: Problem) -> None:
    """Raise ValueError with the first fault of a problem, in a sentence; silent if it has none."""
    for fault in _faults(problem):
        raise ValueError(fault)


def _faults(problem: Problem) -> Iterator[str]:
    yield from _twice("person", (person.id for person in problem.people))
    yield from _twice("shift", (shift.id for shift in problem.shifts))
    yield from _strangers(problem)
    for shift in problem.shifts:
        yield from _shift_faults(problem, shift)
    for need in problem.needs:
        yield from _need_faults(need)
    for person in problem.people:
        yield from _person_faults(problem, person)
    yield from _team_faults(problem)
    yield from _price_faults(problem.prices)
    yield from _off_grid("the horizon", problem.horizon.start, problem.horizon.end)


def _twice(what: str, ids: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{what} {name} stands in the problem {count} times"


def _strangers(problem: Problem) -> Iterator[str]:
    people = {person.id for person in problem.people}
    shifts = {shift.id for shift in problem.shifts}
    for pin in problem.pins:
        if pin.person not in people:
            yield f"a pin names an unknown person: {pin.person}"
        if pin.shift not in shifts:
            yield f"a pin names an unknown shift: {pin.shift}"


def _shift_faults(problem: Problem, shift: Shift) -> Iterator[str]:
    if not problem.horizon.start <= shift.span.start < problem.horizon.end:
        yield f"shift {shift.id} does not start inside the horizon"
    if shift.most is not None and shift.most < 0:
        yield f"shift {shift.id} cannot hold {shift.most} people"
    yield from _off_grid(f"shift {shift.id}", shift.span.start, shift.span.end)


def _need_faults(need: Need) -> Iterator[str]:
    what = f"the need of {need.desk} from {need.span.start:%Y-%m-%d %H:%M} UTC"
    if not 0 <= need.floor <= need.target:
        yield f"{what} has floor {need.floor} and target {need.target}; want 0 <= floor <= target"
    if need.certificate is not None and need.floor != need.target:
        yield f"{what} asks for {need.certificate}, so its target must equal its floor"
    yield from _off_grid(what, need.span.start, need.span.end)


def _person_faults(problem: Problem, person: Person) -> Iterator[str]:
    limits = person.limits
    if min(limits.shifts, limits.hours.total_seconds(), limits.nights, limits.nights_running) < 0:
        yield f"the limits of {person.id} are below zero"
    for shift in person.history:
        if shift.span.meets(problem.horizon):
            what = f"the promised shift {shift.id} of {person.id}"
            yield from _off_grid(what, shift.span.start, shift.span.end)


def _team_faults(problem: Problem) -> Iterator[str]:
    team, people = problem.team, {person.id for person in problem.people}
    for most in (team.newcomers_a_shift, team.newcomers_a_mentor):
        if most is not None and most < 0:
            yield f"a team cannot hold {most} newcomers"
    sides: dict[frozenset[str], bool] = {}
    for pair in team.pairs:
        yield from _pair_faults(pair, people)
        if sides.setdefault(frozenset((pair.one, pair.other)), pair.together) != pair.together:
            yield f"{pair.one} and {pair.other} are to sit always together and never together"
    if problem.weights.unit < 1:
        yield f"the unit of load must be at least 1, not {problem.weights.unit}"


def _pair_faults(pair: Pair, people: Set[str]) -> Iterator[str]:
    for name in (pair.one, pair.other):
        if name not in people:
            yield f"a pair names an unknown person: {name}"
    if pair.one == pair.other:
        yield f"a pair names {pair.one} twice"


def _price_faults(prices: Prices) -> Iterator[str]:
    if not prices.below_floor >= prices.below_target >= 0 or prices.above_target < 0:
        yield "prices must keep below_floor >= below_target >= 0 and above_target >= 0"


def _off_grid(what: str, *instants: datetime) -> Iterator[str]:
    """Half hours are counted whole; every zone with whole or half-hour offsets fits."""
    for at in instants:
        if at.minute % 30 or at.second or at.microsecond:
            yield f"{what} must begin and end on the half hour, not at {at:%H:%M:%S}"
