"""What is a stretch of time, and what is a shift of work in it?"""

from dataclasses import dataclass
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
    STANDBY = "standby"  # at home by the telephone, rung when nobody on duty can; no head on duty

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
    day: int | None = None  # the site's date of its start, as date.toordinal; None: the UTC date
    handover: timedelta = timedelta(0)  # the person stays so long after the end; no head then

    @property
    def on(self) -> int:
        """The date it belongs to, as date.toordinal; (on - 1) // 7 counts weeks from Monday."""
        return self.span.start.toordinal() if self.day is None else self.day

    @property
    def whole(self) -> Span:
        """The time it takes from the person: to the end of the handover."""
        return Span(self.span.start, self.span.end + self.handover)
