"""What does a public staff-scheduling instance say? Days count from 0, a Monday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

DAYS_A_WEEK: Final = 7
SATURDAY: Final = 5
SUNDAY: Final = 6


@dataclass(frozen=True)
class ShiftType:
    """A shift of every day, and the ids of those that may not follow it on the next day."""

    id: str
    minutes: int
    never_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Employee:
    """One person's contract. Minutes are totals of the horizon; runs are in days.

    most: the greatest number of shifts by id; a shift not named has no such limit.
    A run or a stretch of days off that touches an end of the horizon may be shorter than its least.
    weekends: those with a Saturday or a Sunday worked.
    """

    id: str
    most: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    fewest_days_off: int
    weekends: int
    days_off: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Request:
    """A wish to work, or not to work, one shift of one day; costs `weight` when not granted."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    """How many should work one shift of one day, and the price of each one fewer or more."""

    day: int
    shift: str
    heads: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """A complete problem."""

    days: int
    shifts: tuple[ShiftType, ...]
    staff: tuple[Employee, ...]
    wanted: tuple[Request, ...] = ()
    unwanted: tuple[Request, ...] = ()
    cover: tuple[Cover, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A roster: for each person's id the shift id of each day, None for a day off."""

    days_of: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
