"""How many people does each desk need when lines share desks and overflow as desks close?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from scheduling.demand.answered.busy import heads_when_busy
from scheduling.demand.answered.load import offered_load, pooled_load
from scheduling.demand.counts import DemandError
from scheduling.demand.seats import Promise


@dataclass(frozen=True)
class Stream:
    """The calls of one line. calls: expected in each step; desks: in order of overflow.

    busy: coefficient of variation of the busy factor.
    """

    calls: tuple[float, ...]
    busy: float
    desks: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What one desk is asked for in each step: load in erlangs, and people; 0 where it is closed.

    The promise's floor is not in it: that is a duty, not a demand.
    """

    load: tuple[float, ...]
    people: tuple[int, ...]


def asked_of_desks(
    lines: Sequence[Stream],
    opened: Mapping[str, Sequence[bool]],
    promise: Promise,
    step: timedelta,
) -> Mapping[str, Asked]:
    """The load and the people of each desk of `opened`, which says in which steps it is open.

    A call belongs to the first open desk of its line's chain, to its end: desks that close hand on
    callers, not conversations. Lines at one desk are pooled, and taken to be busy together, which
    is the safe side.
    """
    return {desk: _asked(desk, lines, opened, promise, step) for desk in opened}


def unreached(line: Stream, opened: Mapping[str, Sequence[bool]]) -> tuple[float, ...]:
    """The calls of each step that come while every desk of the line's chain is closed."""
    return tuple(
        0.0 if any(opened[desk][number] for desk in line.desks) else calls
        for number, calls in enumerate(line.calls)
    )


def _asked(
    desk: str,
    lines: Sequence[Stream],
    opened: Mapping[str, Sequence[bool]],
    promise: Promise,
    step: timedelta,
) -> Asked:
    mine = [line for line in lines if desk in line.desks]
    open_now = opened[desk]
    if not mine:
        return Asked((0.0,) * len(open_now), (0,) * len(open_now))
    loads = [offered_load(_own(desk, line, opened), step, promise.talk) for line in mine]
    load = pooled_load(loads)
    busy = [
        sum(line.busy * part for line, part in zip(mine, parts, strict=True)) / (sum(parts) or 1.0)
        for parts in zip(*loads, strict=True)
    ]
    people = tuple(
        heads_when_busy(one, promise.talk, promise.target, factor) if is_open else 0
        for one, factor, is_open in zip(load, busy, open_now, strict=True)
    )
    return Asked(load, people)


def _own(desk: str, line: Stream, opened: Mapping[str, Sequence[bool]]) -> tuple[float, ...]:
    """The line's calls of each step that this desk is the first to be open for."""
    if any(len(opened[one]) != len(line.calls) for one in line.desks):
        raise DemandError("Desks are open or closed in each step that calls are given for.")
    before = [opened[one] for one in line.desks[: line.desks.index(desk)]]
    return tuple(
        calls if opened[desk][number] and not any(other[number] for other in before) else 0.0
        for number, calls in enumerate(line.calls)
    )
