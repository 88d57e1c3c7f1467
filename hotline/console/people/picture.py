"""Where the stretches of somebody's week stand in its picture."""

from dataclasses import dataclass
from typing import Final

from hotline.people import StoredPerson
from hotline.written.hours_of_week import DAY, by_day

WIDTH: Final = 480  # units of the picture for the 24 hours of a day
ROW: Final = 20
LAYERS: Final = ("can", "likes", "dislikes")


@dataclass(frozen=True)
class Bar:
    """A stretch of one day, in units of the picture. kind: one of LAYERS."""

    kind: str
    x: float
    y: int
    width: float


@dataclass(frozen=True)
class Picture:
    """A week of hours: a row a day."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    row: int = ROW


def week_of_hours(person: StoredPerson) -> Picture:
    """When somebody can, would like to and would rather not."""
    grids = (person.availability, person.preferred, person.unwanted)
    return Picture(
        tuple(
            Bar(kind, run.start * WIDTH / DAY, run.day * ROW, (run.end - run.start) * WIDTH / DAY)
            for kind, grid in zip(LAYERS, grids, strict=True)
            for run in by_day(grid)
        )
    )
