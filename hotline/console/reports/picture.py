"""Where the bars of a period's picture stand: made here, drawn by the template as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotline.reports.figures import Counts

WIDTH: Final = 720.0
HEIGHT: Final = 180.0
GAP: Final = 0.2  # of a bar's room
STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
LINES: Final = 4  # at most, across the picture
NAMES: Final = 16  # days named below it, at most


@dataclass(frozen=True)
class Piece:
    """A part of a bar. kind: what it counts, as the style names it."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One day. counts None: nobody counted it yet. level: height of the share answered in time."""

    day: date
    x: float
    width: float
    pieces: tuple[Piece, ...]
    level: float | None
    counts: Counts | None
    named: bool


@dataclass(frozen=True)
class Rule:
    """A line across: so many calls."""

    calls: int
    y: float


@dataclass(frozen=True)
class Picture:
    """The bars of a period, and the lines behind them."""

    bars: tuple[Bar, ...]
    rules: tuple[Rule, ...]
    width: float = WIDTH
    height: float = HEIGHT


def picture(days: Sequence[date], counted: Mapping[date, Counts]) -> Picture:
    """Calls by day, by what came of them, from the ground up."""
    most = max((counts.calls for counts in counted.values()), default=0)
    step = next((each for each in STEPS if each * LINES >= most), STEPS[-1])
    top = max(step * -(-most // step), step)
    room = WIDTH / len(days)
    every = -(-len(days) // NAMES)
    bars = (
        Bar(
            day=day,
            x=place * room + room * GAP / 2,
            width=room * (1 - GAP),
            pieces=_pieces(counted[day], top) if day in counted else (),
            level=_level(counted.get(day)),
            counts=counted.get(day),
            named=place % every == 0,
        )
        for place, day in enumerate(days)
    )
    rules = (Rule(calls, HEIGHT * (1 - calls / top)) for calls in range(0, top + 1, step))
    return Picture(tuple(bars), tuple(rules))


def _pieces(counts: Counts, top: int) -> tuple[Piece, ...]:
    others = counts.calls - counts.answered - counts.left - counts.short
    parts = (("answered", counts.answered), ("others", others), ("left", counts.left))
    found, ground = [], HEIGHT
    for kind, calls in (*parts, ("short", counts.short)):
        height = HEIGHT * calls / top
        ground -= height
        if calls:
            found.append(Piece(kind, ground, height))
    return tuple(found)


def _level(counts: Counts | None) -> float | None:
    share = counts.service_level if counts else None
    return None if share is None else HEIGHT * (1 - share)
