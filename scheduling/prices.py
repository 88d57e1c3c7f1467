"""What does each kind of work weigh, and each unit of trouble cost?"""

from dataclasses import dataclass

from scheduling.shifts import ShiftKind


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
