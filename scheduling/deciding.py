"""How is a choice among weeks made that is too hard for one attempt? Harder each time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from scheduling import master, mixed
from scheduling.blocks import Block, Ground, blocks, raised, unexplained
from scheduling.bound import Evidence, Prover
from scheduling.budget import Budget, SolveLimits
from scheduling.greedy import points
from scheduling.levels import NOTHING, Goal, Level
from scheduling.master import Choice, Effort, Offer
from scheduling.neighbours import Neighbours, Part
from scheduling.pricing import SCALE, Column, Worth
from scheduling.weeks import PersonWeeks, Spelled

Chooser = Callable[[Offer, Effort], Choice]

PATIENCE = 2.0  # seconds or units of the first attempt
FEW = 1 / 15  # of the weeks that may be chosen among: so many are, without a look at the likeliest
SOME = 150  # weeks of each person whose week is chosen anew
LEAST = 0.02  # units that any choice costs, so that choices that cost nothing end, too
STRICTLY = 1 << 10  # how much more a level before may count, at most
STEEP = (1 << 15, 1 << 10, 1 << 5, 1)  # levels where weeks are chosen anew
FAR = SCALE << 12  # beyond the cheapest week of all levels together
HARD = 4  # how much more a level before counts that whole weeks in blocks prove nearly
NEARLY = 4  # what they add, against what stays unproven
ROOM = 3  # times as many weeks in a block as are few for everybody
UNPROVEN = -(1 << 60)  # a bound that says nothing


@dataclass(frozen=True)
class Task:
    """What is to be decided: the fewest points of a level, from the best roster so far.

    best: a week for each person; points: of the goal; bound: of the goal's points, known so far;
    before: proofs for levels that are kept.
    """

    level: Level
    goal: Goal
    proof: Evidence
    best: tuple[Column, ...]
    points: int
    bound: int
    before: Mapping[Level, Evidence] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """A week for each person, in no order, and a bound for all rosters that keep what is kept."""

    columns: Sequence[Column]
    bound: int = UNPROVEN


class Decider:
    """Decides one task after another, and remembers how hard each level was tried."""

    def __init__(self, prover: Prover, weeks: Sequence[PersonWeeks], limits: SolveLimits) -> None:
        self._prover, self._weeks, self._limits = prover, weeks, limits
        self._neighbours = Neighbours(prover.rows, weeks, limits.seed)
        self._tries: Counter[Level] = Counter()
        self._looked: set[Goal] = set()
        self._hard: dict[Level, int] = {}
        self.overall: Worth | None = None  # at which weeks are good in all levels
        self._raised: dict[Goal, Mapping[Block, int]] = {}
        self._few = int(FEW * limits.columns)
        self._freed = 12  # people whose weeks are chosen anew together
        self._promised: tuple[tuple[Goal, int], tuple[list[Column], bool]] | None = None

    def decide(self, task: Task, budget: Budget) -> Decision:
        """One attempt; the next one at the same level is harder."""
        columns, whole = self._promising(task, budget)
        if (len(columns) > self._few or not whole) and task.goal not in self._looked:
            self._looked.add(task.goal)
            return self.first(task, budget.at_most(budget.left() / 3))
        if not whole and task.goal not in self._raised:
            return self._in_blocks(task, budget.at_most(budget.left() / 2))
        turn = self._tries[task.level] + (2 if len(columns) > 4 * self._few else 0)
        patience = budget.at_most(PATIENCE * 2.0 ** (turn // 3))
        if not whole or turn % 3 == 2:
            return self._gaining(task, patience)
        self._tries[task.level] += 1
        return self._last_choice((mixed.choose, master.choose)[turn % 3], task, columns, patience)

    def _gaining(self, task: Task, budget: Budget) -> Decision:
        """Some people's weeks chosen anew; as long as that gains, the next attempt is no harder."""
        decision = self._anew(task, budget)
        self._tries[task.level] += decision.columns is task.best
        return decision

    def first(self, task: Task, budget: Budget) -> Decision:
        """The best of the weeks that the proof came upon, which proves nothing about all others.

        If these are many, only for the people to whom the relaxation gives no week whole.
        """
        if len(task.proof.columns) <= self._few:
            return Decision(self._choose(mixed.choose, task, task.proof.columns, budget).columns)
        whole = {column.pattern.person: column for column in task.proof.whole}
        fixed = tuple(whole.get(column.pattern.person, column) for column in task.best)
        offer = self._offer(replace(task, best=fixed), task.proof.columns)
        part = Part(offer, {column.pattern.person for column in task.best} - set(whole))
        return Decision(part.joined(self._chosen(mixed.choose, part.offer, budget)))

    def _in_blocks(self, task: Task, budget: Budget) -> Decision:
        """A better bound: whole weeks where few people share their shifts."""
        parts = blocks(self._weeks, len(self._prover.rows))

        def choose(offer: Offer) -> Choice:
            return self._chosen(master.choose, offer, budget.at_most(PATIENCE))

        worth = self._strict(task)
        exact = self._prover.exact(worth, task.goal)
        least = self._prover.least(worth).tolist()
        ground = Ground(self._weeks, worth, least, task.best, ROOM * self._few)
        found = raised(self._prover, parts, ground, task.goal, choose, budget.going_on)
        self._raised[task.goal] = found.by
        proven = exact + sum(found.by.values())
        left = task.goal.price(points(self._prover.rows, found.columns)) * SCALE - proven
        if NEARLY * left < proven - task.proof.exact:
            self._hard[task.level] = HARD
        bound = -(-proven // SCALE)
        return Decision(found.columns, self._prover.reachable(task.goal, bound))

    def _strict(self, task: Task) -> Worth:
        """The worth of a proof; levels before count more where whole weeks prove nearly all."""
        worth, before = task.proof.worth, task.before
        if all(level in self._hard or self._met(task, level) for level in before):
            for level in before:
                worth = worth.joined(before[level].worth, self._hard.get(level, 0))
        return worth

    def _met(self, task: Task, level: Level) -> bool:
        return task.goal.kept[level] <= task.before[level].bound

    def _last_choice(
        self, choose: Chooser, task: Task, columns: Sequence[Column], budget: Budget
    ) -> Decision:
        choice = self._choose(choose, task, columns, budget)
        return Decision(choice.columns, self._prover.reachable(task.goal, choice.bound))

    def _choose(
        self, choose: Chooser, task: Task, columns: Sequence[Column], budget: Budget
    ) -> Choice:
        return self._chosen(choose, self._offer(task, columns), budget)

    def _offer(self, task: Task, columns: Sequence[Column]) -> Offer:
        every = tuple(dict.fromkeys([*columns, *task.best]))
        step = self._prover.step(task.goal)
        return Offer(tuple(self._prover.rows), every, task.best, task.bound, task.goal, step)

    def _chosen(self, choose: Chooser, offer: Offer, budget: Budget) -> Choice:
        left = max(0.1, budget.left())
        by_work = budget.meter.by_work
        effort = Effort(
            seconds=inf if by_work else left,
            work=left if by_work else inf,
            seed=self._limits.seed,
            workers=1 if by_work else self._limits.workers,
            cancelled=budget.meter.cancelled,
        )
        choice = choose(offer, effort)
        budget.meter.spend(max(LEAST, choice.work))
        return choice

    def _anew(self, task: Task, budget: Budget) -> Decision:
        """Some people's weeks chosen anew, again and again, where the distance to the bound is.

        Beside the task's level those after it count a little, and suffer less from what it gains.
        """
        worth, _ = self._distance(task)
        known = self._raised.get(task.goal, {})
        task = replace(task, goal=self._steep(task), bound=UNPROVEN)
        while budget.going_on():
            above = self._prover.distance(worth, task.best)
            above = unexplained(above, known)
            people = self._neighbours.some(above, task.best, self._freed)
            columns = [column for place in people for column in self._offered(task, place)]
            budget.meter.spend(LEAST * len(people))
            part = Part(self._offer(task, columns), {self._weeks[p].person for p in people})
            choice = self._chosen(mixed.choose, part.offer, budget.at_most(PATIENCE))
            if part.gains(choice):
                task = replace(task, best=self._in_order(part.joined(choice)))
            solved = choice.bound > part.price - part.offer.step
            self._freed = max(4, min(len(self._weeks), self._freed * (5 if solved else 3) // 4))
        return Decision(task.best)

    def _steep(self, task: Task) -> Goal:
        now = points(self._prover.rows, task.best)
        return Goal((*NOTHING[: task.level], *STEEP[task.level :]), now[: task.level + 1])

    def _in_order(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        by_person = {column.pattern.person: column for column in columns}
        return tuple(by_person[one.person] for one in self._weeks)

    def _offered(self, task: Task, place: int) -> list[Column]:
        near = self._neighbours.changed(place, task.best[place])
        good = [] if self.overall is None else self._cheap(self._weeks[place], self.overall, FAR)
        return list(dict.fromkeys([*self._likely(task, place), *good, *near]))

    def _likely(self, task: Task, place: int) -> list[Column]:
        """A person's weeks that fit best into the distance between bound and best roster."""
        return self._cheap(self._weeks[place], *self._distance(task))

    def _cheap(self, one: PersonWeeks, worth: Worth, slack: int) -> list[Column]:
        least, column = one.cheapest(worth)
        while (mine := one.within(worth, least + slack, SOME)) is None and slack > 1:
            slack //= 2
        return [column, *one.columns(mine or [])]

    def _distance(self, task: Task) -> tuple[Worth, int]:
        """At which worth a week of a better roster is at most how much dearer than the cheapest.

        Levels before count, too: there, a week that is too dear is so for every goal.
        """
        worth = task.proof.worth
        slack = (task.points - self._prover.step(task.goal)) * SCALE - task.proof.exact
        for level, proof in task.before.items():
            spare = task.goal.kept[level] * SCALE - proof.exact
            times = min(STRICTLY, 1 + slack // max(1, spare))
            worth, slack = worth.joined(proof.worth, times), slack + times * spare
        return worth, slack

    def _promising(self, task: Task, budget: Budget) -> tuple[list[Column], bool]:
        """The weeks that some roster better than the best so far can hold, if not too many.

        And whether these are all of them.
        """
        key = (task.goal, task.points)
        if self._promised is None or self._promised[0] != key:
            columns = self._within(task, budget)
            self._promised = (key, (columns or [], columns is not None))
        return self._promised[1]

    def _within(self, task: Task, budget: Budget) -> list[Column] | None:
        worth, slack = self._distance(task)
        spelled: list[Spelled] = []
        room = self._limits.columns
        for one in self._weeks:
            least, _ = one.cheapest(worth)
            mine = one.within(worth, least + slack, room)
            if mine is None or not budget.going_on():
                return None
            spelled.append(mine)
            room -= len(mine)
        budget.meter.spend(2 * self._prover.work)
        pairs = zip(self._weeks, spelled, strict=True)
        return [column for one, mine in pairs for column in one.columns(mine)]
