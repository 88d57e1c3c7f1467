"""Who is rung and in which order: what an operator may set about it."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Strategy(StrEnum):
    """In which order people are rung, and how many together."""

    FAIREST = "fairest"  # who talked least; answering.wave together
    LONGEST_IDLE = "longest-idle"  # who has been without a call longest; likewise together
    ALL = "all"  # by fairness, ringing.together at once
    MIXED = "mixed"  # by fairness, first one, then two, then ringing.together


@dataclass(frozen=True)
class LineCertificate:
    """Training that a line asks for in some hours, beside what the desk asks for; site time."""

    certificate: str
    start: time
    end: time  # equal to start: always; earlier: the next day


@dataclass(frozen=True)
class Lead:
    """Who the duty lead is: a holder of `certificate` at a desk of the chain, else `people`."""

    certificate: str | None = None
    people: tuple[str, ...] | None = None  # codes, in order


@dataclass(frozen=True)
class Ringing:
    """How people are rung. What stands here holds for a site that says nothing."""

    strategy: Strategy = Strategy.FAIREST
    together: int = 6  # people rung at once where everybody is, at most
    misses: int = 3  # calls in a row rung out before a telephone is put aside
    aside: int = 1800  # seconds it is put aside for, after the last miss
    cool_down: int = 900  # seconds after a high-risk call, not rung
    same_person: int = 600  # seconds in which a caller who was cut off gets the same person first
    lead: Lead | None = None
