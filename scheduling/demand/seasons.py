"""In which seasons is more asked of a hotline, and by how much?"""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import inf
from typing import Final

from scheduling.demand.announced import SPRING_FESTIVAL
from scheduling.demand.calendars import Calendar
from scheduling.demand.counts import DemandError
from scheduling.demand.forecast import Forecast

GUESS: Final = 1.3  # no measured percentage is known; replace it by your own
# Month and day, both included. Source: reference of the field, 4.3; typical dates.
YEARLY: Final = {
    "spring": ((3, 1), (5, 31)),
    "entry": ((8, 20), (9, 30)),
    "exam": ((5, 15), (7, 10)),
    "graduation": ((5, 15), (7, 10)),
}


@dataclass(frozen=True)
class Season:
    """Stretches of local days, both ends included, whose calls are multiplied. factor: > 0."""

    name: str
    factor: float
    stretches: tuple[tuple[date, date], ...]

    def __post_init__(self) -> None:
        if not 0 < self.factor < inf:
            raise DemandError(
                f"The season {self.name} has the factor {self.factor}; give one above 0."
            )
        for first, last in self.stretches:
            if last < first:
                raise DemandError(f"The season {self.name} ends {last}, before it begins {first}.")

    def holds(self, day: date) -> bool:
        """Whether the day belongs to it."""
        return any(first <= day <= last for first, last in self.stretches)


def yearly(
    name: str, first: tuple[int, int], last: tuple[int, int], years: Collection[int], factor: float
) -> Season:
    """A season between the same days (month, day) each year; over the new year if last < first.

    29 February is the 28th in other years.
    """
    over = int(last < first)
    stretches = tuple((_day(year, first), _day(year + over, last)) for year in sorted(years))
    return Season(name, factor, stretches)


def _day(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def spring_festival(calendar: Calendar, factor: float = GUESS) -> Season:
    """From the first to the last day off of each Spring Festival that the calendar knows."""
    off = sorted(day for day in calendar.special if calendar.holiday(day) == SPRING_FESTIVAL)
    years = (list(days) for _, days in groupby(off, key=lambda day: day.year))
    return Season(SPRING_FESTIVAL, factor, tuple((days[0], days[-1]) for days in years))


def student_seasons(
    calendar: Calendar, years: Collection[int], factor: float = GUESS
) -> tuple[Season, ...]:
    """The nodes of a Chinese student's year: spring, entry, exam, graduation, Spring Festival."""
    fixed = (yearly(name, *days, years, factor) for name, days in YEARLY.items())
    return (*fixed, spring_festival(calendar, factor))


def raised_calls(
    forecast: Forecast, seasons: Sequence[Season], calendar: Calendar
) -> tuple[float, ...]:
    """The expected calls of each step, by the strongest season of its local day: never by two."""
    return tuple(
        mean * factor
        for mean, factor in zip(forecast.mean, _factors(forecast, seasons, calendar), strict=True)
    )


def _factors(forecast: Forecast, seasons: Sequence[Season], calendar: Calendar) -> Iterator[float]:
    for number in range(len(forecast.mean)):
        day = calendar.local(forecast.start + number * forecast.step)
        yield max((season.factor for season in seasons if season.holds(day)), default=1.0)
