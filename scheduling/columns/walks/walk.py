"""What is the least each walk over the days can cost? Dynamic programming, many people at once."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scheduling.columns.walks.terms import Move, Terms
from scheduling.formats.instance import DAYS_A_WEEK, SATURDAY, SUNDAY

Table = NDArray[Any]  # 32-bit whole numbers where sums stay small enough, else 64-bit
NEVER: Final[Mapping[str, int]] = {"int32": 1 << 29, "int64": 1 << 60}


def never(table: Table) -> int:
    """The cost of what can't be; any sum of real costs stays below a half of it."""
    return NEVER[table.dtype.name]


def walked(terms: Terms, costs: Table) -> Table:
    """The least cost of each state and counters after each number of days.

    costs: by day, shift and person. The answer's axes: days, state, counters..., person.
    """
    people = costs.shape[2]
    shape = (terms.days + 1, terms.states, *terms.sizes, people)
    table = np.full(shape, never(costs), costs.dtype)
    table[(0, terms.start, *(0 for _ in terms.sizes))] = 0
    for day in range(terms.days):
        _rest(terms, table, day)
        _work(terms, table, day, costs[day])
    return table


def _rest(terms: Terms, table: Table, day: int) -> None:
    """A day off: ends a run that is long enough or began on the first day, or goes on resting."""
    before, now = table[day], table[day + 1]
    runs = before[: terms.runs].reshape(terms.classes, terms.longest, *before.shape[1:])
    units = terms.lows[day] - terms.lows[day + 1]
    steps = (*(0 for _ in terms.sizes[:-1]), units)
    off = terms.runs
    for length in range(1, terms.longest + 1):
        if may_end(terms, length, day):
            _lower(now[off], runs[:, length - 1].min(axis=0), steps)
    _lower(now[off + 1 :], before[off:-1], steps)
    _lower(now[-1], before[-1], steps)


def may_end(terms: Terms, length: int, day: int) -> bool:
    """Whether a run of this length, up to the day before, is long enough to rest after."""
    return length >= terms.shortest or length == terms.first + day


def _work(terms: Terms, table: Table, day: int, costs: Table) -> None:
    before, now = table[day], table[day + 1]
    runs = before[: terms.runs].reshape(terms.classes, terms.longest, *before.shape[1:])
    into = now[: terms.runs].reshape(runs.shape)
    sources: dict[tuple[int, ...], Table] = {}
    for move in terms.moves:
        if move.after not in sources:
            sources[move.after] = _source(runs, before[-1], move.after)
        cost = costs[list(move.shifts)].min(axis=0)
        _worked(terms, (into[move.follow], sources[move.after]), move, (day, cost))


def _source(runs: Table, ready: Table, after: tuple[int, ...]) -> Table:
    """Where a day of work can come from, by the length of the run it makes."""
    source = np.full(runs.shape[1:], never(runs), runs.dtype)
    source[0] = ready
    for one in after:
        np.minimum(source[1:], runs[one, :-1], out=source[1:])
    return source


def _worked(terms: Terms, pair: tuple[Table, Table], move: Move, at: tuple[int, Table]) -> None:
    (into, source), (day, cost) = pair, at
    weekday = (terms.first + day) % DAYS_A_WEEK
    first = weekend_step(weekday, first_day=True)
    later = weekend_step(weekday, first_day=False)
    steps = steps_of(terms, move, day)
    if first == later:
        _lower(into, source, (*steps[:-2], first, steps[-1]), cost)
    else:
        _lower(into[0], source[0], (*steps[:-2], first, steps[-1]), cost)
        _lower(into[1:], source[1:], (*steps[:-2], later, steps[-1]), cost)


def weekend_step(weekday: int, *, first_day: bool) -> int:
    """Whether a day of work makes one more weekend; on Sundays only the first day of a run does."""
    return int(weekday == SATURDAY or (weekday == SUNDAY and first_day))


def steps_of(terms: Terms, move: Move, day: int) -> tuple[int, ...]:
    """How far a move goes along each counter; weekends are left at 0."""
    counts = [int(move.counter == place) for place in range(len(terms.capped))]
    return (*counts, 0, move.units + terms.lows[day] - terms.lows[day + 1])


def _lower(into: Table, source: Table, steps: tuple[int, ...], cost: Table | None = None) -> None:
    """Where the source, moved by `steps` along the counters, is cheaper, take it."""
    lead = (slice(None),) * (into.ndim - len(steps) - 1)
    to = tuple(slice(max(0, step), min(0, step) or None) for step in steps)
    out = tuple(slice(max(0, -step), min(0, -step) or None) for step in steps)
    target, moved = into[lead + to], source[lead + out]
    np.minimum(target, moved if cost is None else moved + cost, out=target)
