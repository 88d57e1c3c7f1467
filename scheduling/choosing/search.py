"""How is the best week for everybody found, and how is that proven?

1. Greedy: each person in turn takes the week that helps most.
2. All levels at once, by weights: column generation, and the best roster of the weeks it came upon.
3. Then level by level, at no cost to the levels before:
   a bound, by pricing all legal weeks at once (`bound`);
   the best roster of the weeks that were generated;
   and the last choice (`deciding`): only weeks whose reduced price fits between bound and best
   roster can make a better one. If these are few enough, the choice among them is the choice
   among all; else some people's weeks are chosen anew, again and again.
   Each level may spend its part of what is left. Levels that are not proven then get another turn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scheduling.bounds.blocks import blocks
from scheduling.bounds.bound import EDGES_A_UNIT, Evidence, Prover, rounded_up
from scheduling.bounds.rows import Row, cover_rows, team_rows
from scheduling.choosing import greedy
from scheduling.choosing.budget import Budget, SolveLimits, never, whole
from scheduling.choosing.deciding import Decider
from scheduling.choosing.tasks import Choosing, Decision, Task
from scheduling.legal.automaton import Workshop
from scheduling.legal.pricing import Column, Standing, Weeks, Worth
from scheduling.legal.weeks import PersonWeeks
from scheduling.patterns import Beginnings, kept
from scheduling.problem import Problem
from scheduling.roster import Roster
from scheduling.telling.levels import Goal, Level, Points, at, settling

TOGETHER = Goal((64, 16, 4, 1))  # all levels in one sum, for a first roster that is good in each
ENOUGH = 0.002  # of a level's points: is less open, later levels have their turn first
GROUP = 64  # people whose weeks are priced together
BUILDING = 0.25  # of all that may be spent: beyond that, graphs stay small
QUICK = 5_000  # edges of a graph that is built about as fast as the shifts are read


@dataclass(frozen=True)
class Found:
    """One week for each person, in the problem's order, and its points by level.

    bounds: by level; no roster with the same points in the levels before has fewer.
    """

    columns: tuple[Column, ...]
    points: Points
    bounds: Points
    weeks: int  # legal weeks over all people


class Search:
    """One search for one problem. `tell` hears of each better roster or bound."""

    def __init__(
        self,
        problem: Problem,
        limits: SolveLimits,
        tell: Callable[[Found], None],
        cancelled: Callable[[], bool] = never,
    ) -> None:
        self._budget, self._tell = whole(limits, cancelled), tell
        self._rows: tuple[Row, ...] = cover_rows(problem) + team_rows(problem)
        groups = _groups(problem, self._rows, self._budget, limits.edges)
        self._weeks = [
            PersonWeeks(group.alone(place))
            for group in groups
            for place in range(len(group.graph.starts))
        ]
        self._prover = Prover(self._rows, groups)
        self._blocks = blocks(self._weeks, len(self._rows))
        self._decider = Decider(Choosing(self._prover, self._weeks, limits))
        pins = tuple(one.only_pins() for one in self._weeks)
        self._surely = tuple(self._prover.at_once(Goal(at(level, 1))) for level in Level)
        weeks = sum(group.graph.weeks() for group in groups)
        self.found = Found(pins, greedy.points(self._rows, pins), self._surely, weeks)
        self._known = dict.fromkeys(pins)
        self._proofs: dict[Level, Evidence] = {}
        self._worths: dict[Level, Worth] = {}  # that proved most of each level
        self._given_up: set[Level] = set()  # whose bounds were proven while less was kept

    def run(self, hint: Roster | None) -> Found:
        """The best roster found within the limits."""
        if hint is not None:
            self._better([one.column(kept(one.beginning, hint)) for one in self._weeks])
        self._polish(self.found.columns)
        if self._budget.going_on():
            self._together()
        enough = ENOUGH
        while unproven := [level for level in Level if self._open(level, self._budget)]:
            for waiting, level in zip(range(len(unproven), 0, -1), unproven, strict=True):
                self.settle(level, self._budget.at_most(self._part(waiting)), enough)
            enough = 0
        for level in Level:
            self._revive(level)
        return self.found

    def settle(self, level: Level, budget: Budget, enough: float = 0) -> None:
        """Find and prove the fewest points of one level, at no cost to the levels before.

        enough: of its points; as soon as no more is open, later levels have their turn.
        """
        self._revive(level)
        goal = settling(level, self.found.points)
        proof = self._proof(level, goal, budget.at_most(budget.left() / 2))
        self._proven(level, proof.bound)
        while self._open(level, budget, enough):
            points, bound = self.found.points[level], self.found.bounds[level]
            before = {each: proof for each, proof in self._proofs.items() if each < level}
            task = Task(level, goal, proof, self.found.columns, points, bound, before)
            decision = self._decider.decide(task, budget)
            self._accept(decision)
            if goal.kept == self.found.points[:level]:
                self._proven(level, decision.bound)
            else:  # levels before gained as well
                self._revive(level)
                goal = settling(level, self.found.points)
                proof = self._prover.again(proof, goal)

    def _together(self) -> None:
        """A first roster that is good in each level, and weeks worth a look."""
        proof = self._evidence(TOGETHER, lambda _: True, self._budget.at_most(self._part(4)))
        self._decider.learn(proof.worth)
        points = TOGETHER.price(self.found.points)
        task = Task(Level.FLOORS, TOGETHER, proof, self.found.columns, points, proof.bound)
        self._accept(self._decider.first(task, self._budget.at_most(self._part(4))))

    def _part(self, of: int) -> float:
        return self._budget.left() / of

    def _proof(self, level: Level, goal: Goal, budget: Budget) -> Evidence:
        """What is proven of a level; what was proven while less was kept holds all the more."""
        held = self._proofs.get(level)
        done = held is not None and held.done
        fresh = held if done else self._evidence(goal, lambda b: self._may_gain(level, b), budget)
        assert fresh is not None
        self._proofs[level] = max(held or fresh, fresh, key=lambda proof: proof.exact)
        self._worths[level] = self._proofs[level].worth
        return self._proofs[level]

    def _revive(self, level: Level) -> None:
        """What was proven of a level while other points were kept, as far as it holds beside these.

        Worths prove something whatever is kept; how much was not looked up when points changed.
        """
        if level not in self._given_up:
            return
        self._given_up.discard(level)
        goal = settling(level, self.found.points)
        exact = max(self._prover.exact(self._worths[level], goal), self._decider.still(level, goal))
        self._proven(level, self._prover.reachable(goal, rounded_up(exact)))

    def _may_gain(self, level: Level, bound: int) -> bool:
        return bound < self.found.points[level]

    def _evidence(self, goal: Goal, going_on: Callable[[int], bool], budget: Budget) -> Evidence:
        """A bound; the weeks that were worth a look for one goal are offered to the next."""
        self._known |= dict.fromkeys(self.found.columns)
        proof = self._prover.evidence(goal, tuple(self._known), going_on, budget)
        self._known = dict.fromkeys(proof.columns)
        return proof

    def _accept(self, decision: Decision) -> None:
        by_person = {column.pattern.person: column for column in decision.columns}
        columns = [by_person[one.person] for one in self._weeks]
        points = greedy.points(self._rows, columns)
        if points < self.found.points:
            if any(new > old for new, old in zip(points, self.found.points, strict=True)):
                self._grafted(columns)
            self._better(columns)
        self._polish(self.found.columns)

    def _grafted(self, columns: Sequence[Column]) -> None:
        """Block by block, what gains; elsewhere later levels keep what they have."""
        for block in self._blocks:
            mixed = list(self.found.columns)
            for place in block.people:
                mixed[place] = columns[place]
            self._better(mixed)

    def _polish(self, columns: Sequence[Column]) -> None:
        self._better(columns)
        self._better(greedy.filled(self._rows, self._weeks, columns, self._budget.going_on))

    def _better(self, columns: Sequence[Column]) -> None:
        points = greedy.points(self._rows, columns)
        if points < self.found.points and greedy.allowed(self._rows, columns):
            bounds = self._still_true(points)
            self.found = replace(self.found, columns=tuple(columns), points=points, bounds=bounds)
            self._tell(self.found)

    def _still_true(self, points: Points) -> Points:
        """The bounds that hold beside better points: where a level grew, later ones may do more."""
        pairs = zip(Level, points, self.found.points, strict=True)
        grown = next((level for level, new, old in pairs if new > old), max(Level))
        self._given_up |= {level for level in self._worths if level > grown}
        self._proofs = {level: proof for level, proof in self._proofs.items() if level <= grown}
        return (*self.found.bounds[: grown + 1], *self._surely[grown + 1 :])

    def _proven(self, level: Level, bound: int) -> None:
        """Keep a bound. It holds for rosters as good as the best so far in the levels before."""
        held = self.found.bounds
        if bound > held[level]:
            most = min(bound, self.found.points[level])
            bounds = (*held[:level], most, *held[level + 1 :])
            self.found = replace(self.found, bounds=bounds)
            self._tell(self.found)

    def _open(self, level: Level, budget: Budget, enough: float = 0) -> bool:
        points, bound = self.found.points[level], self.found.bounds[level]
        return points - bound > enough * abs(points) and budget.going_on()


def _groups(problem: Problem, rows: Sequence[Row], budget: Budget, room: int) -> list[Weeks]:
    """Everybody's legal weeks. Small graphs leave their room to others.

    Once a quarter of all is spent, large graphs still to be built are made vague.
    """
    workshop, standing, beginnings = Workshop(problem), Standing(rows), Beginnings(problem)
    building = budget.at_most(BUILDING * budget.left())
    groups: list[Weeks] = []
    left = len(problem.people)
    for first in range(0, left, GROUP):
        people = problem.people[first : first + GROUP]
        most = 4 * room // max(left, 4 * len(people))
        starts = [beginnings.of(person) for person in people]
        graph = workshop.graph(starts, most if building.going_on() else min(most, QUICK))
        budget.meter.spend(graph.edges() / EDGES_A_UNIT * 10)
        groups.append(standing.weeks(graph))
        room, left = room - graph.edges(), left - len(people)
    return groups
