"""The one door: what is the best roster, and how sure are we?"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from scheduling import audit
from scheduling.problem import Problem
from scheduling.roster import Assignment, Breach, Result, Roster, Status
from scheduling.search import Found, Search, SolveLimits
from scheduling.soundness import refuse_unsound

__all__ = ["Progress", "SolveLimits", "build_roster"]


@dataclass(frozen=True)
class Progress:
    """How far the search is. bound <= best possible price <= price, in points.

    coverage: the share of wanted half-hour heads (up to the target) that stand, 0 to 1.
    """

    seconds: float
    price: int
    bound: int
    coverage: float


def build_roster(
    problem: Problem,
    limits: SolveLimits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    hint: Roster | None = None,
) -> Result:
    """The best roster found, with a proven bound; always comes back.

    A missing person is a priced gap. Only pins that contradict a rule make it IMPOSSIBLE.
    Raises ValueError, with a sentence, when the problem itself makes no sense.
    """
    begun = monotonic()
    refuse_unsound(problem)
    pins = Roster(tuple(sorted({Assignment(pin.shift, pin.person) for pin in problem.pins})))
    clashes = audit.breaches(problem, pins)
    if clashes:
        nobody = Found((), 0, 0, 0)
        return _result(problem, nobody, begun, clashes)

    def tell(found: Found) -> None:
        if on_progress is not None:
            share = audit.coverage(problem, _roster(found))
            on_progress(Progress(monotonic() - begun, found.price, found.bound, share))

    found = Search(problem, limits or SolveLimits(), tell).run(hint)
    result = _result(problem, found, begun, ())
    assert result.price == found.price, "the auditor prices the roster otherwise"
    assert not audit.breaches(problem, result.roster), "the auditor finds a breach"
    return result


def _roster(found: Found) -> Roster:
    weeks = [column.pattern for column in found.columns]
    return Roster(tuple(sorted(Assignment(s, week.person) for week in weeks for s in week.shifts)))


def _result(problem: Problem, found: Found, begun: float, clashes: tuple[Breach, ...]) -> Result:
    roster = _roster(found)
    points = audit.price(problem, roster)
    price = sum(points.values())
    return Result(
        status=_status(found, clashes),
        roster=roster,
        price=price,
        bound=min(found.bound, price),
        price_by_wish=points,
        gaps=audit.gaps(problem, roster),
        breaches=clashes,
        seconds=monotonic() - begun,
        patterns=found.weeks,
    )


def _status(found: Found, clashes: tuple[Breach, ...]) -> Status:
    if clashes:
        return Status.IMPOSSIBLE
    return Status.OPTIMAL if found.bound >= found.price else Status.FEASIBLE
