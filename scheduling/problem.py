"""What is asked of the rostering engine: people, shifts, coverage, pins, history."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time, start included, end not. Aware UTC only; refuses anything else."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            raise ValueError(f"a span is in UTC, not {self.start!r} to {self.end!r}")
        if self.end <= self.start:
            raise ValueError(f"a span ends after it starts, not {self.start} to {self.end}")

    @property
    def length(self) -> timedelta:
        """Elapsed time, right across clock changes because both ends are UTC."""
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether the two share any instant."""
        return self.start < other.end and other.start < self.end


class ShiftKind(StrEnum):
    """What sort of work a shift is; rest and fairness depend on it."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    FULL_DAY = "24h"
    STANDBY = "standby"  # at home by the telephone, rung when nobody on duty can; no head on duty

    @property
    def is_night(self) -> bool:
        """Whether it counts as a night: 24-hour duty does too."""
        return self in (ShiftKind.NIGHT, ShiftKind.FULL_DAY)


@dataclass(frozen=True)
class Shift:
    """One stretch of one desk's week that a person takes whole."""

    id: str  # "nanjing/2026-11-24/night": desk, site-local date of its start, template name
    desk: str
    kind: ShiftKind
    span: Span
    certificates: frozenset[str] = frozenset()  # each must be valid for the whole shift
    weekend: bool = False  # starts on a Saturday or Sunday of the site's calendar
    most: int | None = None  # at most so many people in it; None: as many as the prices allow
    day: int | None = None  # the site's date of its start, as date.toordinal; None: the UTC date
    handover: timedelta = timedelta(0)  # the person stays so long after the end; no head then

    @property
    def on(self) -> int:
        """The date it belongs to, as date.toordinal; (on - 1) // 7 counts weeks from Monday."""
        return self.span.start.toordinal() if self.day is None else self.day

    @property
    def whole(self) -> Span:
        """The time it takes from the person: to the end of the handover."""
        return Span(self.span.start, self.span.end + self.handover)


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
    rest: "Rest | None" = None  # where agreed with this person; None: as for all


@dataclass(frozen=True)
class Need:
    """How many people a desk wants at once, during all of one span.

    floor: fewer is a breach of duty, priced highest; target: what the demand asks, at least
    the floor. With a certificate only people who hold it count, and target equals floor.
    """

    desk: str
    span: Span
    floor: int
    target: int
    certificate: str | None = None
    standby: bool = False  # people in standby shifts count, and only they; else all others


@dataclass(frozen=True)
class Pin:
    """A promise the solver must keep: this person takes this shift."""

    person: str
    shift: str


@dataclass(frozen=True)
class Rest:
    """The least time between two shifts, by the kind of the earlier one."""

    usual: timedelta = timedelta(hours=11)
    after_night: timedelta = timedelta(hours=24)
    after_full_day: timedelta = timedelta(hours=48)
    after_standby: timedelta = timedelta(0)


@dataclass(frozen=True)
class Pair:
    """Two people, by id. together: either takes a shift only with the other; else never both."""

    one: str
    other: str
    together: bool


@dataclass(frozen=True)
class Team:
    """Who may stand beside whom. None: no limit."""

    newcomers_a_shift: int | None = None  # newcomers and trainees together
    newcomers_a_mentor: int | None = None  # likewise, for each mentor there; 0 lets none in
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Weights:
    """The load of one half hour by kind of shift, in whole points; one begun counts whole."""

    day: int = 2
    evening: int = 2
    night: int = 4
    full_day: int = 3
    standby: int = 1
    unit: int = 16  # points of load that fairness counts as one: four hours of a day shift
    after_crisis: int = 1  # so many times the load of a past shift in which a crisis call fell

    def of(self, kind: ShiftKind) -> int:
        """Points of one half hour of a kind."""
        return {
            ShiftKind.DAY: self.day,
            ShiftKind.EVENING: self.evening,
            ShiftKind.NIGHT: self.night,
            ShiftKind.FULL_DAY: self.full_day,
            ShiftKind.STANDBY: self.standby,
        }[kind]


@dataclass(frozen=True)
class Prices:
    """What each unit of trouble costs, in whole points; the reason stands in config.toml."""

    below_floor: int = 1000  # one head missing for one half hour
    below_target: int = 60  # one head missing for one half hour
    above_target: int = 2  # one head too many for one half hour
    unwanted: int = 30  # one shift that meets an unwanted time, for who asks for one thing only
    preferred: int = -10  # one shift that lies in a preferred time, likewise
    unfair_night: int = 15  # times the square of a person's nights, carried-over ones included
    unfair_weekend: int = 10  # times the square of a person's weekend shifts, likewise
    unfair_full_day: int = 15  # times the square of a person's 24-hour duties, likewise
    unfair_load: int = 0  # times the square of a person's load in units of `Weights`, likewise
    promise_broken: int = 480  # one published assignment taken away: eight half hours of a target
    promise_added: int = 60  # one assignment that was not published
    below_commitment: int = 20  # one of its unit fewer than a cap's `least`
    short_run: int = 0  # one date fewer in a row than somebody's least
    single_day_off: int = 0  # one date off between two dates with a shift
    half_weekend: int = 0  # a Saturday or Sunday worked without the other


@dataclass(frozen=True)
class Problem:
    """All there is to know for one roster: complete, frozen, JSON in and out.

    A shift belongs to the horizon in which it starts; coverage is asked only inside the horizon,
    less what `history` shifts of the same desk already cover.
    """

    horizon: Span
    people: tuple[Person, ...]
    shifts: tuple[Shift, ...]
    needs: tuple[Need, ...]
    pins: tuple[Pin, ...] = ()
    rest: Rest = field(default_factory=Rest)
    prices: Prices = field(default_factory=Prices)
    team: Team = field(default_factory=Team)
    weights: Weights = field(default_factory=Weights)
    published: tuple[Pin, ...] | None = None  # what is promised already; None: nothing yet
    days: tuple[int, int] | None = None  # the site's first and last date; None: of its shifts

    @cached_property
    def dates(self) -> tuple[int, int]:
        """The first and the last date that the roster is for, as date.toordinal."""
        if self.days is not None:
            return self.days
        none = self.horizon.start.toordinal()
        on = [shift.on for shift in self.shifts]
        return min(on, default=none), max(on, default=none)
