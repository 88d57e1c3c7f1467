"""What is the cheapest walk over the days? The same as `walk.py` and `trace.py`, compiled.

Plain loops over one person's table; numba turns them into machine code and keeps it on disk.
"""

from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

WEEK: Final = 7
SATURDAY: Final = 5
SUNDAY: Final = 6
NOWHERE: Final = -1

compiled = njit(cache=True, nogil=True)


class Packed(NamedTuple):
    """A walk as arrays. Move 0 is a day off; the others are those of the terms.

    steps: from state, into state, move, the only day it may be on (0: any), whether a run begins;
    those into a state stand together, and `begins` says where.
    units, counter: of each move; counter 0 is none.
    hops: where a move leads from each place of the counters, by counter and weekend; backs: from.
    shifts: which move each shift makes.
    """

    first: int
    start: int
    width: int
    steps: NDArray[np.int64]
    begins: NDArray[np.int64]
    units: NDArray[np.int64]
    counter: NDArray[np.int64]
    hops: NDArray[np.int64]
    backs: NDArray[np.int64]
    lows: NDArray[np.int64]
    shifts: NDArray[np.int64]


@compiled
def cheapest_shifts(shifts: Any, costs: Any, moves: Any, never: int) -> None:
    """The least cost of each move among its shifts on one day; the last place holds `never`."""
    moves[:] = never
    moves[0] = 0
    for shift in range(costs.shape[0]):
        moves[shifts[shift]] = min(moves[shifts[shift]], costs[shift])


@compiled
def passed(before: Any, after: Any, live: Any, rows: Any, hop: Any, by: Any) -> None:
    """From one state to another; rows: where they begin; hop: of places; by: units and cost."""
    (source, into), (step, cost, width) = rows, by
    low, high = max(0, -step), min(width, width - step)
    for place in range(hop.shape[0]):
        if hop[place] < 0 or not live[0, source + place]:
            continue
        live[1, into + hop[place]] = True
        here, there = (source + place) * width, (into + hop[place]) * width + step
        for unit in range(low, high):
            value = before[here + unit] + cost
            if value < after[there + unit]:
                after[there + unit] = value


@compiled
def stepped(walk: Any, day: int, moves: Any, tables: Any, live: Any) -> None:
    """One day on; tables: before and after; live: which of their rows are reached."""
    before, after = tables
    places = walk.hops.shape[2]
    level = walk.lows[day] - walk.lows[day + 1]
    weekday = (walk.first + day) % WEEK
    for step in range(walk.steps.shape[0]):
        source, into, move, only, fresh = walk.steps[step]
        if moves[move] >= moves[-1] or (only and only != walk.first + day):
            continue
        ends_week = weekday == SATURDAY or (weekday == SUNDAY and fresh)
        hop = walk.hops[walk.counter[move], int(move and ends_week)]
        by = level + walk.units[move], moves[move], walk.width
        passed(before, after, live, (source * places, into * places), hop, by)


@compiled
def filled(walk: Any, costs: Any, table: Any, never: int) -> None:
    """The least cost by day, and by state, place of the counters and units in one row."""
    size = table.shape[1]
    live = np.zeros((2, size // walk.width), np.bool_)
    moves = np.empty(walk.units.shape[0] + 1, costs.dtype)
    start = walk.start * walk.hops.shape[2]
    table[0] = never
    table[0, start * walk.width] = 0
    live[1, start] = True
    for day in range(costs.shape[0]):
        live[0] = live[1]
        live[1] = False
        table[day + 1] = never
        cheapest_shifts(walk.shifts, costs[day], moves, never)
        stepped(walk, day, moves, (table[day], table[day + 1]), live)


@compiled
def came(walk: Any, day: int, before: Any, costs: Any, at: Any, most: int) -> Any:
    """How a day came about: the shift, then state, place and units before; at: those after."""
    state, place, unit = at
    weekday, answer = (walk.first + day) % WEEK, (NOWHERE, 0, 0, 0)
    for step in range(walk.begins[state], walk.begins[state + 1]):
        source, _, move, only, fresh = walk.steps[step]
        units = unit - walk.units[move]
        ends_week = weekday == SATURDAY or (weekday == SUNDAY and fresh)
        was = walk.backs[walk.counter[move], int(move and ends_week), place]
        if was < 0 or not 0 <= units < walk.width or (only and only != walk.first + day):
            continue
        room = most - before[(source * walk.hops.shape[2] + was) * walk.width + units]
        for shift in range(-1, costs.shape[0]):
            made = walk.shifts[shift] if shift >= 0 else 0
            if made == move and (costs[shift] if shift >= 0 else 0) <= room:
                answer = shift, source, was, units
    return answer


@compiled
def read(walk: Any, costs: Any, table: Any, end: Any, out: Any) -> None:
    """Into `out` a cheapest roster that ends at `end`: state, place, units."""
    at = end
    for day in range(costs.shape[0] - 1, -1, -1):
        most = table[day + 1, (at[0] * walk.hops.shape[2] + at[1]) * walk.width + at[2]]
        after = at[0], at[1], at[2] + walk.lows[day + 1] - walk.lows[day]
        answer = came(walk, day, table[day], costs[day], after, most)
        out[day], at = answer[0], answer[1:]


@compiled
def arcs_of(rows: Any, hop: Any, by: Any, costs: Any, left: Any, out: Any) -> int:
    """Keep one shift's steps from one state to another that stay cheap enough; count them.

    rows: where the states begin; by: units, width, shift, the most a walk may cost;
    costs: so far, by row; left: from here and from the day after to the end.
    """
    (source, into), (step, width, shift, most, cost) = rows, by
    found = 0
    for place in range(hop.shape[0]):
        if hop[place] < 0:
            continue
        here, there = (source + place) * width, (into + hop[place]) * width + step
        for unit in range(max(0, -step), min(width, width - step)):
            rest = left[1, there + unit] + cost
            left[0, here + unit] = min(left[0, here + unit], rest)
            if costs[here + unit] + rest <= most:
                if found < out.shape[0]:
                    out[found] = (here + unit, there + unit, shift)
                found += 1
    return found


@compiled
def arcs(walk: Any, day: int, costs: Any, tables: Any, limits: Any, out: Any) -> int:
    """The steps of one day on walks that cost little enough: rows before and after, and the shift.

    tables: the costs of walks up to the day, and from it and from the next to the end;
    limits: the most a walk may cost, and what can't be.
    """
    (before, left), (most, never) = tables, limits
    places = walk.hops.shape[2]
    level = walk.lows[day] - walk.lows[day + 1]
    weekday = (walk.first + day) % WEEK
    left[0], found = never, 0
    for step in range(walk.steps.shape[0]):
        source, into, move, only, fresh = walk.steps[step]
        if only and only != walk.first + day:
            continue
        ends_week = weekday == SATURDAY or (weekday == SUNDAY and fresh)
        hop = walk.hops[walk.counter[move], int(move and ends_week)]
        rows = source * places, into * places
        for shift in range(-1, costs.shape[0]):
            if (walk.shifts[shift] if shift >= 0 else 0) == move:
                cost = costs[shift] if shift >= 0 else 0
                by = level + walk.units[move], walk.width, shift, most, cost
                found += arcs_of(rows, hop, by, before, left, out[min(found, out.shape[0]) :])
    return found
