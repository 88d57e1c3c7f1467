"""Which single changes close or shrink a gap, each tried by solving again with least change?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from scheduling.choosing.budget import SolveLimits
from scheduling.problem import Pin, Problem
from scheduling.repairing.candidates import candidates
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.roster import Gap, Roster, Status
from scheduling.rules import Staffing
from scheduling.solve import build_roster
from scheduling.telling.costs import by_level, touched
from scheduling.telling.difference import Difference, difference
from scheduling.telling.levels import Points


@dataclass(frozen=True)
class RepairLimits:
    """How much may be tried.

    tried: changes of each kind that are solved again for a gap below the floor; above it half as
    many. seconds: of one solving; `going_on` of `repairs` limits the whole.
    """

    tried: int = 2
    seconds: float = 2.0
    seed: int = 1

    def tried_for(self, gap: Gap) -> int:
        """How many of each kind are worth the time for this gap."""
        return self.tried if gap.below_floor else -(-self.tried // 2)


@dataclass(frozen=True)
class Repair:
    """A change, and the roster that is best with it when everybody else is moved least.

    solved: with its question, in which the change is made; difference: from the roster as it
    stands; proven: no roster is better with this change, at these prices of broken promises.
    """

    change: Change
    solved: Staffing
    difference: Difference
    proven: bool


@dataclass(frozen=True)
class RepairedGap:
    """A gap and what closes or shrinks it, best first. found: changes that break no rule.

    left_out: of those worth trying, how many there was no time for.
    """

    gap: Gap
    repairs: tuple[Repair, ...]
    found: int
    left_out: int


def repairs(
    problem: Problem,
    roster: Roster,
    gaps: Sequence[Gap],
    limits: RepairLimits,
    going_on: Callable[[], bool] = lambda: True,
) -> Iterator[RepairedGap]:
    """What closes each gap, in their order. going_on: says no when it takes too long."""
    now = as_promised(problem, roster)
    tried: dict[Change, Repair] = {}
    for gap in gaps:
        ranked = _ranked(now, tuple(candidates(now, gap)))
        worth = tuple(_worth_trying(ranked, limits.tried_for(gap), gap))
        for change in worth:
            if change not in tried and going_on():
                tried[change] = _tried(now, change, limits)
        done = [tried[change] for change in worth if change in tried]
        helping = [repair for repair in done if _helps(repair)]
        helping.sort(key=_order)
        yield RepairedGap(gap, tuple(helping), len(ranked), len(worth) - len(done))


def as_promised(problem: Problem, roster: Roster) -> Staffing:
    """The roster with the question that keeps it: every assignment counts as promised."""
    promised = tuple(Pin(given.person, given.shift) for given in roster.assignments)
    return Staffing(replace(problem, published=promised), roster)


def _ranked(now: Staffing, changes: Sequence[Change]) -> list[Change]:
    """The cheapest first, by what each costs when nobody else is moved."""
    return sorted(changes, key=lambda change: (_points(now, change), change.people))


def _points(now: Staffing, change: Change) -> Points:
    return by_level(touched(now, change.applied(now), change.part()))


def _worth_trying(ranked: Sequence[Change], tried: int, gap: Gap) -> Iterator[Change]:
    """The best few of each kind; where two people are missing, also the best two together."""
    for kind in ChangeKind:
        mine = dict.fromkeys(_anywhere(change) for change in ranked if change.kind is kind)
        yield from islice(mine, tried)
    if gap.missing > 1:
        yield from islice(_pairs(ranked), 1)


def _anywhere(change: Change) -> Change:
    """Who learns may use it wherever it is worth most, not in the shift of this gap alone."""
    return replace(change, takes=None) if change.kind is ChangeKind.TRAIN else change


def _pairs(ranked: Sequence[Change]) -> Iterator[Change]:
    """The same rules relaxed for two people, so that both take the same shift."""
    relaxing = [change for change in ranked if change.kind is ChangeKind.RELAX]
    for place, one in enumerate(relaxing):
        for other in relaxing[place + 1 :]:
            if (one.takes, _rules(one)) == (other.takes, _rules(other)):
                people = (*one.people, *other.people)
                yield replace(one, people=people, eased=(*one.eased, *other.eased))


def _rules(change: Change) -> frozenset[str]:
    return frozenset(easing.rule for easing in change.eased)


def _tried(now: Staffing, change: Change, limits: RepairLimits) -> Repair:
    """Solve again; the weeks of people of other desks stay, which keeps it short."""
    there = change.applied(now)
    problem, kept = there.problem, _kept(there, change)
    question = replace(problem, pins=tuple(dict.fromkeys((*problem.pins, *kept))))
    result = build_roster(question, SolveLimits(limits.seconds, limits.seed), hint=there.roster)
    solved = Staffing(problem, result.roster)
    proven = result.status is Status.OPTIMAL
    return Repair(change, solved, difference(now, solved), proven)


def _kept(there: Staffing, change: Change) -> Iterator[Pin]:
    """Whoever is asked keeps the week that the change makes; who learns need not."""
    learning = change.kind is ChangeKind.TRAIN
    shifts = (shift for shift in (change.takes, change.leaves) if shift)
    desks = frozenset(shift.desk for shift in shifts)
    for person in there.problem.people:
        asked = person.id in change.people
        desks |= person.desks if asked and learning else frozenset()
    for person in there.problem.people:
        if not person.desks & desks or (person.id in change.people and not learning):
            yield from (Pin(person.id, shift.id) for shift in there.week_of(person))


def _helps(repair: Repair) -> bool:
    before, after = repair.difference.missing
    return after < before


def _order(repair: Repair) -> tuple[object, ...]:
    """What leaves least missing first; then what is easiest to ask for; then the cheapest."""
    change, (_, after) = repair.change, repair.difference.points
    kind = tuple(ChangeKind).index(change.kind)
    return repair.difference.missing[1], kind, by_level(after), change.people
