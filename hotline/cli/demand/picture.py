"""The small picture of coverage: a row a day, a character a half hour, legible without colour."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text

from hotline.coverage import DeskCoverage, HalfHour, Level
from hotline.handshake.heads import Heads

SLOTS: Final = range(48)  # half hours of a wall-clock day
Count = Callable[[HalfHour, Heads | None], int | None]
COUNTS: Final[Mapping[str, Count]] = {
    "floor": lambda half, _: half.floor,
    "target": lambda half, _: half.target,
    "there": lambda half, _: half.rostered,
    "confirm": lambda _, known: known.confirmed if known else None,
    "present": lambda _, known: known.present if known else None,
}
NOTHING: Final = " "
MARKS: Final[Mapping[Level, tuple[str, str, str]]] = {  # character, style, meaning
    Level.SHORT: ("!", "bold white on red", "below the floor"),
    Level.UNCERTIFIED: ("c", "bold black on yellow", "certificate missing"),
    Level.FLOOR: ("-", "yellow", "floor kept"),
    Level.TARGET: ("#", "green", "target kept"),
    Level.CLOSED: (".", "dim", "closed"),
}


@dataclass(frozen=True)
class DayRow:
    """One day of a desk as 48 half hours of the wall clock.

    None: outside the span, or skipped by a clock change. Of two half hours that the clock shows
    alike on the night it goes back, the worse.
    """

    day: date
    slots: tuple[Level | None, ...]


def day_rows(desk: DeskCoverage, zone: ZoneInfo) -> tuple[DayRow, ...]:
    """A desk's days, oldest first."""
    days: dict[date, dict[int, Level]] = defaultdict(dict)
    for half in desk.halves:
        local = half.start.astimezone(zone)
        slot = local.hour * 2 + local.minute // 30
        before = days[local.date()].get(slot, half.level)
        days[local.date()][slot] = min(before, half.level, key=tuple(Level).index)
    return tuple(
        DayRow(day, tuple(levels.get(slot) for slot in SLOTS))
        for day, levels in sorted(days.items())
    )


def picture(desk: DeskCoverage, zone: ZoneInfo) -> Text:
    """The rows under a ruler of hours; 61 columns wide, no line break at its end."""
    ruler = "".join(f"{hour:02}    " for hour in range(0, 24, 3)).ljust(len(SLOTS))
    lines = [Text(" " * 13 + ruler, style="dim")]
    lines.extend(_drawn(row) for row in day_rows(desk, zone))
    return Text("\n").join(lines)


def numbers(desk: DeskCoverage, zone: ZoneInfo, known: Callable[[HalfHour], Heads | None]) -> Text:
    """Of each day how many people must be there, are wanted, and are; a digit a half hour.

    Those there are on paper; how many of them have confirmed and checked in follows, as far as it
    is `known`.
    """
    days: dict[date, dict[int, HalfHour]] = defaultdict(dict)
    for half in desk.halves:
        local = half.start.astimezone(zone)
        days[local.date()].setdefault(local.hour * 2 + local.minute // 30, half)
    lines = [
        f"  {day:%d} {name:8}" + "".join(_digit(halves.get(slot), count, known) for slot in SLOTS)
        for day, halves in sorted(days.items())
        for name, count in COUNTS.items()
    ]
    return Text("\n".join(lines), style="dim")


def legend() -> Text:
    """What each character means, on one line."""
    return Text("  ").join(
        Text.assemble((mark, style), f" {meaning}") for mark, style, meaning in MARKS.values()
    )


def _drawn(row: DayRow) -> Text:
    text = Text(f"  {row.day:%a %d %b} ")
    for level in row.slots:
        mark, style, _ = MARKS[level] if level else (NOTHING, "", "")
        text.append(mark, style)
    return text


def _digit(half: HalfHour | None, count: Count, known: Callable[[HalfHour], Heads | None]) -> str:
    number = None if half is None else count(half, known(half))
    if number is None:
        return NOTHING
    return str(number) if number <= 9 else "+"
