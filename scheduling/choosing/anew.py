"""How is a roster made better where no choice can hold all weeks? Some people's weeks, again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scheduling.bounds.blocks import Block, unexplained
from scheduling.choosing import mixed
from scheduling.choosing.budget import Budget
from scheduling.choosing.greedy import points
from scheduling.choosing.neighbours import Neighbours, Part
from scheduling.choosing.tasks import LEAST, Choosing, Decision, Task
from scheduling.legal.pricing import SCALE, Column, Worth
from scheduling.legal.weeks import PersonWeeks

PATIENCE = 2.0  # seconds or units of one choice
SOME = 150  # weeks of each person whose week is chosen anew
FAR = SCALE << 12  # beyond the cheapest week of all levels together
FIRST = 12  # people whose weeks are chosen anew together, in the beginning
LEAST_FREED = 4


class Anew:
    """Draws people, and remembers how many at once can be chosen for well."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing, self._freed = choosing, FIRST
        rows, seed = choosing.prover.rows, choosing.limits.seed
        self._neighbours = Neighbours(rows, choosing.weeks, seed)
        self.overall: Worth | None = None  # at which weeks are good in all levels

    def decide(self, task: Task, known: Mapping[Block, int], budget: Budget) -> Decision:
        """Some people's weeks chosen anew, again and again, where the distance to the bound is.

        Beside the task's level those after it count a little, and suffer less from what it gains.
        known: what of the distance whole weeks in blocks cost at least.
        """
        prover, weeks = self._choosing.prover, self._choosing.weeks
        worth, _ = self._choosing.distance(task)
        task = task.steep(points(prover.rows, task.best))
        while budget.going_on():
            above = unexplained(prover.distance(worth, task.best), known)
            block = self._neighbours.block(above, tuple(known))
            people = block or self._neighbours.some(above, task.best, self._freed)
            columns = [c for place in people for c in self._offered(task, place, not block)]
            budget.meter.spend(LEAST * len(people))
            part = Part(self._choosing.offer(task, columns), {weeks[p].person for p in people})
            choice = self._choosing.chosen(mixed.choose, part.offer, budget.at_most(PATIENCE))
            if part.gains(choice):
                task = replace(task, best=self._in_order(part.joined(choice)))
            if not block:
                self._learn(choice.bound > part.price - part.offer.step)
        return Decision(task.best)

    def _learn(self, solved: bool) -> None:
        """More people next time, or fewer."""
        many = self._freed * (5 if solved else 3) // 4
        self._freed = max(LEAST_FREED, min(len(self._choosing.weeks), many))

    def _in_order(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        by_person = {column.pattern.person: column for column in columns}
        return tuple(by_person[one.person] for one in self._choosing.weeks)

    def _offered(self, task: Task, place: int, few: bool) -> list[Column]:
        """A person's weeks that fit best: into the distance, for all levels, and near what is.

        Near ones cost the most time, and only where few people's weeks are chosen they are needed.
        """
        one = self._choosing.weeks[place]
        likely = _cheap(one, *self._choosing.distance(task))
        good = [] if self.overall is None else _cheap(one, self.overall, FAR)
        near = self._neighbours.changed(place, task.best[place]) if few else []
        return list(dict.fromkeys([*likely, *good, *near]))


def _cheap(one: PersonWeeks, worth: Worth, slack: int) -> list[Column]:
    least, column = one.cheapest(worth)
    while (mine := one.within(worth, least + slack, SOME)) is None and slack > 1:
        slack //= 2
    return [column, *one.columns(mine or [])]
