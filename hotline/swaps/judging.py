"""Would the published roster still be allowed after a change, and what would it cost? Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scheduling.audit import breaches
from scheduling.explain import refusals
from scheduling.problem import Need, Person, Problem, Shift
from scheduling.roster import Assignment, Breach, Roster
from scheduling.rules import WISHES, Refusal, Staffing


@dataclass(frozen=True)
class Move:
    """A shift changes hands. comes, leaves: by code; None: nobody comes, or it was open."""

    shift: str
    comes: str | None
    leaves: str | None


@dataclass(frozen=True)
class Effect:
    """What a change does, against the roster as it is.

    breaches: those it brings; below_floor, below_target: half hours of one head more (below zero:
    fewer) that are missing; points: what the roster costs more, which is how unfair it is.
    """

    breaches: tuple[Breach, ...]
    below_floor: int
    below_target: int
    points: int

    @property
    def allowed(self) -> bool:
        """Whether it breaks no rule, and no floor."""
        return not self.breaches and self.below_floor <= 0


def effect(problem: Problem, held: Roster, moves: Sequence[Move]) -> Effect:
    """What `moves` together do to `held`. Raises ValueError for unknown people or shifts.

    Only the people and half hours that the moves can matter to are looked at.
    """
    near = _near(problem, held, moves)
    kept = {person.id for person in near.people}
    before = tuple(given for given in held.assignments if given.person in kept)
    was, will = (Staffing(near, Roster(each)) for each in (before, _after(before, moves)))
    old = set(breaches(near, was.roster))
    return Effect(
        breaches=tuple(each for each in breaches(near, will.roster) if each not in old),
        below_floor=sum(_missing(will, n, n.floor) - _missing(was, n, n.floor) for n in near.needs),
        below_target=sum(
            _missing(will, n, n.target) - _missing(was, n, n.target) for n in near.needs
        ),
        points=sum(wish.price(will) - wish.price(was) for wish in WISHES),
    )


def keeps_out(
    problem: Problem, held: Roster, person: Person, takes: str, gives: str | None
) -> tuple[Refusal, ...]:
    """What the person's own rules say against shift `takes`, if they give `gives` away for it."""
    shifts = {shift.id: shift for shift in problem.shifts}
    mine = (given.shift for given in held.assignments if given.person == person.id)
    week = sorted((shifts[name] for name in mine if name != gives), key=lambda s: (s.span, s.id))
    return refusals(problem, person, tuple(week), shifts[takes])


def _after(before: Iterable[Assignment], moves: Sequence[Move]) -> tuple[Assignment, ...]:
    """Who comes to a shift twice is in two places at once: a rule says so."""
    left = {Assignment(move.shift, move.leaves) for move in moves if move.leaves is not None}
    come = [Assignment(move.shift, move.comes) for move in moves if move.comes is not None]
    return tuple(sorted([*(given for given in before if given not in left), *come]))


def _near(problem: Problem, held: Roster, moves: Sequence[Move]) -> Problem:
    """The same question, of those who move and who sits beside them.

    What was published is left out: that a swap changes it is no news, and prices all swaps alike.
    """
    moved = {move.shift for move in moves}
    movers = {who for move in moves for who in (move.comes, move.leaves) if who is not None}
    touched = [shift for shift in problem.shifts if shift.id in moved]
    beside = {shift.id for shift in problem.shifts if any(_meet(shift, each) for each in touched)}
    there = {given.person for given in held.assignments if given.shift in beside}
    paired = {
        name
        for pair in problem.team.pairs
        if pair.together and movers & {pair.one, pair.other}
        for name in (pair.one, pair.other)
    }
    people = tuple(
        person
        for person in problem.people
        if person.id in movers | there | paired or _was_there(person, touched)
    )
    names = {person.id for person in people}
    pairs = tuple(p for p in problem.team.pairs if {p.one, p.other} <= names)
    return replace(
        problem,
        people=people,
        needs=tuple(need for need in problem.needs if any(_needs(need, s) for s in touched)),
        team=replace(problem.team, pairs=pairs),
        pins=(),
        published=None,
    )


def _meet(one: Shift, other: Shift) -> bool:
    return one.desk == other.desk and one.span.meets(other.span)


def _needs(need: Need, shift: Shift) -> bool:
    return need.desk == shift.desk and need.span.meets(shift.span)


def _was_there(person: Person, touched: Iterable[Shift]) -> bool:
    return any(_meet(shift, each) for shift in person.history for each in touched)


def _missing(staffing: Staffing, need: Need, wanted: int) -> int:
    """Half hours of one head that a need lacks of so many."""
    return sum(max(0, wanted - heads) for _, heads in staffing.half_hours(need))
