"""How is a level proven better where many desks are, each with people of its own? Desk by desk."""

from collections.abc import Mapping
from dataclasses import replace

from scheduling import master
from scheduling.bounds.blocks import Block, Ground, blocks, raised
from scheduling.choosing import mixed
from scheduling.choosing.budget import Budget
from scheduling.choosing.greedy import points
from scheduling.choosing.tasks import Choosing, Decision, Task
from scheduling.legal.pricing import SCALE, Worth
from scheduling.master import Choice, Offer
from scheduling.telling.levels import Goal, Level

SOON = 1.0  # seconds or units of HiGHS for a block
LATER = 2.0  # and of CP-SAT, if that was not enough
DOUBT = SCALE // 32  # what HiGHS may err by, in 1/SCALE points
HARD = 3  # how much more a level before counts that whole weeks in blocks prove nearly
NEARLY = 4  # what they add, against what stays unproven
ROOM = 3  # times as many weeks in a block as are few for everybody


class Raising:
    """Raises the bound of one goal after another, and remembers by what in which block."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._hard: set[Level] = set()
        self._by: dict[Goal, Mapping[Block, int]] = {}

    def by(self, goal: Goal) -> Mapping[Block, int] | None:
        """What whole weeks added in each block, in 1/SCALE points; None if not tried yet."""
        return self._by.get(goal)

    def decide(self, task: Task, budget: Budget) -> Decision:
        """A better bound: whole weeks where few people share their shifts."""
        prover, weeks = self._choosing.prover, self._choosing.weeks
        worth = self._strict(task)
        ground = Ground(
            weeks,
            worth,
            prover.least(worth).tolist(),
            task.best,
            ROOM * self._choosing.few,
            1 if budget.meter.by_work else self._choosing.limits.workers,
        )

        def choose(offer: Offer) -> Choice:
            return self._chosen(offer, budget)

        parts = blocks(weeks, len(prover.rows))
        found = raised(prover, parts, ground, task.goal, choose, budget.going_on)
        self._by[task.goal] = found.by
        proven = prover.exact(worth, task.goal) + sum(found.by.values())
        left = task.goal.price(points(prover.rows, found.columns)) * SCALE - proven
        if NEARLY * left < proven - task.proof.exact:
            self._hard.add(task.level)
        return Decision(found.columns, prover.reachable(task.goal, -(-proven // SCALE)))

    def _chosen(self, offer: Offer, budget: Budget) -> Choice:
        """What HiGHS proves soon, else what CP-SAT does: each is quick where the other is slow."""
        choice = self._choosing.chosen(mixed.choose, offer, budget.at_most(SOON))
        if choice.bound > offer.goal.price(points(offer.rows, choice.columns)) - offer.step:
            return replace(choice, bound=choice.bound - DOUBT)
        return self._choosing.chosen(master.choose, offer, budget.at_most(LATER))

    def _strict(self, task: Task) -> Worth:
        """The worth of a proof; levels before count more where whole weeks prove nearly all."""
        worth = task.proof.worth
        for level, proof in task.before.items():
            worth = worth.joined(proof.worth, HARD * (level in self._hard))
        return worth
