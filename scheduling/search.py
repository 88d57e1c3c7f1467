"""How is the cheapest week for everybody found, and how is that proven?

1. Greedy: each person in turn takes the week that helps most.
2. Linear: column generation prices all legal weeks at once and proves a bound (`bound`).
3. First choice: the best roster made of the weeks that were generated.
4. Last choice: only weeks whose reduced price fits between bound and best roster can make a better
   one. If these are few enough, the choice among them is the choice among all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from scheduling import greedy, master, mixed
from scheduling.automaton import Workshop
from scheduling.bound import Evidence, evidence, first_bound
from scheduling.master import Choice, Effort, Offer
from scheduling.patterns import beginning, kept
from scheduling.pricing import SCALE, Column, PersonWeeks, Spelled, person_weeks
from scheduling.problem import Problem
from scheduling.roster import Roster
from scheduling.rows import Row, cover_rows, team_rows

STEPS = 2.0  # before HiGHS takes over from CP-SAT, which is exact but slow where fractions remain

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
    """One week for each person, in the problem's order; bound <= any price <= price."""

    columns: tuple[Column, ...]
    price: int
    bound: int
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
        pins = tuple(one.only_pins() for one in self._weeks)
        weeks = sum(graph.weeks() for graph in graphs)
        bound = first_bound(self._rows, self._weeks)
        self.found = Found(pins, greedy.price(self._rows, pins), bound, weeks)

    def run(self, hint: Roster | None) -> Found:
        """The best roster found within the limits."""
        start = self.found.columns
        if hint is not None:
            self._better([one.column(kept(one.beginning, hint)) for one in self._weeks])
        self._polish(self.found.columns)
        first = dict.fromkeys([*start, *self.found.columns])
        proof = evidence(self._rows, self._weeks, tuple(first), self._still_worse_than)
        self._proven(proof.bound)
        self._choose(mixed.choose, proof.columns, self._left() / 3)
        better = True
        while better and self._open():
            better = self._last_choice(proof)
        return self.found

    def _last_choice(self, proof: Evidence) -> bool:
        """Choose among all weeks that can make a better roster; whether trying again may help."""
        before = self.found.price
        columns, whole = self._promising(proof)
        for choose in (master.choose, mixed.choose):
            bound = self._choose(choose, columns, self._left())
            if whole:
                self._proven(min(bound, self.found.price))
        return self.found.price < before

    def _promising(self, proof: Evidence) -> tuple[list[Column], bool]:
        """The weeks that some roster cheaper than the best so far can hold; whether all of them.

        If they are too many, those that fit into a quarter of the distance, and so on; when too
        many are equally good, those that the proof came upon.
        """
        whole = slack = (self.found.price - 1) * SCALE - proof.exact
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

    def _choose(self, choose: Chooser, columns: Sequence[Column], seconds: float) -> int:
        """Choose among columns and the best so far, then polish; a bound for these columns."""
        if not self._open():
            return self.found.bound
        every = tuple(dict.fromkeys([*columns, *self.found.columns]))
        offer = Offer(self._rows, every, self.found.columns, self.found.bound)
        effort = Effort(max(0.1, seconds), STEPS, self._limits.seed, self._limits.workers)
        choice = choose(offer, effort)
        by_person = {column.pattern.person: column for column in choice.columns}
        self._polish([by_person[one.person] for one in self._weeks])
        return choice.bound

    def _polish(self, columns: Sequence[Column]) -> None:
        self._better(columns)
        self._better(greedy.filled(self._rows, self._weeks, columns, self._going_on))

    def _better(self, columns: Sequence[Column]) -> None:
        price = greedy.price(self._rows, columns)
        if price < self.found.price and greedy.allowed(self._rows, columns):
            self.found = replace(self.found, columns=tuple(columns), price=price)
            self._tell(self.found)

    def _proven(self, bound: int) -> None:
        if bound > self.found.bound:
            self.found = replace(self.found, bound=bound)
            self._tell(self.found)

    def _left(self) -> float:
        return self._deadline - monotonic()

    def _open(self) -> bool:
        return self.found.bound < self.found.price and self._going_on()

    def _going_on(self) -> bool:
        return self._left() > 0

    def _still_worse_than(self, bound: int) -> bool:
        return bound < self.found.price and self._going_on()
