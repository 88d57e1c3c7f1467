"""Which hours of a week a written grid holds, and how a grid reads whose hours were ticked.

The text says more than 7 x 24 cells can: half hours, and stretches in somebody's own order. So a
cell that is held in part stays as written until it is cleared, and a grid that nobody touched stays
word for word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from hotline.written.availability import ALWAYS, DAYS, Grid, grid_written

HOUR: Final = 60  # minutes, as everything below
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY


class Cell(NamedTuple):
    """One hour of a week on the site's clocks. day: 0 is Monday; hour: 0 to 23."""

    day: int
    hour: int


@dataclass(frozen=True)
class Cells:
    """The hours that a grid holds from start to end, and those of which it holds a part."""

    whole: frozenset[Cell]
    part: frozenset[Cell]

    @property
    def shown(self) -> frozenset[Cell]:
        """What stands ticked on a page."""
        return self.whole | self.part


EVERY_CELL: Final = frozenset(Cell(day, hour) for day in range(7) for hour in range(24))


def cells(grid: Grid) -> Cells:
    """The hours of a grid."""
    held = _minutes(grid)
    counts = {cell: len(held.intersection(_minutes_of(cell))) for cell in EVERY_CELL}
    return Cells(
        frozenset(cell for cell, count in counts.items() if count == HOUR),
        frozenset(cell for cell, count in counts.items() if 0 < count < HOUR),
    )


def ticked(grid: Grid, cells_now: frozenset[Cell]) -> Grid:
    """The grid after somebody has left exactly these cells ticked.

    A cell that was held in part and is still ticked keeps its part.
    """
    shown = cells(grid).shown
    if cells_now == shown:
        return grid
    held = set(_minutes(grid))
    for cell in shown - cells_now:
        held.difference_update(_minutes_of(cell))
    for cell in cells_now - shown:
        held.update(_minutes_of(cell))
    return grid_written(_text(held))


class Run(NamedTuple):
    """A stretch of one day. start, end: minutes of it."""

    day: int
    start: int
    end: int


def by_day(grid: Grid) -> tuple[Run, ...]:
    """What a grid holds, cut at midnight, by day and time."""
    held = set(_minutes(grid))
    found = [piece for start, end in _stretches(held) for piece in _cut(start, end)]
    if len(held) == WEEK:  # it begins nowhere
        found = list(_cut(0, WEEK))
    return tuple(
        sorted(Run(start // DAY, start % DAY, start % DAY + end - start) for start, end in found)
    )


def _minutes(grid: Grid) -> frozenset[int]:
    """Counted from Monday 00:00, by the wall clock."""
    return frozenset(
        (DAYS.index(day) * DAY + stretch.start.hour * HOUR + stretch.start.minute + minute) % WEEK
        for stretch in grid.stretches
        for day in stretch.days
        for minute in range(int(stretch.length.total_seconds()) // 60)
    )


def _minutes_of(cell: Cell) -> range:
    start = cell.day * DAY + cell.hour * HOUR
    return range(start, start + HOUR)


def _text(held: set[int]) -> str:
    """Stretches that mean these minutes, days with the same hours together, by their first day."""
    if len(held) == WEEK:
        return ALWAYS
    days: dict[tuple[int, int], list[int]] = {}
    for start, end in _stretches(held):
        days.setdefault((start % DAY, end - start), []).append(start // DAY)
    found = sorted((sorted(on), start, length) for (start, length), on in days.items())
    return "; ".join(f"{_days(on)} {_hours(start, length)}" for on, start, length in found)


def _stretches(held: set[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each; longer ones than a day are cut at midnight."""
    for start in sorted(minute for minute in held if (minute - 1) % WEEK not in held):
        end = start
        while end % WEEK in held:
            end += 1
        if end - start <= DAY:
            yield start, end
        else:
            yield from _cut(start, end)


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        midnight = (start // DAY + 1) * DAY
        yield start % WEEK, start % WEEK + min(midnight, end) - start
        start = midnight


def _hours(start: int, length: int) -> str:
    end = start + length
    shown = end if end <= DAY else end - DAY
    return f"{start // HOUR:02}:{start % HOUR:02}-{shown // HOUR:02}:{shown % HOUR:02}"


def _days(days: Iterable[int]) -> str:
    """Mon-Fri,Sun and the like."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    if len(run) > 2:
        return f"{DAYS[run[0]]}-{DAYS[run[-1]]}"
    return ",".join(DAYS[day] for day in run)
