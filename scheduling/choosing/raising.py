"""How is a level proven better where many desks are, each with people of its own? Desk by desk."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduling import master
from scheduling.bounds.blocks import Block, blocks
from scheduling.bounds.bound import Evidence, rounded_up
from scheduling.bounds.whole import Ground, Raised, proven, raised
from scheduling.choosing import mixed
from scheduling.choosing.budget import Budget
from scheduling.choosing.tasks import UNPROVEN, Choosing, Decision, Task
from scheduling.legal.pricing import SCALE, Worth
from scheduling.master import Choice, Offer
from scheduling.telling.levels import Goal, Level, at

SOON = 1.0  # seconds or units of HiGHS for a block
LATER = 2.0  # and of CP-SAT, if that was not enough
DOUBT = SCALE // 32  # what HiGHS may err by, in 1/SCALE points
HARDER = 4  # times as long for a block that was not proven the time before
HARD = 1  # how much more a level before counts that whole weeks in blocks prove nearly
NEARLY = 4  # what they add, against what stays unproven
ROOM = 3  # times as many weeks in a block as are few for everybody


@dataclass(frozen=True)
class Known:
    """What is proven of a level so far, whatever is kept: it rests on worths alone.

    by: what whole weeks added in each block, in 1/SCALE points; unproven: blocks that may add more;
    proof: where `worth` is from; tries: how often it was tried.
    """

    proof: Worth
    worth: Worth
    by: Mapping[Block, int]
    unproven: frozenset[Block]
    tries: int


class Raising:
    """Raises the bound of one level after another, and remembers by what in which block."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._known: dict[Level, Known] = {}

    def by(self, level: Level) -> Mapping[Block, int]:
        """What whole weeks added in each block, in 1/SCALE points; nothing if not tried yet."""
        return self._known[level].by if level in self._known else {}

    def still(self, level: Level, goal: Goal) -> int:
        """What was proven of a level is so much of this goal, in 1/SCALE points."""
        known = self._known.get(level)
        if known is None:
            return UNPROVEN
        return self._choosing.prover.exact(known.worth, goal) + sum(known.by.values())

    def promises(self, task: Task, failures: int) -> bool:
        """Whether it is time to try, after so many failures to find a better roster."""
        known = self._same(task)
        return known is None or bool(known.unproven and failures >= known.tries)

    def decide(self, task: Task, budget: Budget) -> Decision:
        """A better bound: whole weeks where few people share their shifts.

        Tried again, only for those blocks that were not proven, and longer.
        """
        prover, weeks = self._choosing.prover, self._choosing.weeks
        before = self._same(task)
        worth = before.worth if before else self._strict(task)
        parts = tuple(before.unproven) if before else blocks(weeks, len(prover.rows))
        ground = Ground(
            weeks,
            worth,
            prover.least(worth).tolist(),
            task.best,
            ROOM * self._choosing.few,
            1 if budget.meter.by_work else self._choosing.limits.workers,
        )
        patience = HARDER ** (before.tries if before else 0)

        def choose(offer: Offer) -> Choice:
            return self._chosen(offer, budget, patience, 1 if len(parts) > 1 else 0)

        found = raised(prover, parts, ground, task.goal, choose, budget.going_on)
        self._remember(task, worth, before, found)
        exact = rounded_up(self.still(task.level, task.goal))
        return Decision(found.columns, prover.reachable(task.goal, exact))

    def _same(self, task: Task) -> Known | None:
        """What was proven of the level, from the same proof."""
        known = self._known.get(task.level)
        return known if known and known.proof is task.proof.worth else None

    def _remember(self, task: Task, worth: Worth, before: Known | None, found: Raised) -> None:
        by = dict(before.by) if before else {}
        by |= {block: max(more, by.get(block, 0)) for block, more in found.by.items()}
        tries = before.tries + 1 if before else 1
        self._known[task.level] = Known(task.proof.worth, worth, by, found.unproven, tries)

    def _chosen(self, offer: Offer, budget: Budget, patience: int, workers: int) -> Choice:
        """What HiGHS proves soon, else what CP-SAT does: each is quick where the other is slow."""
        choice = self._choosing.chosen(mixed.choose, offer, budget.at_most(SOON * patience))
        if proven(offer, choice):
            return replace(choice, bound=choice.bound - DOUBT)
        longer = budget.at_most(LATER * patience)
        return self._choosing.chosen(master.choose, offer, longer, workers)

    def _strict(self, task: Task) -> Worth:
        """The worth of a proof; levels before count more where whole weeks prove nearly all."""
        worth = task.proof.worth
        for level, proof in task.before.items():
            worth = worth.joined(proof.worth, HARD * self._nearly(level, proof, task.goal))
        return worth

    def _nearly(self, level: Level, proof: Evidence, goal: Goal) -> bool:
        """Whether whole weeks prove much more of a level that is kept than is open there."""
        proven = self.still(level, Goal(at(level, 1), goal.kept[:level]))
        return NEARLY * (goal.kept[level] * SCALE - proven) < proven - proof.exact
