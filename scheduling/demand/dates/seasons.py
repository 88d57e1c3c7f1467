"""In which seasons is more asked of a hotline, and by how much?"""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import inf

import numpy as np

from scheduling.demand.counts import DemandError
from scheduling.demand.dates.calendars import Calendar
from scheduling.demand.expecting.spread import quantiles
from scheduling.demand.forecast import Forecast


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


def festive(name: str, festival: str, calendar: Calendar, factor: float) -> Season:
    """From the first to the last day off of a festival in each year that the calendar knows."""
    off = sorted(day for day in calendar.special if calendar.holiday(day) == festival)
    years = (list(days) for _, days in groupby(off, key=lambda day: day.year))
    return Season(name, factor, tuple((days[0], days[-1]) for days in years))


def raised(forecast: Forecast, seasons: Sequence[Season], calendar: Calendar) -> Forecast:
    """The same forecast with its calls, and the bands around them, raised by the seasons."""
    mean = raised_calls(forecast, seasons, calendar)
    rows = quantiles(np.array(mean), forecast.busy**2, tuple(forecast.bands))
    bands = {level: tuple(rows[:, k].tolist()) for k, level in enumerate(forecast.bands)}
    return replace(forecast, mean=mean, bands=bands)


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
