"""What of the expected calls, the seasons and the promise to callers cannot be so."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import inf
from typing import Final

from hotline.config.settings import Settings
from hotline.config.tables.demand import Demand, SeasonDays, Targets

COUNTRY: Final = re.compile(r"[A-Z]{2}")
LEAP_YEAR: Final = 2028  # has every day that any year has
LONGEST_TALK: Final = 24 * 60  # minutes
MOST_CALLS: Final = 100_000  # a day and line; beyond, it is no hotline but a mistake


def about_demand(settings: Settings) -> Iterator[str]:
    """One sentence for each thing about expected calls that cannot be so."""
    if settings.demand is None:
        yield from _without(settings)
        return
    yield from _about_promise(settings.demand)
    yield from _about_calls(settings, settings.demand)
    for name, times in Counter(season.name for season in settings.demand.seasons).items():
        if times > 1:
            yield f"demand.seasons names {name!r} {times} times; a name belongs to one."
    for season in settings.demand.seasons:
        yield from _about_season(season)


def month_and_day(text: str) -> tuple[int, int] | None:
    """The day of any year that "03-01" names; None if it names none."""
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        return None
    return (day.month, day.day)


def _without(settings: Settings) -> Iterator[str]:
    for desk in settings.desks:
        if desk.targets is Targets.FORECAST:
            yield f"desks[{desk.name}].targets is forecast, but there is no table demand."


def _about_promise(demand: Demand) -> Iterator[str]:
    if not 0 < demand.talk_minutes <= LONGEST_TALK:
        yield f"demand.talk_minutes must be more than 0, at most 1440, not {demand.talk_minutes}."
    if not demand.patience_minutes > 0:
        yield f"demand.patience_minutes must be more than 0, not {demand.patience_minutes}."
    if not 0 < demand.share < 1:
        yield f"demand.share must be more than 0 and less than 1, not {demand.share}."
    if demand.within_seconds < 0:
        yield f"demand.within_seconds must not be negative, not {demand.within_seconds}."
    if not 0 <= demand.busy <= 2:
        yield f"demand.busy must be from 0 to 2, not {demand.busy}."
    if not COUNTRY.fullmatch(demand.country):
        yield f"demand.country is {demand.country!r}; write two capitals, like CN."


def _about_calls(settings: Settings, demand: Demand) -> Iterator[str]:
    told = {"demand": demand.calls_a_day}
    told |= {f"lines[{line.name}]": line.calls_a_day or 0.0 for line in settings.lines}
    for path, calls in told.items():
        if not 0 <= calls <= MOST_CALLS:
            yield f"{path}.calls_a_day must be from 0 to {MOST_CALLS}, not {calls}."


def _about_season(season: SeasonDays) -> Iterator[str]:
    path = f"demand.seasons[{season.name}]"
    if not 0 < season.factor < inf:
        yield f"{path}.factor must be more than 0, not {season.factor}."
    days = {"first": season.first, "last": season.last}
    by_days = [text for text in days.values() if text is not None]
    if len(by_days) != (0 if season.festival else 2):
        yield f"{path} has both first and last, or festival alone."
    for key, text in days.items():
        if text is not None and month_and_day(text) is None:
            yield f"{path}.{key} must be a month and a day in quotes, like 03-01, not {text!r}."
