"""What is to be decided of a level, and what does a choice about it begin with?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from scheduling.bounds.bound import Evidence, Prover
from scheduling.choosing.budget import Budget, SolveLimits
from scheduling.legal.pricing import SCALE, Column, Worth
from scheduling.legal.weeks import PersonWeeks
from scheduling.master import Choice, Effort, Offer
from scheduling.telling.levels import NOTHING, Goal, Level, Points

Chooser = Callable[[Offer, Effort], Choice]

FEW = 1 / 15  # of the weeks that may be chosen among: so many are, without a look at the likeliest
LEAST = 0.02  # units that any choice costs, so that choices that cost nothing end, too
STRICTLY = 1 << 10  # how much more a level before may count, at most
UNPROVEN = -(1 << 60)  # a bound that says nothing
STEEP = (1 << 15, 1 << 10, 1 << 5, 1)  # levels, where later ones count a little beside one


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

    def steep(self, now: Points) -> "Task":
        """The same, where later levels count a little and suffer less from what this one gains.

        now: points of the best roster by level. A bound of it says nothing about the level.
        """
        goal = Goal((*NOTHING[: self.level], *STEEP[self.level :]), now[: self.level + 1])
        return replace(self, goal=goal, bound=UNPROVEN)


@dataclass(frozen=True)
class Decision:
    """A week for each person, in no order, and a bound for all rosters that keep what is kept."""

    columns: Sequence[Column]
    bound: int = UNPROVEN


@dataclass(frozen=True)
class Choosing:
    """Choices among everybody's weeks, and how far one may be from what is proven."""

    prover: Prover
    weeks: Sequence[PersonWeeks]
    limits: SolveLimits

    @property
    def few(self) -> int:
        """So many weeks are chosen among without a look at the likeliest."""
        return int(FEW * self.limits.columns)

    def offer(self, task: Task, columns: Sequence[Column], step: int | None = None) -> Offer:
        """A choice among these weeks and those of the best roster so far.

        step: points of the goal that are worth looking for; None: the least that can be gained.
        """
        every = tuple(dict.fromkeys([*columns, *task.best]))
        least = self.prover.step(task.goal) if step is None else step
        return Offer(tuple(self.prover.rows), every, task.best, task.bound, task.goal, least)

    def chosen(self, choose: Chooser, offer: Offer, budget: Budget, workers: int = 0) -> Choice:
        """What is chosen within a budget. workers: for this choice alone; 0: all there are."""
        left = max(0.1, budget.left())
        by_work = budget.meter.by_work
        effort = Effort(
            seconds=inf if by_work else left,
            work=left if by_work else inf,
            seed=self.limits.seed,
            workers=1 if by_work else workers or self.limits.workers,
            cancelled=budget.meter.cancelled,
        )
        choice = choose(offer, effort)
        budget.meter.spend(max(LEAST, choice.work))
        return choice

    def distance(self, task: Task) -> tuple[Worth, int]:
        """At which worth a week of a better roster is at most how much dearer than the cheapest.

        Levels before count, too: there, a week that is too dear is so for every goal.
        """
        worth = task.proof.worth
        slack = (task.points - self.prover.step(task.goal)) * SCALE - task.proof.exact
        for level, proof in task.before.items():
            spare = task.goal.kept[level] * SCALE - proof.exact
            times = min(STRICTLY, 1 + slack // max(1, spare))
            worth, slack = worth.joined(proof.worth, times), slack + times * spare
        return worth, slack
