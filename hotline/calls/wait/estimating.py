"""How long a caller may still wait, and how sure that is. Says nothing when it knows nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, exp, log, pi, sqrt
from statistics import fmean, pvariance
from typing import Final

LEAST_CALLS: Final = 5  # fewer recent conversations say nothing about the next one
FOUR_OF_FIVE: Final = 1.2816  # standard deviations to each side
EULER: Final = 0.5772156649
LONGEST_SAID: Final = 60  # minutes
MINUTE: Final = 60.0


@dataclass(frozen=True)
class Estimate:
    """Four of five callers wait no shorter than `low` and no longer than `high`."""

    low: timedelta
    high: timedelta


def estimate(ahead: int, people: int, handled: Sequence[timedelta]) -> Estimate | None:
    """The wait of a caller with `ahead` others before them while `people` are all busy.

    handled: recent conversations with the notes after them. Whoever is busy becomes free at random,
    one in a mean of `handled` divided by `people`; the caller waits for as many as are before them
    and one more. That is a gamma distribution, here by the mean and spread of its logarithm, to
    which the doubt about a mean of few is added.
    """
    if people < 1 or len(handled) < LEAST_CALLS:
        return None
    seconds = [each.total_seconds() for each in handled]
    mean = max(1.0, fmean(seconds))
    middle = log(mean / people) + _digamma(ahead + 1)
    doubt = pvariance(seconds) / mean**2 / len(seconds)
    spread = FOUR_OF_FIVE * sqrt(_trigamma(ahead + 1) + doubt)
    return Estimate(
        timedelta(seconds=exp(middle - spread)), timedelta(seconds=exp(middle + spread))
    )


def _digamma(whole: int) -> float:
    return -EULER + sum(1 / n for n in range(1, whole))


def _trigamma(whole: int) -> float:
    return pi**2 / 6 - sum(1 / n**2 for n in range(1, whole))


@dataclass(frozen=True)
class Spoken:
    """An estimate in whole minutes, each bound rounded outwards; None: not said."""

    low: int | None
    high: int | None


def spoken(known: Estimate | None) -> Spoken | None:
    """What is worth saying of an estimate; None for nothing, or for "between 0 and 90"."""
    if known is None:
        return None
    low, high = int(known.low.total_seconds() // MINUTE), ceil(known.high.total_seconds() / MINUTE)
    bounds = Spoken(low if low >= 1 else None, high if high <= LONGEST_SAID else None)
    return None if bounds == Spoken(None, None) else bounds
