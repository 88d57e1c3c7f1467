"""What does each floor cost: what would the roster save if a desk needed one person less?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scheduling import audit
from scheduling.problem import Need, Problem
from scheduling.roster import Roster, Status
from scheduling.solve import SolveLimits, build_roster
from scheduling.telling.levels import Points


@dataclass(frozen=True)
class FloorCost:
    """The floor of one desk (of holders of a certificate, where one is named), one head lower.

    The target is one lower with it, or the head would still be wanted. saved: points by level of
    the roster as it stands less those of the best one then; proven: none saves more.
    """

    desk: str
    certificate: str | None
    saved: Points
    proven: bool


def floor_costs(
    problem: Problem, roster: Roster, limits: SolveLimits, going_on: Callable[[], bool]
) -> tuple[FloorCost, ...]:
    """The floor that costs most first; fewer than there are when `going_on` says no.

    Promises are left out: what a floor costs is a question before they are given.
    """
    problem = replace(problem, published=None)
    floors = dict.fromkeys((n.desk, n.certificate) for n in problem.needs if n.floor)
    found = [_cost(problem, roster, floor, limits) for floor in floors if going_on()]
    return tuple(sorted(found, key=lambda cost: cost.saved, reverse=True))


def _cost(
    problem: Problem, roster: Roster, floor: tuple[str, str | None], limits: SolveLimits
) -> FloorCost:
    lower = replace(problem, needs=tuple(_lowered(problem, floor)))
    result = build_roster(lower, limits, hint=roster)
    pairs = zip(audit.points(problem, roster), audit.points(lower, result.roster), strict=True)
    saved = tuple(was - becomes for was, becomes in pairs)
    return FloorCost(*floor, saved, result.status is Status.OPTIMAL)


def _lowered(problem: Problem, floor: tuple[str, str | None]) -> Iterator[Need]:
    for need in problem.needs:
        if (need.desk, need.certificate) == floor:
            yield replace(need, floor=max(0, need.floor - 1), target=max(0, need.target - 1))
        else:
            yield need
