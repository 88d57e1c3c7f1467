"""Is a finished roster allowed, and what does it cost? Answered without any solver."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from scheduling.problem import Need, Problem, Span
from scheduling.roster import Breach, Gap, Roster
from scheduling.rules import RULES, WISHES, Staffing
from scheduling.telling.levels import Points, at, total


def breaches(problem: Problem, roster: Roster) -> tuple[Breach, ...]:
    """Every place where the roster breaks a rule. Raises ValueError for unknown ids."""
    staffing = Staffing(problem, roster)
    return tuple(breach for rule in RULES for breach in rule.breaches(staffing))


def price(problem: Problem, roster: Roster) -> Mapping[str, int]:
    """The points of each wish, by its display name. Raises ValueError for unknown ids."""
    staffing = Staffing(problem, roster)
    return {wish.name: wish.price(staffing) for wish in WISHES}


def points(problem: Problem, roster: Roster) -> Points:
    """The points of each level. Raises ValueError for unknown ids."""
    return by_level(price(problem, roster))


def by_level(by_wish: Mapping[str, int]) -> Points:
    """The points of each level, from those of each wish (`price`)."""
    return total(at(wish.level, by_wish[wish.name]) for wish in WISHES)


def coverage(problem: Problem, roster: Roster) -> float:
    """The share of wanted heads that stand, over all half hours, up to the target: 0 to 1.

    1 when nobody is wanted. Certificates are left out: each such head is wanted already.
    """
    standing, wanted = heads(problem, roster)
    return standing / wanted if wanted else 1.0


def heads(problem: Problem, roster: Roster) -> tuple[int, int]:
    """The half-hour heads that stand, up to the target, and those that are wanted."""
    staffing = Staffing(problem, roster)
    wanted = standing = 0
    for need in problem.needs:
        if need.certificate is None:
            for _, present in staffing.half_hours(need):
                wanted += need.target
                standing += min(present, need.target)
    return standing, wanted


def gaps(problem: Problem, roster: Roster) -> tuple[Gap, ...]:
    """Every stretch of a need with fewer heads than its target, longest possible, by desk and time.

    missing counts up to the target; below_floor says whether heads are fewer than the floor too.
    Needs that overlap are each reported.
    """
    staffing = Staffing(problem, roster)
    found = [gap for need in problem.needs for gap in _gaps_of(staffing, need)]
    return tuple(sorted(found, key=lambda gap: (gap.desk, gap.span, gap.certificate or "")))


def _gaps_of(staffing: Staffing, need: Need) -> Iterator[Gap]:
    for heads, run in groupby(staffing.half_hours(need), key=lambda entry: entry[1]):
        spans = [span for span, _ in run]
        whole = Span(spans[0].start, spans[-1].end)
        if heads < need.target:
            below = heads < need.floor
            yield Gap(need.desk, whole, need.target - heads, below, need.certificate)
