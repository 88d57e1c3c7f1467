"""Who will call, when, how long will they wait, and how long will they talk? Drawn by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf, log
from typing import Final, TypeAlias

import numpy as np

from scheduling.demand.grid import Floats

ZERO: Final = timedelta(0)
TRIES: Final = 5  # nobody calls more often than that about one trouble
RINGS: Final = 16  # chances drawn for each caller; a longer row of rings goes round them
Chance: TypeAlias = np.random.Generator


class RehearsalError(ValueError):
    """What was asked cannot be played; the sentence says what to give instead."""


class TalkLaw(StrEnum):
    """How the lengths of conversations vary."""

    LOGNORMAL = "lognormal"  # Source: Brown, Gans, Mandelbaum et al. (2005)
    EXPONENTIAL = "exponential"


@dataclass(frozen=True)
class Habits:
    """What callers are like.

    talk, patience: means, patience exponential; spread: standard deviation of a lognormal
    conversation, in means; returning: share of those who hung up that call again, on average
    `returns_after` later. Raises RehearsalError for what no caller can be like.
    """

    talk: timedelta
    patience: timedelta
    law: TalkLaw = TalkLaw.LOGNORMAL
    spread: float = 1.0
    returning: float = 0.0
    returns_after: timedelta = timedelta(minutes=10)

    def __post_init__(self) -> None:
        if min(self.talk, self.patience, self.returns_after) <= ZERO or not 0 < self.spread < inf:
            raise RehearsalError("Talk, patience, their spread and the return take some time.")
        if not 0 <= self.returning <= 1:
            raise RehearsalError(f"A share lies between 0 and 1, not at {self.returning}.")


@dataclass(frozen=True)
class Rates:
    """Calls to expect on each line, in steps of equal length from `start` on, aware UTC.

    busy: by line, how much busier or quieter each step is by itself (coefficient of variation of
    a gamma factor); a line that is not named has 0. Raises RehearsalError otherwise.
    """

    start: datetime
    calls: Mapping[str, Sequence[float]]
    step: timedelta = timedelta(minutes=30)
    busy: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.step <= ZERO:
            raise RehearsalError(f"Rates begin in UTC and have a step, not {self.start!r}.")
        for line, calls in self.calls.items():
            if not all(0 <= one < inf for one in calls):
                raise RehearsalError(f"The calls to expect on {line} are no counts.")


@dataclass(frozen=True, slots=True)
class Caller:
    """A person in trouble, and all that chance decides about them, whatever the roster.

    at: of the first call; rows of numbers within 0-1, but patience in seconds: one for each try or
    ring. Two rosters that meet the same callers differ by their own doing.
    """

    line: str
    at: datetime
    talk: timedelta
    patience: Sequence[float]
    returns: Sequence[float]
    pause: Sequence[float]  # seconds until the next try
    luck: Sequence[float]


def drawn(rates: Rates, habits: Habits, seed: int, run: int = 0) -> tuple[Caller, ...]:
    """The callers of one run, first come first. Same rates, habits, seed and run: same callers."""
    chance = np.random.default_rng([seed, run])
    lines = sorted(rates.calls)
    arrivals = [_arrivals(rates, line, chance) for line in lines]
    at = np.concatenate(arrivals) if lines else np.zeros(0)
    names = [line for line, some in zip(lines, arrivals, strict=True) for _ in some]
    order = np.argsort(at, kind="stable").tolist()
    lots = _lots(len(at), habits, chance)
    seconds = at.tolist()
    return tuple(
        Caller(names[k], rates.start + timedelta(seconds=seconds[k]), *lot)
        for k, lot in zip(order, lots, strict=True)
    )


def _arrivals(rates: Rates, line: str, chance: Chance) -> Floats:
    """Seconds from the start at which calls come: Poisson in each step."""
    expected = np.array(rates.calls[line], dtype=np.float64)
    busy = (rates.busy or {}).get(line, 0.0)
    if busy:
        expected = expected * chance.gamma(1.0 / busy**2, busy**2, len(expected))
    steps = np.repeat(np.arange(len(expected)), chance.poisson(expected))
    seconds: Floats = (steps + chance.random(len(steps))) * rates.step.total_seconds()
    return seconds


def _lots(
    count: int, habits: Habits, chance: Chance
) -> list[tuple[timedelta, list[float], list[float], list[float], list[float]]]:
    talk = _talks(count, habits, chance).tolist()
    patience = chance.exponential(habits.patience.total_seconds(), (count, TRIES))
    returns = chance.random((count, TRIES))
    pause = chance.exponential(habits.returns_after.total_seconds(), (count, TRIES))
    luck = chance.random((count, RINGS))
    rows = (patience.tolist(), returns.tolist(), pause.tolist(), luck.tolist())
    return list(zip([timedelta(seconds=one) for one in talk], *rows, strict=True))


def _talks(count: int, habits: Habits, chance: Chance) -> Floats:
    mean = habits.talk.total_seconds()
    if habits.law is TalkLaw.EXPONENTIAL:
        return chance.exponential(mean, count)
    variance = log(1.0 + habits.spread**2)
    return mean * chance.lognormal(-variance / 2.0, variance**0.5, count)
