"""The one door: what is the best roster, and how sure are we?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from scheduling import audit
from scheduling.choosing.budget import SolveLimits, never
from scheduling.problem import Problem
from scheduling.roster import Assignment, Breach, LevelPrice, Result, Roster, Status
from scheduling.soundness import refuse_unsound
from scheduling.telling.levels import NOTHING, Level, Points, at

if TYPE_CHECKING:
    from scheduling.choosing.search import Found

__all__ = ["Progress", "SolveLimits", "audited", "build_roster", "judged"]


@dataclass(frozen=True)
class Progress:
    """How far the search is.

    levels: points and bounds so far; coverage: the share of wanted half-hour heads (up to the
    target) that stand, 0 to 1.
    """

    seconds: float
    levels: tuple[LevelPrice, ...]
    coverage: float

    @property
    def price(self) -> int:
        """The points of all levels."""
        return sum(level.price for level in self.levels)

    @property
    def bound(self) -> int:
        """The bounds of all levels."""
        return sum(level.bound for level in self.levels)


def build_roster(
    problem: Problem,
    limits: SolveLimits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    hint: Roster | None = None,
    cancelled: Callable[[], bool] = never,
) -> Result:
    """The best roster found, with a proven bound; always comes back, also when `cancelled` says so.

    A missing person is a priced gap. Only pins that contradict a rule make it IMPOSSIBLE.
    Raises ValueError, with a sentence, when the problem itself makes no sense.
    """
    from scheduling.choosing.search import (  # here: whoever does not solve loads no numpy
        Found,
        Search,
    )

    begun = monotonic()
    refuse_unsound(problem)
    pins = Roster(tuple(sorted({Assignment(pin.shift, pin.person) for pin in problem.pins})))
    clashes = audit.breaches(problem, pins)
    if clashes:
        nobody = Found((), NOTHING, NOTHING, 0)
        return _result(problem, nobody, begun, clashes)

    def tell(found: Found) -> None:
        if on_progress is not None:
            share = audit.coverage(problem, _roster(found))
            on_progress(Progress(monotonic() - begun, _levels(found.points, found.bounds), share))

    found = Search(problem, limits or SolveLimits(), tell, cancelled).run(hint)
    result = _result(problem, found, begun, ())
    priced = tuple(level.price for level in result.levels)
    assert priced == found.points, "the auditor prices the roster otherwise"
    assert not audit.breaches(problem, result.roster), "the auditor finds a breach"
    return result


def judged(problem: Problem, roster: Roster) -> Result:
    """A roster that was found otherwise: what the auditor says, and a bound without any search."""
    quick = build_roster(problem, SolveLimits(seconds=0.0))
    found = audited(problem, roster, tuple(level.bound for level in quick.levels))
    return replace(found, seconds=quick.seconds, patterns=quick.patterns)


def audited(problem: Problem, roster: Roster, bounds: Points | None = None) -> Result:
    """A roster that was found otherwise: what the auditor says, without any solver.

    bounds: of each level, known from elsewhere; None: none is known, and the plainest are taken.
    """
    by_wish, breaches = audit.price(problem, roster), audit.breaches(problem, roster)
    points = audit.by_level(by_wish)
    levels = _levels(points, bounds or _plainest(problem))
    return Result(
        status=_status(levels, breaches),
        roster=roster,
        price=sum(points),
        bound=sum(level.bound for level in levels),
        price_by_wish=by_wish,
        gaps=audit.gaps(problem, roster),
        breaches=breaches,
        seconds=0.0,
        patterns=0,
        levels=levels,
    )


def _plainest(problem: Problem) -> Points:
    """No level costs less than nothing but that of wishes, which pays for time well liked."""
    bonus = min(0, problem.prices.preferred) * len(problem.shifts) * len(problem.people)
    return at(Level.WISHES, bonus)


def _roster(found: "Found") -> Roster:
    weeks = [column.pattern for column in found.columns]
    return Roster(tuple(sorted(Assignment(s, week.person) for week in weeks for s in week.shifts)))


def _result(problem: Problem, found: "Found", begun: float, clashes: tuple[Breach, ...]) -> Result:
    roster = _roster(found)
    by_wish = audit.price(problem, roster)
    levels = _levels(audit.by_level(by_wish), found.bounds)
    return Result(
        status=_status(levels, clashes),
        roster=roster,
        price=sum(level.price for level in levels),
        bound=sum(level.bound for level in levels),
        price_by_wish=by_wish,
        gaps=audit.gaps(problem, roster),
        breaches=clashes,
        seconds=monotonic() - begun,
        patterns=found.weeks,
        levels=levels,
    )


def _levels(points: Points, bounds: Points) -> tuple[LevelPrice, ...]:
    pairs = zip(Level, points, bounds, strict=True)
    return tuple(LevelPrice(level.title, price, min(bound, price)) for level, price, bound in pairs)


def _status(levels: tuple[LevelPrice, ...], clashes: tuple[Breach, ...]) -> Status:
    if clashes:
        return Status.IMPOSSIBLE
    proven = all(level.bound == level.price for level in levels)
    return Status.OPTIMAL if proven else Status.FEASIBLE
