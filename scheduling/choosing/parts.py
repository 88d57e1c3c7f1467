"""Which desks of a problem have nothing to do with each other? Apart they are solved faster."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduling import audit
from scheduling.problem import Person, Pin, Problem
from scheduling.roster import LevelPrice, Result, Roster, Status

Node = tuple[str, str]  # ("desk", its name) or ("person", their id)


def split(problem: Problem) -> tuple[Problem, ...]:
    """The parts of a sound problem that no person, pin, promise or pair links.

    The best rosters of the parts are together a best roster of the whole. People keep their
    history, at desks of other parts too. Whoever belongs to no desk goes with the first part.
    """
    groups = _groups(_links(problem))
    whole = [group for group in groups if len({kind for kind, _ in group}) == 2]
    if len(whole) < 2:
        return (problem,)
    whole[0] = whole[0].union(*(group for group in groups if group not in whole))
    return tuple(_part(problem, group) for group in whole)


def join(problem: Problem, results: Sequence[Result], seconds: float) -> Result:
    """The result of the whole, from those of its parts in order; it took so many seconds."""
    given = sorted(a for result in results for a in result.roster.assignments)
    roster = Roster(tuple(given))
    levels = summed([result.levels for result in results])
    points = tuple(level.price for level in levels)
    assert points == audit.points(problem, roster), "the parts depend on each other"
    return Result(
        status=_status([result.status for result in results]),
        roster=roster,
        price=sum(level.price for level in levels),
        bound=sum(level.bound for level in levels),
        price_by_wish=audit.price(problem, roster),
        gaps=audit.gaps(problem, roster),
        breaches=tuple(breach for result in results for breach in result.breaches),
        seconds=seconds,
        patterns=sum(result.patterns for result in results),
        levels=levels,
    )


def summed(parts: Iterable[Sequence[LevelPrice]]) -> tuple[LevelPrice, ...]:
    """Points and bounds of all parts, level by level."""
    return tuple(
        LevelPrice(same[0].level, sum(p.price for p in same), sum(p.bound for p in same))
        for same in zip(*parts, strict=True)
    )


def _links(problem: Problem) -> Iterator[frozenset[Node]]:
    """What must stay together. A promised shift counts as heads at its desk, so it links, too."""
    desks = {shift.desk for shift in problem.shifts} | {need.desk for need in problem.needs}
    at = {shift.id: shift.desk for shift in problem.shifts}
    for desk in sorted(desks):
        yield frozenset({("desk", desk)})
    for person in problem.people:
        own = {*person.desks, *_promised_at(problem, person)} & desks
        yield frozenset({("person", person.id), *(("desk", desk) for desk in own)})
    for pin in (*problem.pins, *(problem.published or ())):
        where = [("desk", at[pin.shift])] if pin.shift in at else []
        yield frozenset({("person", pin.person), *where})
    for pair in problem.team.pairs:
        yield frozenset({("person", pair.one), ("person", pair.other)})


def _promised_at(problem: Problem, person: Person) -> Iterator[str]:
    return (shift.desk for shift in person.history if shift.span.meets(problem.horizon))


def _groups(links: Iterator[frozenset[Node]]) -> list[frozenset[Node]]:
    groups: list[frozenset[Node]] = []
    for link in links:
        apart = [group for group in groups if not group & link]
        joined = link.union(*(group for group in groups if group & link))
        groups = [*apart, joined]
    return groups


def _part(problem: Problem, group: frozenset[Node]) -> Problem:
    """What a problem asks of one group. A new field of `Problem` must be looked at here."""
    people = tuple(p for p in problem.people if ("person", p.id) in group)
    pairs = tuple(p for p in problem.team.pairs if ("person", p.one) in group)
    published = None if problem.published is None else _of(problem.published, group)
    return replace(
        problem,
        people=people,
        shifts=tuple(shift for shift in problem.shifts if ("desk", shift.desk) in group),
        needs=tuple(need for need in problem.needs if ("desk", need.desk) in group),
        pins=_of(problem.pins, group),
        team=replace(problem.team, pairs=pairs),
        published=published,
        days=problem.dates,
    )


def _of(pins: Sequence[Pin], group: frozenset[Node]) -> tuple[Pin, ...]:
    return tuple(pin for pin in pins if ("person", pin.person) in group)


def _status(parts: Sequence[Status]) -> Status:
    worst_first = (Status.IMPOSSIBLE, Status.FEASIBLE, Status.OPTIMAL)
    return next(status for status in worst_first if status in parts)
