"""Does a problem make sense before anybody tries to solve it?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import datetime, timedelta
from itertools import chain, pairwise
from typing import Final

from scheduling.problem import (
    Cap,
    Limits,
    Need,
    Pair,
    Period,
    Person,
    Prices,
    Problem,
    Rest,
    Shift,
)

LONGEST_SHIFT: Final = timedelta(hours=48)
LONGEST_HORIZON: Final = timedelta(days=366)
MINUTE: Final = timedelta(minutes=1)
UNWANTED: Final = ("below_commitment", "short_run", "single_day_off", "half_weekend")


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
    yield from _rest_faults(problem.rest)
    yield from _horizon_faults(problem)


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
    if shift.span.length > LONGEST_SHIFT:
        yield f"shift {shift.id} lasts {shift.span.length / MINUTE / 60:g} hours, at most 48"
    yield from _time_faults(f"shift {shift.id}", shift)
    yield from _off_grid(f"shift {shift.id}", shift.span.start, shift.span.end)


def _time_faults(what: str, shift: Shift) -> Iterator[str]:
    """Hours are counted in minutes, and the site's clocks are less than a day from UTC."""
    if not timedelta(0) <= shift.handover <= LONGEST_SHIFT or shift.handover % MINUTE:
        yield f"{what} has a handover of {shift.handover}; want whole minutes, 0 to 48 hours"
    if abs(shift.on - shift.span.start.toordinal()) > 1:
        yield f"{what} belongs to a date that is not the one on which it starts"
    if shift.span.start.second or shift.span.start.microsecond or shift.span.length % MINUTE:
        yield f"{what} must begin and end on a whole minute"


def _date_faults(problem: Problem) -> Iterator[str]:
    """Rules go through a person's shifts in order, date by date: all are of one calendar."""
    history = chain.from_iterable(person.history for person in problem.people)
    ids = {(s.span.start, s.on): s.id for s in (*problem.shifts, *history)}
    for one, other in pairwise(sorted(ids)):
        if one[1] > other[1] or one[0] == other[0]:
            yield f"the dates of the shifts {ids[one]} and {ids[other]} contradict each other"


def _need_faults(need: Need) -> Iterator[str]:
    what = f"the need of {need.desk} from {need.span.start:%Y-%m-%d %H:%M} UTC"
    if not 0 <= need.floor <= need.target:
        yield f"{what} has floor {need.floor} and target {need.target}; want 0 <= floor <= target"
    if need.certificate is not None and need.floor != need.target:
        yield f"{what} asks for {need.certificate}, so its target must equal its floor"
    yield from _off_grid(what, need.span.start, need.span.end)


def _person_faults(problem: Problem, person: Person) -> Iterator[str]:
    yield from (f"the limits of {person.id} {fault}" for fault in _limit_faults(person.limits))
    for cap in person.limits.caps:
        yield from (f"a cap of {person.id} {fault}" for fault in _cap_faults(cap))
    for shift in person.history:
        what = f"the promised shift {shift.id} of {person.id}"
        yield from _time_faults(what, shift)
        if shift.span.meets(problem.horizon):
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


def _limit_faults(limits: Limits) -> Iterator[str]:
    hours, most = limits.hours.total_seconds(), limits.days_running
    if min(limits.shifts, hours, limits.nights, limits.nights_running, most or 0) < 0:
        yield "are below zero"
    if not 0 <= limits.days_off <= 6:
        yield f"ask for {limits.days_off} days off in a row in each week; want 0 to 6"
    least = limits.least_days_running
    if min(least, limits.least_nights_running) < 1:
        yield "ask for fewer than 1 day or night running"
    if most is not None and 1 < least > most:
        yield f"ask for at least {least} days running, and at most {most}"


def _cap_faults(cap: Cap) -> Iterator[str]:
    most = "any number of" if cap.most is None else str(cap.most)
    asked = f"asks for {cap.least} to {most} {cap.unit}"
    if cap.least < 0 or (cap.most is not None and cap.most < cap.least):
        yield f"{asked}; want 0 <= least <= most"
    if cap.most is None and not cap.least:
        yield f"{asked}, which is no limit"
    if cap.period is not Period.ROLLING and cap.days:
        yield f"{asked} in a {cap.period}, and in {cap.days} days"
    elif cap.period is Period.ROLLING and not 1 <= cap.days <= LONGEST_HORIZON.days:
        yield f"{asked} in {cap.days} days; want 1 to {LONGEST_HORIZON.days}"


def _rest_faults(rest: Rest) -> Iterator[str]:
    least = min(rest.usual, rest.after_night, rest.after_full_day, rest.after_standby)
    if least < timedelta(0):
        yield "the rest between two shifts is below zero"


def _horizon_faults(problem: Problem) -> Iterator[str]:
    horizon = problem.horizon
    if horizon.length > LONGEST_HORIZON:
        yield f"the horizon has {horizon.length.days} days and more, at most {LONGEST_HORIZON.days}"
    yield from _off_grid("the horizon", horizon.start, horizon.end)
    yield from _date_faults(problem)


def _price_faults(prices: Prices) -> Iterator[str]:
    if not prices.below_floor >= prices.below_target >= 0 or prices.above_target < 0:
        yield "prices must keep below_floor >= below_target >= 0 and above_target >= 0"
    for name in UNWANTED:
        if getattr(prices, name) < 0:
            yield f"prices must keep {name} >= 0"


def _off_grid(what: str, *instants: datetime) -> Iterator[str]:
    """Half hours are counted whole; every zone with whole or half-hour offsets fits."""
    for at in instants:
        if at.minute % 30 or at.second or at.microsecond:
            yield f"{what} must begin and end on the half hour, not at {at:%H:%M:%S}"
