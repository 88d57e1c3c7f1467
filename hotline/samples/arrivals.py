"""When people in crisis call: made-up arrivals after a real shape of the week.

Source of the shape: 91,501 suicide-related calls about persons in crisis to the police of Toronto,
counted by weekday and hour; Open Data Toronto, by way of a public repository under the MIT licence.
"""

import csv
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo

from scheduling.problem import Span

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR: Final = timedelta(hours=1)


@cache
def hour_of_week() -> Mapping[tuple[int, int], float]:
    """The share of a week's calls in each (weekday, hour) of the local clock, Monday = 0."""
    text = files("hotline.samples").joinpath("hour_of_week.csv").read_text(encoding="utf-8")
    counts = {
        (DAYS.index(row["event_dow"]), int(row["event_hour"])): int(row["n"])
        for row in csv.DictReader(StringIO(text))
    }
    total = sum(counts.values())
    return {cell: count / total for cell, count in counts.items()}


def arrivals(
    span: Span, calls_a_day: float, zone: ZoneInfo, chance: random.Random
) -> list[datetime]:
    """Instants of calls in `span`: Poisson in each hour, so many a day over the week."""
    found: list[datetime] = []
    hour = span.start
    while hour < span.end:
        there = hour.astimezone(zone)
        expected = hour_of_week()[there.weekday(), there.hour] * 7 * calls_a_day
        at = hour + HOUR * chance.expovariate(expected)
        while at < hour + HOUR and at < span.end:
            found.append(at)
            at += HOUR * chance.expovariate(expected)
        hour += HOUR
    return found
