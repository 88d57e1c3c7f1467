"""Which single change closes a gap of a week's rosters? Read once, tried outside of any lock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.reasons.explaining import ExplainedBuild, explained_week
from hotline.rosters.week import Week
from hotline.store import Store
from scheduling.repairing.repairs import RepairedGap, RepairLimits, repairs
from scheduling.roster import Gap


class RepairError(HotlineError):
    """There is no such gap."""


@dataclass(frozen=True)
class RepairOrder:
    """Which gaps to repair. desks: () means all that have a roster; gap: by number, else all.

    seconds: for all of them together; those below the floor come first.
    """

    week: Week
    desks: tuple[DeskName, ...] = ()
    gap: int | None = None
    seconds: float = 20.0


@dataclass(frozen=True)
class NumberedGap:
    """A gap by the number that `--gap` takes, and the build it is in."""

    number: int
    repaired: RepairedGap
    build: ExplainedBuild


@dataclass(frozen=True)
class RepairedWeek:
    """A week as `hotline roster repair` tells it. names: of everybody, by code."""

    week: Week
    gaps: tuple[NumberedGap, ...]
    seconds: float
    names: Mapping[str, str]


def repaired_week(
    store: Store,
    settings: Settings,
    order: RepairOrder,
    on_progress: Callable[[int, int], None] = lambda done, gaps: None,
) -> RepairedWeek:
    """The single changes that close or shrink each gap, best first; nothing is stored.

    on_progress: hears how many of the gaps are done. Raises ExplainError or RepairError.
    """
    begun = monotonic()
    with store.reading() as db:
        week = explained_week(db, settings, order.week, order.desks)
    numbered = _numbered(week.builds, order)
    limits = RepairLimits(seed=settings.scheduling.seed)
    found: list[NumberedGap] = []
    for build in week.builds:
        mine = {gap: number for number, (gap, its) in numbered.items() if its is build}
        for repaired in repairs(
            build.problem,
            build.result.roster,
            tuple(mine),
            limits,
            lambda: monotonic() - begun < order.seconds,
        ):
            found.append(NumberedGap(mine[repaired.gap], repaired, build))
            on_progress(len(found), len(numbered))
    found.sort(key=lambda each: each.number)
    return RepairedWeek(order.week, tuple(found), monotonic() - begun, week.names)


def _numbered(
    builds: Sequence[ExplainedBuild], order: RepairOrder
) -> dict[int, tuple[Gap, ExplainedBuild]]:
    gaps = [(explained.gap, build) for build in builds for explained in build.gaps]
    gaps.sort(key=lambda each: (not each[0].below_floor, each[0].span, each[0].desk))
    numbered = dict(enumerate(gaps, start=1))
    if order.gap is None:
        return numbered
    if order.gap not in numbered:
        many = len(numbered) or "no"
        raise RepairError(f"There is no gap {order.gap} in {order.week}: it has {many} gaps.")
    return {order.gap: numbered[order.gap]}
