"""What an operator may set about the calls that are expected, and the people they need."""

from dataclasses import dataclass
from enum import StrEnum


class Targets(StrEnum):
    """Where a desk's targets come from."""

    COVER = "cover"  # its rows of cover alone
    FORECAST = "forecast"  # the expected calls, and never fewer than its rows of cover say


@dataclass(frozen=True)
class SeasonDays:
    """Days of each year whose calls are multiplied: from `first` to `last`, or a festival's.

    first, last: month and day, both included, like "03-01".
    """

    name: str
    factor: float
    first: str | None = None
    last: str | None = None
    festival: str | None = None  # as the calendar names it; from its first day off to its last


@dataclass(frozen=True)
class Demand:
    """How many people the expected calls need."""

    talk_minutes: float  # mean conversation plus wrap-up
    patience_minutes: float  # after it, on average, a waiting caller hangs up
    share: float  # of all calls that is to be answered ...
    within_seconds: int  # ... in so many
    busy: float  # how much busier or quieter a half hour is by itself, until own calls say
    calls_a_day: float  # of a line, until its own calls say
    country: str  # whose holidays and make-up workdays count
    seasons: tuple[SeasonDays, ...]
    region: str | None = None
    overrides: str | None = None  # a file of announced years, beside config.toml
