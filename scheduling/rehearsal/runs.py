"""The same week played many times, and what each gap of its roster costs."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from scheduling.choosing.budget import never
from scheduling.problem import Span
from scheduling.rehearsal.callers import Caller, Habits, Rates, RehearsalError, drawn
from scheduling.rehearsal.figures import Rehearsed, gathered
from scheduling.rehearsal.play import play
from scheduling.rehearsal.stage import Exchange, Outcome, Stage
from scheduling.rehearsal.tally import Tally

Played = tuple[Tally, list[int]]  # a run, and the calls that each change spares in it
Enough = Callable[[], bool]

AROUND: Final = timedelta(hours=2)  # before a gap the desks fill, after it the last ones are heard


@dataclass(frozen=True)
class Cast:
    """A roster, and who decides whom to ring by it."""

    stage: Stage
    exchange: Exchange


@dataclass(frozen=True)
class Trials:
    """How often, and with which chances. Raises RehearsalError for no trial at all."""

    rates: Rates
    habits: Habits
    runs: int = 100
    seed: int = 1

    def __post_init__(self) -> None:
        if self.runs < 1 or self.seed < 0:
            raise RehearsalError(
                f"A week is played at least once, with a seed of 0 or more, "
                f"not {self.runs} times with {self.seed}."
            )


@dataclass(frozen=True)
class Change:
    """The same roster with something else in `span`, like one gap filled."""

    span: Span
    cast: Cast


def rehearse(
    cast: Cast,
    trials: Trials,
    changes: Sequence[Change] = (),
    on_run: Callable[[int], None] = lambda run: None,
    enough: Enough = never,
) -> Rehearsed:
    """What becomes of the callers, and how many unanswered calls each change would spare.

    A change meets the same callers, with the same patience, talk and luck, as the roster itself;
    both are played around its span only, from a quiet start. on_run: told after each run; enough:
    asked after each run, whether those so far will do.
    """
    played = _played(cast, trials, changes, on_run)
    return gathered(cast.stage, trials.runs, len(changes), _until(enough, played))


def _until(enough: Enough, played: Iterator[Played]) -> Iterator[Played]:
    """One run at least."""
    for each in played:
        yield each
        if enough():
            return


def _played(
    cast: Cast, trials: Trials, changes: Sequence[Change], on_run: Callable[[int], None]
) -> Iterator[Played]:
    returning = trials.habits.returning
    for run in range(trials.runs):
        drawn_ones = drawn(trials.rates, trials.habits, trials.seed, run)
        callers = _between(drawn_ones, cast.stage.span)  # rates may begin before it
        tally = play(cast.stage, callers, returning, cast.exchange)
        spared = _spared(cast, changes, callers, returning)
        on_run(run + 1)
        yield tally, spared


def _spared(
    cast: Cast, changes: Sequence[Change], callers: Sequence[Caller], returning: float
) -> list[int]:
    lost: dict[Span, int] = {}
    found = []
    for change in changes:
        around = Span(change.span.start - AROUND, change.span.end + AROUND)
        met = _between(callers, around)
        if around not in lost:
            lost[around] = _lost(cast, around, met, returning)
        less = _lost(change.cast, around, met, returning) if lost[around] else 0
        found.append(lost[around] - less)
    return found


def _between(callers: Sequence[Caller], span: Span) -> Sequence[Caller]:
    first = bisect_left(callers, span.start, key=lambda caller: caller.at)
    return callers[first : bisect_left(callers, span.end, key=lambda caller: caller.at)]


def _lost(cast: Cast, span: Span, callers: Sequence[Caller], returning: float) -> int:
    """Calls that reach nobody."""
    tally = play(replace(cast.stage, span=span), callers, returning, cast.exchange)
    cells = [cell for line in tally.lines.values() for cell in line.values()]
    return sum(cell.calls - cell.ends[Outcome.ANSWERED] for cell in cells)
