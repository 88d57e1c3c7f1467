"""Which days are not like others of their name: holidays, and weekends worked to make up?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from scheduling.problem import Span

WEDNESDAY: Final = 2
SUNDAY: Final = 6


class DayKind(StrEnum):
    """Why a day is special."""

    HOLIDAY = "holiday"
    MAKE_UP = "make-up workday"  # a Saturday or Sunday worked for a day off elsewhere


@dataclass(frozen=True)
class SpecialDay:
    """A day that is not like others of its name. name: of its festival, for people."""

    kind: DayKind
    name: str


@dataclass(frozen=True)
class Calendar:
    """The special days of a place. final: years whose days are announced, none to follow."""

    zone: ZoneInfo
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    final: frozenset[int] = frozenset()

    def holiday(self, day: date) -> str | None:
        """The festival's name, if the day is a holiday."""
        special = self.special.get(day)
        return special.name if special and special.kind is DayKind.HOLIDAY else None

    def is_made_up(self, day: date) -> bool:
        """Whether it is a weekend day that is worked."""
        special = self.special.get(day)
        return special is not None and special.kind is DayKind.MAKE_UP

    def acts_as(self, day: date) -> int:
        """The weekday (Monday 0) it resembles: a holiday a Sunday, a make-up day a Wednesday."""
        if self.holiday(day):
            return SUNDAY
        return WEDNESDAY if self.is_made_up(day) else day.weekday()

    def is_provisional(self, span: Span) -> bool:
        """Whether a local day of `span` lies in a year whose days may still be changed."""
        last = self.local(span.end - timedelta(microseconds=1))
        return not self.final.issuperset(range(self.local(span.start).year, last.year + 1))

    def local(self, at: datetime) -> date:
        """The site's date at an instant."""
        return at.astimezone(self.zone).date()
