"""Who is there, and what did each agree to?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scheduling.shifts import Shift, Span


@dataclass(frozen=True)
class Certificate:
    """What a person is trained for. Valid at an instant when since <= instant < until."""

    name: str
    until: datetime
    since: datetime | None = None


class Unit(StrEnum):
    """What a cap counts. 24-hour duty is a night, too; standby counts by its own share."""

    SHIFTS = "shifts"
    HALF_HOURS = "half hours"  # of elapsed time, handover included
    NIGHTS = "nights"
    FULL_DAYS = "24h"
    WEEKENDS = "weekends"  # Saturdays and Sundays of one week count once


class Period(StrEnum):
    """Over which stretch of the site's calendar a cap counts; a shift belongs to its first date."""

    WEEK = "week"  # from Monday
    MONTH = "month"
    ROLLING = "rolling"  # any `days` in a row


@dataclass(frozen=True)
class Cap:
    """So many of a unit in every such period: `most` is a rule, `least` a wish."""

    unit: Unit
    period: Period
    most: int | None = None
    least: int = 0
    days: int = 0  # of a rolling period


@dataclass(frozen=True)
class Limits:
    """The most a person agreed to in one week of the site's calendar, and beyond it."""

    shifts: int
    hours: timedelta
    nights: int
    nights_running: int
    days_running: int | None = None  # dates in a row with a shift; None: no limit
    days_off: int = 0  # in every week so many dates in a row without a shift
    least_days_running: int = 1  # fewer dates in a row are unwanted: the way is not worth it
    least_nights_running: int = 1
    caps: tuple[Cap, ...] = ()


class Standing(StrEnum):
    """How far a person is in learning the work."""

    FULL = "full"
    MENTOR = "mentor"  # may sit beside newcomers
    NEWCOMER = "newcomer"  # counts as a head, but sits only beside a mentor (`Team`)
    TRAINEE = "trainee"  # is no head yet but takes a chair, and sits only beside a mentor

    @property
    def is_learning(self) -> bool:
        """Whether a mentor must be near."""
        return self in (Standing.NEWCOMER, Standing.TRAINEE)


class Rota(StrEnum):
    """Unpopular duty that is shared for itself."""

    NIGHTS = "nights"  # of kind night
    FULL_DAYS = "24h"


@dataclass(frozen=True)
class Rest:
    """The least time between two shifts, by the kind of the earlier one."""

    usual: timedelta = timedelta(hours=11)
    after_night: timedelta = timedelta(hours=24)
    after_full_day: timedelta = timedelta(hours=48)
    after_standby: timedelta = timedelta(0)


@dataclass(frozen=True)
class Person:
    """A volunteer as the engine sees one: no name and no address."""

    id: str
    desks: frozenset[str]
    certificates: tuple[Certificate, ...]
    available: tuple[Span, ...]  # a shift must lie inside one of them; touching spans are merged
    limits: Limits
    preferred: tuple[Span, ...] = ()
    unwanted: tuple[Span, ...] = ()
    history: tuple[Shift, ...] = ()  # worked just before the horizon, or promised at other desks
    nights_before: int = 0  # nights of the last weeks beyond (+) or below (-) the fair share
    weekends_before: int = 0
    full_days_before: int = 0  # 24-hour duties, likewise; not among the nights
    load_before: int = 0  # points of load (`Weights`) beyond or below the fair share, likewise
    standing: Standing = Standing.FULL
    absent: tuple[Span, ...] = ()  # no shift may share an instant with one of them
    exempt: frozenset[Rota] = frozenset()  # never takes these duties, and shares in no fair share
    rest: Rest | None = None  # where agreed with this person; None: as for all
