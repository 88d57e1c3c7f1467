"""How is the best week for everybody found, and how is that proven?

1. Greedy: each person in turn takes the week that helps most.
2. All levels at once, by weights: column generation, and the best roster of the weeks it came upon.
3. Then level by level, at no cost to the levels before:
   a bound, by pricing all legal weeks at once (`bound`);
   the best roster of the weeks that were generated;
   and the last choice: only weeks whose reduced price fits between bound and best roster can make a
   better one. If these are few enough, the choice among them is the choice among all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from scheduling import greedy, master, mixed
from scheduling.automaton import Workshop
from scheduling.bound import Evidence, Prover
from scheduling.levels import Goal, Level, Points, at, settling
from scheduling.master import Choice, Effort, Offer
from scheduling.patterns import beginning, kept
from scheduling.pricing import SCALE, Column, PersonWeeks, Spelled, person_weeks
from scheduling.problem import Problem
from scheduling.roster import Roster
from scheduling.rows import Row, cover_rows, team_rows

STEPS = 2.0  # before HiGHS takes over from CP-SAT, which is exact but slow where fractions remain
TOGETHER = Goal((64, 16, 4, 1))  # all levels in one sum, for a first roster that is good in each

Chooser = Callable[[Offer, Effort], Choice]


@dataclass(frozen=True)
class SolveLimits:
    """How much a roster may cost. seconds: of the wall; workers: threads of CP-SAT.

    columns: weeks that one choice may hold, which bounds its memory; fewer can cost the proof.
    With one worker the same problem and seed give the same roster, unless the time runs out.
    """

    seconds: float = 30.0
    seed: int = 1
    workers: int = 1
    columns: int = 60_000


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
        self, problem: Problem, limits: SolveLimits, tell: Callable[[Found], None]
    ) -> None:
        self._deadline = monotonic() + limits.seconds
        self._limits, self._tell = limits, tell
        self._rows: tuple[Row, ...] = cover_rows(problem) + team_rows(problem)
        workshop = Workshop(problem)
        graphs = [workshop.graph(beginning(problem, person)) for person in problem.people]
        self._weeks: list[PersonWeeks] = [person_weeks(graph, self._rows) for graph in graphs]
        self._prover = Prover(self._rows, self._weeks)
        pins = tuple(one.only_pins() for one in self._weeks)
        bounds = tuple(self._prover.at_once(Goal(at(level, 1))) for level in Level)
        weeks = sum(graph.weeks() for graph in graphs)
        self.found = Found(pins, greedy.points(self._rows, pins), bounds, weeks)
        self._known = dict.fromkeys(pins)

    def run(self, hint: Roster | None) -> Found:
        """The best roster found within the limits."""
        if hint is not None:
            self._better([one.column(kept(one.beginning, hint)) for one in self._weeks])
        self._polish(self.found.columns)
        if self._going_on():
            proof = self._evidence(TOGETHER, lambda _: self._going_on())
            self._choose(mixed.choose, TOGETHER, proof.columns, 0, self._left() / 4)
        for level in Level:
            if self._open(level):
                self._settle(level)
        return self.found

    def _settle(self, level: Level) -> None:
        """Find and prove the fewest points of one level, at no cost to the levels before."""
        goal = settling(level, self.found.points)
        proof = self._evidence(goal, lambda bound: self._worse_than(bound, level))
        self._proven(level, proof.bound)
        if self._open(level):
            self._choose(mixed.choose, goal, proof.columns, proof.bound, self._left() / 3)
        better = True
        while better and self._open(level):
            better = self._last_choice(level, goal, proof)

    def _evidence(self, goal: Goal, going_on: Callable[[int], bool]) -> Evidence:
        """A bound; the weeks that were worth a look for one goal are offered to the next."""
        self._known |= dict.fromkeys(self.found.columns)
        proof = self._prover.evidence(goal, tuple(self._known), going_on)
        self._known = dict.fromkeys(proof.columns)
        return proof

    def _last_choice(self, level: Level, goal: Goal, proof: Evidence) -> bool:
        """Choose among all weeks that can make a better roster; whether trying again may help."""
        before = self.found.points
        columns, whole = self._promising(level, proof)
        for choose in (master.choose, mixed.choose):
            if self._open(level):
                known = self.found.bounds[level]
                bound = self._choose(choose, goal, columns, known, self._left())
                if whole:
                    self._proven(level, bound)
        return self.found.points < before

    def _promising(self, level: Level, proof: Evidence) -> tuple[list[Column], bool]:
        """The weeks that some roster better than the best so far can hold; whether all of them.

        If they are too many, those that fit into a quarter of the distance, and so on; when too
        many are equally good, those that the proof came upon.
        """
        whole = slack = (self.found.points[level] - 1) * SCALE - proof.exact
        while (columns := self._within(proof, slack)) is None:
            slack //= 4
            if slack < SCALE:
                return list(proof.columns), False
        return columns, slack == whole

    def _within(self, proof: Evidence, slack: int) -> list[Column] | None:
        spelled: list[Spelled] = []
        room = self._limits.columns
        for one in self._weeks:
            least, _ = one.cheapest(proof.worth)
            mine = one.within(proof.worth, least + slack, room)
            if mine is None:
                return None
            spelled.append(mine)
            room -= len(mine)
        pairs = zip(self._weeks, spelled, strict=True)
        return [column for one, mine in pairs for column in one.columns(mine)]

    def _choose(
        self, choose: Chooser, goal: Goal, columns: Sequence[Column], bound: int, seconds: float
    ) -> int:
        """Choose among columns and the best so far, then polish; a bound for these columns."""
        every = tuple(dict.fromkeys([*columns, *self.found.columns]))
        offer = Offer(self._rows, every, self.found.columns, bound, goal)
        effort = Effort(max(0.1, seconds), STEPS, self._limits.seed, self._limits.workers)
        choice = choose(offer, effort)
        by_person = {column.pattern.person: column for column in choice.columns}
        self._polish([by_person[one.person] for one in self._weeks])
        return choice.bound

    def _polish(self, columns: Sequence[Column]) -> None:
        self._better(columns)
        self._better(greedy.filled(self._rows, self._weeks, columns, self._going_on))

    def _better(self, columns: Sequence[Column]) -> None:
        points = greedy.points(self._rows, columns)
        if points < self.found.points and greedy.allowed(self._rows, columns):
            self.found = replace(self.found, columns=tuple(columns), points=points)
            self._tell(self.found)

    def _proven(self, level: Level, bound: int) -> None:
        """Keep a bound. It holds for rosters as good as the best so far in the levels before."""
        held = self.found.bounds
        if bound > held[level]:
            most = min(bound, self.found.points[level])
            bounds = (*held[:level], most, *held[level + 1 :])
            self.found = replace(self.found, bounds=bounds)
            self._tell(self.found)

    def _left(self) -> float:
        return self._deadline - monotonic()

    def _open(self, level: Level) -> bool:
        return self.found.bounds[level] < self.found.points[level] and self._going_on()

    def _going_on(self) -> bool:
        return self._left() > 0

    def _worse_than(self, bound: int, level: Level) -> bool:
        return bound < self.found.points[level] and self._going_on()
