"""How is a choice among weeks made that is too hard for one attempt? Harder each time."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from scheduling import master
from scheduling.choosing import mixed
from scheduling.choosing.anew import Anew
from scheduling.choosing.budget import Budget
from scheduling.choosing.greedy import points
from scheduling.choosing.neighbours import Part
from scheduling.choosing.raising import Raising
from scheduling.choosing.tasks import STEEP, Chooser, Choosing, Decision, Task
from scheduling.legal.pricing import Column, Worth
from scheduling.legal.weeks import Spelled
from scheduling.telling.levels import Goal, Level

PATIENCE = 2.0  # seconds or units of the first attempt


class Decider:
    """Decides one task after another, and remembers how hard each level was tried."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing, self._raising, self._anew = choosing, Raising(choosing), Anew(choosing)
        self._tries: Counter[Level] = Counter()
        self._looked: dict[Level, Worth] = {}  # whose proof's weeks were chosen among
        self._promised: tuple[tuple[Goal, int], tuple[list[Column], bool]] | None = None

    def learn(self, overall: Worth) -> None:
        """At which worth weeks are good in all levels."""
        self._anew.overall = overall

    def still(self, level: Level, goal: Goal) -> int:
        """What was proven of a level while other points were kept (`Raising.still`)."""
        return self._raising.still(level, goal)

    def decide(self, task: Task, budget: Budget) -> Decision:
        """One attempt; the next one at the same level is harder."""
        few = self._choosing.few
        columns, whole = self._promising(task, budget)
        looked = self._looked.get(task.level) is task.proof.worth
        if (len(columns) > few or not whole) and not looked:
            self._looked[task.level] = task.proof.worth
            return self._first(task, budget.at_most(budget.left() / 3))
        if not whole and self._raising.promises(task, self._tries[task.level]):
            return self._raising.decide(task, budget)
        turn = self._tries[task.level] + (2 if len(columns) > 4 * few else 0)
        patience = budget.at_most(PATIENCE * 2.0 ** (turn // 3))
        if not whole or turn % 3 == 2:
            return self._gaining(task, patience)
        self._tries[task.level] += 1
        return self._last_choice((mixed.choose, master.choose)[turn % 3], task, columns, patience)

    def first(self, task: Task, budget: Budget) -> Decision:
        """The best of the weeks that the proof came upon, which proves nothing about all others.

        If these are many, only for the people to whom the relaxation gives no week whole.
        """
        if len(task.proof.columns) <= self._choosing.few:
            return self._among(task, (), budget, None)
        whole = {column.pattern.person: column for column in task.proof.whole}
        fixed = tuple(whole.get(column.pattern.person, column) for column in task.best)
        return self._among(replace(task, best=fixed), set(whole), budget, None)

    def _first(self, task: Task, budget: Budget) -> Decision:
        """The same for one level; of what is as good there, rather what later levels like.

        People keep the week that they have where the relaxation gives one whole that is no cheaper.
        """
        prover, worth = self._choosing.prover, task.proof.worth
        whole = {column.pattern.person for column in task.proof.whole}
        least = prover.least(worth).tolist()
        cheap = (c for c, cost in zip(task.best, least, strict=True) if c.cost(worth) <= cost)
        settled = whole & {column.pattern.person for column in cheap}
        steep = task.steep(points(prover.rows, task.best))
        return self._among(steep, settled, budget, STEEP[task.level] * prover.step(task.goal))

    def _among(
        self, task: Task, settled: Collection[str], budget: Budget, step: int | None
    ) -> Decision:
        """A choice among what the proof came upon; if that is much, but for people who are settled.

        step: points of the goal that are worth looking for; None: each.
        """
        offer = self._choosing.offer(task, task.proof.columns, step)
        if len(task.proof.columns) <= self._choosing.few:
            return Decision(self._choosing.chosen(mixed.choose, offer, budget).columns)
        part = Part(offer, {column.pattern.person for column in task.best} - set(settled))
        return Decision(part.joined(self._choosing.chosen(mixed.choose, part.offer, budget)))

    def _gaining(self, task: Task, budget: Budget) -> Decision:
        """Some people's weeks chosen anew; as long as that gains, the next attempt is no harder."""
        decision = self._anew.decide(task, self._raising.by(task.level), budget)
        self._tries[task.level] += decision.columns is task.best
        return decision

    def _last_choice(
        self, choose: Chooser, task: Task, columns: Sequence[Column], budget: Budget
    ) -> Decision:
        offer = self._choosing.offer(task, columns)
        choice = self._choosing.chosen(choose, offer, budget)
        return Decision(choice.columns, self._choosing.prover.reachable(task.goal, choice.bound))

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
        worth, slack = self._choosing.distance(task)
        weeks, room = self._choosing.weeks, self._choosing.limits.columns
        spelled: list[Spelled] = []
        for one in weeks:
            least, _ = one.cheapest(worth)
            mine = one.within(worth, least + slack, room)
            if mine is None or not budget.going_on():
                return None
            spelled.append(mine)
            room -= len(mine)
        budget.meter.spend(2 * self._choosing.prover.work)
        return [c for one, mine in zip(weeks, spelled, strict=True) for c in one.columns(mine)]
