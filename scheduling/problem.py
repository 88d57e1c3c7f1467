"""What is asked of the rostering engine: people, shifts, coverage, pins, history."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time, start included, end not. Aware UTC only; refuses anything else."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError(f"a span is in UTC, not {self.start!r} to {self.end!r}")
        if self.end <= self.start:
            raise ValueError(f"a span ends after it starts, not {self.start} to {self.end}")

    @property
    def length(self) -> timedelta:
        """Elapsed time, right across clock changes because both ends are UTC."""
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share any instant."""
        return self.start < other.end and other.start < self.end


class ShiftKind(StrEnum):
    """What sort of work a shift is; rest and fairness depend on it."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    FULL_DAY = "24h"

    @property
    def is_night(self) -> bool:
        """Whether it counts as a night: 24-hour duty does too."""
        return self in (ShiftKind.NIGHT, ShiftKind.FULL_DAY)


@dataclass(frozen=True)
class Shift:
    """One stretch of one desk's week that a person takes whole."""

    id: str  # "nanjing/2026-11-24/night": desk, site-local date of its start, template name
    desk: str
    kind: ShiftKind
    span: Span
    certificates: frozenset[str] = frozenset()  # each must be valid for the whole shift
    weekend: bool = False  # starts on a Saturday or Sunday of the site's calendar
    most: int | None = None  # at most so many people in it; None: as many as the prices allow


@dataclass(frozen=True)
class Certificate:
    """What a person is trained for. Valid at an instant when since <= instant < until."""

    name: str
    until: datetime
    since: datetime | None = None


@dataclass(frozen=True)
class Limits:
    """The most a person agreed to in one week."""

    shifts: int
    hours: timedelta
    nights: int
    nights_running: int


@dataclass(frozen=True)
class Person:
    """A volunteer as the engine sees one: no name and no address."""

    id: str
    desks: frozenset[str]
    certificates: tuple[Certificate, ...]
    available: tuple[Span, ...]  # a shift must lie inside one of them; touching spans are merged
    limits: Limits
    preferred: tuple[Span, ...] = ()
    unwanted: tuple[Span, ...] = ()
    history: tuple[Shift, ...] = ()  # worked just before the horizon, or promised at other desks
    nights_before: int = 0  # nights of the last weeks beyond (+) or below (-) the fair share
    weekends_before: int = 0


@dataclass(frozen=True)
class Need:
    """How many people a desk wants at once, during all of one span.

    floor: fewer is a breach of duty, priced highest; target: what the demand asks, at least
    the floor. With a certificate only people who hold it count, and target equals floor.
    """

    desk: str
    span: Span
    floor: int
    target: int
    certificate: str | None = None


@dataclass(frozen=True)
class Pin:
    """A promise the solver must keep: this person takes this shift."""

    person: str
    shift: str


@dataclass(frozen=True)
class Rest:
    """The least time between two shifts, by the kind of the earlier one."""

    usual: timedelta = timedelta(hours=11)
    after_night: timedelta = timedelta(hours=24)
    after_full_day: timedelta = timedelta(hours=48)


@dataclass(frozen=True)
class Prices:
    """What each unit of trouble costs, in whole points; the reason stands in config.toml."""

    below_floor: int = 1000  # one head missing for one half hour
    below_target: int = 60  # one head missing for one half hour
    above_target: int = 2  # one head too many for one half hour
    unwanted: int = 30  # one shift that meets an unwanted time
    preferred: int = -10  # one shift that lies in a preferred time
    unfair_night: int = 15  # times the square of a person's nights, carried-over ones included
    unfair_weekend: int = 10  # times the square of a person's weekend shifts, likewise


@dataclass(frozen=True)
class Problem:
    """All there is to know for one roster: complete, frozen, JSON in and out.

    A shift belongs to the horizon in which it starts; coverage is asked only inside the horizon,
    less what `history` shifts of the same desk already cover.
    """

    horizon: Span
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    needs: tuple[Need, ...]
    pins: tuple[Pin, ...] = ()
    rest: Rest = field(default_factory=Rest)
    prices: Prices = field(default_factory=Prices)
