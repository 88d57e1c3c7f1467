"""Days as strips of digits, one for each half hour: legible on any terminal, without colour."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from rich.text import Text

from hotline.cli.demand.picture import NOTHING, SLOTS

UNITS: Final = tuple(step * 10.0**power for power in range(-3, 4) for step in (1, 2, 5))
Marks = Sequence[tuple[str, str]]  # a character and its style, one for each half hour
MARGIN: Final = " " * 22


@dataclass(frozen=True)
class Strips:
    """Rows of the same half hours by name, and a word that stands behind each day's first."""

    starts: Sequence[datetime]
    rows: Mapping[str, Marks]
    words: Mapping[date, str] = field(default_factory=dict)


def drawn(strips: Strips, zone: ZoneInfo) -> Text:
    """The rows of each day under a ruler of hours, no line break at the end.

    By the wall clock: of a half hour that clocks show twice the first, and a blank for one they
    skip.
    """
    ruler = "".join(f"{hour:02}    " for hour in range(0, 24, 3)).ljust(len(SLOTS))
    return Text("\n").join([Text(MARGIN + ruler, style="dim"), *_lines(strips, zone)])


def digit(number: float) -> str:
    """One character for a number, to the nearest; beyond 9 a plus."""
    return str(round(number)) if round(number) <= 9 else "+"


def unit_for(most: float) -> float:
    """The least round unit in which `most` is still one digit."""
    return next((unit for unit in UNITS if round(most / unit) <= 9), UNITS[-1])


def _lines(strips: Strips, zone: ZoneInfo) -> Iterator[Text]:
    days: dict[date, dict[int, int]] = defaultdict(dict)
    for number, at in enumerate(strips.starts):
        local = at.astimezone(zone)
        days[local.date()].setdefault(local.hour * 2 + local.minute // 30, number)
    for day, places in sorted(days.items()):
        words = strips.words.get(day, "")
        for name, marks in strips.rows.items():
            yield Text.assemble(f"  {day:%a %d %b} {name:<8} ", _strip(places, marks), words)
            words = ""


def _strip(places: Mapping[int, int], marks: Marks) -> Text:
    text = Text()
    for slot in SLOTS:
        text.append(*(marks[places[slot]] if slot in places else (NOTHING, "")))
    return text
