"""The one door: what is the best roster, and how sure are we?"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from scheduling import audit
from scheduling.master import Choice, Effort, Offer, choose
from scheduling.patterns import legal_weeks
from scheduling.problem import Problem
from scheduling.roster import Assignment, Breach, Result, Roster, Status
from scheduling.rows import cover_rows
from scheduling.soundness import refuse_unsound


@dataclass(frozen=True)
class SolveLimits:
    """How much a roster may cost in time. seconds: of the wall; workers: threads."""

    seconds: float = 30.0
    seed: int = 1
    workers: int = 1


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
    limits = limits or SolveLimits()
    refuse_unsound(problem)
    pins = Roster(tuple(sorted({Assignment(pin.shift, pin.person) for pin in problem.pins})))
    clashes = audit.breaches(problem, pins)
    if clashes:
        return _result(problem, Roster(()), Status.IMPOSSIBLE, 0, begun, 0, clashes)
    patterns = tuple(week for person in problem.people for week in legal_weeks(problem, person))
    offer = Offer(problem, cover_rows(problem), patterns)
    choice = choose(offer, Effort(limits.seconds, limits.seed, limits.workers))
    assert choice is not None
    roster = _roster(choice)
    status = Status.OPTIMAL if choice.bound >= choice.price else Status.FEASIBLE
    result = _result(problem, roster, status, choice.bound, begun, len(patterns), ())
    assert result.price == choice.price
    assert not audit.breaches(problem, roster)
    if on_progress is not None:
        on_progress(Progress(result.seconds, result.price, result.bound, 1.0))
    return result


def _roster(choice: Choice) -> Roster:
    given = [Assignment(shift, p.person) for p in choice.patterns for shift in p.shifts]
    return Roster(tuple(sorted(given)))


def _result(
    problem: Problem,
    roster: Roster,
    status: Status,
    bound: int,
    begun: float,
    patterns: int,
    clashes: tuple[Breach, ...],
) -> Result:
    points = audit.price(problem, roster)
    price = sum(points.values())
    return Result(
        status=status,
        roster=roster,
        price=price,
        bound=min(bound, price),
        price_by_wish=points,
        gaps=audit.gaps(problem, roster),
        breaches=clashes,
        seconds=monotonic() - begun,
        patterns=patterns,
    )
