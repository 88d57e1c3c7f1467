"""What a past week promised to callers, and what they got: summed up once, when it is over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import LineName, Settings
from hotline.coverage import coverage
from hotline.rates import Rates, Share, of_hours
from hotline.rosters.week import Week, week_of
from hotline.store import Store
from hotline.store.counting.line_weeks import (
    Answered,
    LineWeek,
    answered_between,
    keep_weeks,
    weeks_kept,
)
from hotline.store.duty.rosters import rota_between

BACK: Final = 8  # weeks that are shown, and summed up where nobody did before
SETTLED: Final = timedelta(hours=3)  # after a week, when its last calls are over
IN_TIME: Final = timedelta(seconds=15)  # where no demand is configured


def sum_up_a_week(store: Store, settings: Settings, now: datetime) -> Week | None:
    """Sum up the newest week that is over and was not yet. None: all were.

    One at a time: it looks at each half hour of each line, and calls come first.
    """
    with store.reading() as db:
        missing = [week for week in past_weeks(settings, now) if not weeks_kept(db, [str(week)])]
        if not missing:
            return None
        week = missing[0]
        span = week.horizon(settings.site.zone)
        rota = rota_between(db, span)
        calls = answered_between(db, span, in_time(settings))
    promised = {line.line: line.rates for line in coverage(settings, rota, span).lines}
    found = summed_up(week, promised, calls, settings.site.zone)
    with store.writing() as db:
        keep_weeks(db, found)
    return week


def past_weeks(settings: Settings, now: datetime) -> tuple[Week, ...]:
    """The last weeks that are over, the newest first."""
    this = week_of(now - SETTLED, settings.site.zone)
    return tuple(this.shifted(-n) for n in range(1, BACK + 1))


def summed_up(
    week: Week, promised: Mapping[LineName, Rates], calls: Iterable[Answered], zone: ZoneInfo
) -> tuple[LineWeek, ...]:
    """A week of each line. promised: the share of hours in which it reached a person on paper."""
    by_line: dict[LineName, list[Answered]] = {line: [] for line in promised}
    for each in calls:
        by_line.setdefault(each.line, []).append(each)
    nothing = Rates(Share(0, 0), Share(0, 0), Share(0, 0))
    return tuple(
        LineWeek(line, str(week), promised.get(line, nothing), delivered(mine, zone))
        for line, mine in by_line.items()
    )


def delivered(calls: Iterable[Answered], zone: ZoneInfo) -> Rates:
    """The calls answered in time, of all that came; at all hours, nights and evenings."""
    local = [(each.start.astimezone(zone).hour, each) for each in calls]
    return of_hours(
        lambda counts: Share(
            sum(each.in_time for hour, each in local if counts(hour)),
            sum(each.calls for hour, each in local if counts(hour)),
        )
    )


def in_time(settings: Settings) -> timedelta:
    """Within which time a call is to be answered."""
    asked = settings.demand
    return timedelta(seconds=asked.within_seconds) if asked else IN_TIME


def target(settings: Settings) -> float | None:
    """The share of calls that is to be answered in time; None: nobody said."""
    return settings.demand.share if settings.demand else None


@dataclass(frozen=True)
class Together:
    """Several lines in one week."""

    week: str
    promised: Rates
    delivered: Rates


def together(weeks: Iterable[LineWeek]) -> tuple[Together, ...]:
    """Each week over the lines given, oldest first."""
    by_week: dict[str, list[LineWeek]] = {}
    for each in weeks:
        by_week.setdefault(each.week, []).append(each)
    return tuple(
        Together(week, _sum(each.promised for each in mine), _sum(each.delivered for each in mine))
        for week, mine in sorted(by_week.items())
    )


def _sum(rates: Iterable[Rates]) -> Rates:
    many = tuple(rates)
    return Rates(
        _shares(each.all_hours for each in many),
        _shares(each.nights for each in many),
        _shares(each.evenings for each in many),
    )


def _shares(shares: Iterable[Share]) -> Share:
    many = tuple(shares)
    return Share(sum(each.met for each in many), sum(each.of for each in many))
