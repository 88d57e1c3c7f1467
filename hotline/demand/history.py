"""How many calls came to each line, half hour by half hour, as far as anybody counted?"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import LineName, Settings
from hotline.store import Session
from hotline.store.counting.demand import counted_calls, imported_calls
from scheduling.demand.counts import Counts, half_hours, on_half_hour
from scheduling.problem import Span

LOOKED_BACK: Final = timedelta(weeks=156)  # what is older says little of the coming weeks
Calls = Mapping[datetime, float]


def histories(db: Session, settings: Settings, until: datetime) -> Mapping[LineName, Counts]:
    """The history of every line, up to the half hour that begins at `until`. Two queries."""
    span = Span(until - LOOKED_BACK, until)
    own, told = counted_calls(db, span), imported_calls(db, span)
    return {
        line.name: history_of(own.get(line.name, {}), told.get(line.name, {}), until)
        for line in settings.lines
    }


def history_of(own: Calls, told: Calls, until: datetime) -> Counts:
    """One line's calls from the first that anybody counted to `until`.

    What an import tells of a half hour stands. From the first own call on, a half hour without one
    had none; before, a half hour of which no import tells is not known.
    """
    start = min([*own, *told], default=until)
    live = min(own, default=until)
    steps = half_hours(Span(start, until)) if start < until else ()
    calls = tuple(told.get(at, own.get(at, 0.0) if at >= live else None) for at in steps)
    return Counts(start, calls)


def last_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """The half hour in which the site's day began: a forecast changes once a day, not by the hour.

    In zones a quarter of an hour off, the half hour before.
    """
    return on_half_hour(datetime.combine(now.astimezone(zone).date(), time(), zone))
