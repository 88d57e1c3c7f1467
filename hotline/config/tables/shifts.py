"""Shifts that recur at a desk, and how many people it wants when."""

from dataclasses import dataclass
from datetime import time

from hotline.config.titles import Weekday
from scheduling.problem import ShiftKind


@dataclass(frozen=True)
class ShiftTemplate:
    """A shift that recurs: so many hours from `start`, site time, on `days`."""

    name: str
    kind: ShiftKind
    start: time
    hours: float  # by the wall clock: 22:00 and 10 end at 08:00 on the nights clocks change, too
    days: tuple[Weekday, ...]
    most: int | None = None
    handover_minutes: int | None = None  # they stay so long after the end, beside the next shift


@dataclass(frozen=True)
class Cover:
    """How many people a desk wants at once in a stretch of its days, site time."""

    days: tuple[Weekday, ...]
    start: time
    end: time  # equal to start: 24 hours; earlier: the next day
    floor: int
    target: int
    certificate: str | None = None
    standby: bool | None = None  # then people in standby shifts count, and only they
