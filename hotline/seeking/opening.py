"""The hours a line promises to be answered in, of an ordinary week, as a card says them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from hotline.config.settings import Cover, Line, Settings, Weekday

SLOTS: Final = 48  # half hours of a day
WEEK: Final = 7 * SLOTS
DAYS: Final = tuple(Weekday)


@dataclass(frozen=True)
class Opening:
    """A stretch of the week and the days it starts on. end: at or before start: the next day."""

    days: tuple[Weekday, ...]
    start: time
    end: time


def opening(line: Line, settings: Settings) -> tuple[Opening, ...] | None:
    """When a floor of any desk of the line's chain asks for somebody; None: day and night.

    Rosters may fall short of it or go beyond it: what holds now is on the help page.
    """
    asked: set[int] = set()
    for name in line.desks:
        desk = settings.desk(name)
        for cover in desk.cover if desk else ():
            if cover.floor > 0:
                asked.update(_slots(cover))
    if len(asked) == WEEK:
        return None
    stretches: dict[tuple[int, int], list[Weekday]] = defaultdict(list)
    for first, count in _runs(asked):
        stretches[first % SLOTS, (first + count) % SLOTS].append(DAYS[first // SLOTS])
    return tuple(
        Opening(tuple(days), _clock(start), _clock(end))
        for (start, end), days in sorted(stretches.items())
    )


def _slots(cover: Cover) -> Iterator[int]:
    start, end = _slot(cover.start), _slot(cover.end)
    length = (end - start) % SLOTS or SLOTS
    for day in cover.days:
        first = DAYS.index(day) * SLOTS + start
        yield from ((first + n) % WEEK for n in range(length))


def _runs(asked: set[int]) -> Iterator[tuple[int, int]]:
    """Half hours joined, round the end of the week, none of them longer than a day."""
    for first in sorted(slot for slot in asked if (slot - 1) % WEEK not in asked):
        count = 1
        while (first + count) % WEEK in asked:
            count += 1
        for begun in range(0, count, SLOTS):
            yield (first + begun) % WEEK, min(SLOTS, count - begun)


def _slot(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) // 30


def _clock(slot: int) -> time:
    return time(slot // 2, slot % 2 * 30)
