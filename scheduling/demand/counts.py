"""How many calls came, half hour by half hour?"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from scheduling.problem import Span

HALF_HOUR: Final = timedelta(minutes=30)
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class DemandError(ValueError):
    """What was asked cannot be answered; the sentence says what to give instead."""


@dataclass(frozen=True)
class Counts:
    """Calls in each step of time, from `start` on, without a hole.

    start: aware UTC, on a step; calls: >= 0, None where nothing was recorded (a fault is no
    silence); step: whole minutes that divide a day. Raises DemandError otherwise.
    """

    start: datetime
    calls: tuple[float | None, ...]
    step: timedelta = HALF_HOUR

    def __post_init__(self) -> None:
        on_step(self.start, self.step)
        for number, calls in enumerate(self.calls):
            if calls is not None and not 0 <= calls < inf:
                at = self.start + number * self.step
                raise DemandError(f"The calls of {at:%Y-%m-%d %H:%M} UTC are {calls}: not a count.")

    @property
    def end(self) -> datetime:
        """The first instant after the last step."""
        return self.start + len(self.calls) * self.step


def on_step(at: datetime, step: timedelta) -> None:
    """Raises DemandError unless `at` is UTC and begins a step; steps divide a day, in minutes."""
    if step <= timedelta(0) or DAY % step or step % MINUTE:
        raise DemandError(f"A step divides a day into equal parts of minutes; {step} does not.")
    if at.tzinfo is not UTC:
        raise DemandError(f"Counts begin at an instant in UTC, not at {at!r}.")
    if (at - EPOCH) % step:
        raise DemandError(f"{at:%Y-%m-%d %H:%M:%S} UTC is not the beginning of a step of {step}.")


def on_half_hour(at: datetime) -> datetime:
    """The beginning of the half hour that `at` lies in, in UTC."""
    return EPOCH + (at - EPOCH) // HALF_HOUR * HALF_HOUR


def half_hours_around(span: Span) -> Span:
    """The whole half hours that `span` meets."""
    return Span(on_half_hour(span.start), EPOCH - (EPOCH - span.end) // HALF_HOUR * HALF_HOUR)


def half_hours(span: Span) -> Iterator[datetime]:
    """When each half hour of a span of whole ones begins."""
    at = span.start
    while at < span.end:
        yield at
        at += HALF_HOUR


def counted(arrivals: Iterable[datetime], span: Span, step: timedelta = HALF_HOUR) -> Counts:
    """The calls that arrived in each step of `span`; those outside are left out."""
    steps, rest = divmod(span.length, step)
    if rest:
        raise DemandError(f"From {span.start} to {span.end} is no whole number of steps of {step}.")
    edges = [span.start + number * step for number in range(steps)]
    calls = [0.0] * steps
    for arrival in arrivals:
        if span.start <= arrival < span.end:
            calls[bisect_right(edges, arrival) - 1] += 1
    return Counts(span.start, tuple(calls), step)


def pooled(lines: Sequence[Counts]) -> Counts:
    """The calls of lines that share a desk; unknown where one line's are. Same start and steps."""
    if not lines:
        raise DemandError("Nothing to pool: give the counts of at least one line.")
    if len({(line.start, line.step, len(line.calls)) for line in lines}) > 1:
        raise DemandError("Lines are pooled over the same stretch of time, in the same steps.")
    calls = tuple(_sum(step) for step in zip(*(line.calls for line in lines), strict=True))
    return Counts(lines[0].start, calls, lines[0].step)


def _sum(calls: Iterable[float | None]) -> float | None:
    total = 0.0
    for one in calls:
        if one is None:
            return None
        total += one
    return total
