"""On which local day, and in which step of that day, lies each step of a stretch of time?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scheduling.demand.counts import DAY, MINUTE
from scheduling.demand.dates.calendars import Calendar

Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True)
class Grid:
    """A run of steps as the site's clock shows them; of a day's clock change too.

    dates: the local days touched; day: index into them; slot: step of the day by the wall clock;
    acts_as: the weekday the day resembles; ordinary: no holiday, and not worked to make up.
    """

    dates: tuple[date, ...]
    slots: int
    day: Numbers
    slot: Numbers
    acts_as: Numbers
    holiday: Flags
    ordinary: Flags


def grid(start: datetime, steps: int, step: timedelta, calendar: Calendar) -> Grid:
    """The wall clock of `steps` steps from `start` on."""
    shown = [(start + number * step).astimezone(calendar.zone) for number in range(steps)]
    dates = tuple(sorted({one.date() for one in shown}))
    index = {one: number for number, one in enumerate(dates)}
    day = np.array([index[one.date()] for one in shown], dtype=np.int64)
    minutes = np.array([60 * one.hour + one.minute for one in shown], dtype=np.int64)
    return Grid(
        dates=dates,
        slots=DAY // step,
        day=day,
        slot=minutes // (step // MINUTE),
        acts_as=np.array([calendar.acts_as(one) for one in dates], dtype=np.int64)[day],
        holiday=np.array([calendar.holiday(one) is not None for one in dates], dtype=np.bool_)[day],
        ordinary=np.array([one not in calendar.special for one in dates], dtype=np.bool_)[day],
    )
