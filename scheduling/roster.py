"""What the rostering engine answers: assignments, gaps, breaches, price per wish, bound, status."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduling.problem import Cap, Span


@dataclass(frozen=True, order=True)
class Assignment:
    """One person in one shift."""

    shift: str
    person: str


@dataclass(frozen=True)
class Gap:
    """So many heads missing at a desk during all of one span."""

    desk: str
    span: Span
    missing: int
    below_floor: bool
    certificate: str | None = None


@dataclass(frozen=True)
class Amount:
    """How much there is of what a rule counts, and how much may be (or, of days off, must be).

    In the rule's unit: shifts, hours, nights, days, heads; of a cap in the cap's, hours in hours.
    """

    given: float
    limit: float
    cap: Cap | None = None


@dataclass(frozen=True)
class Breach:
    """One place where a roster breaks a rule, in a sentence a coordinator understands.

    The rest is for who words it in another language. shifts: by id; at: until when the person is
    away, rests, is elsewhere or holds a certificate; about: the desk, certificate, rota or partner.
    """

    rule: str
    person: str | None
    sentence: str
    shifts: tuple[str, ...] = ()
    at: datetime | None = None
    about: str | None = None
    amount: Amount | None = None


class Status(StrEnum):
    """How far the search got; a gap-ridden roster is still OPTIMAL when none is better."""

    OPTIMAL = "optimal"  # every level's price equals its bound
    FEASIBLE = "feasible"  # the limit came first; the bound says how far it can be from the best
    IMPOSSIBLE = "impossible"  # pins contradict a rule; `breaches` of the Result says which


@dataclass(frozen=True)
class LevelPrice:
    """What one level costs, and a bound: no roster as good in the levels before costs less."""

    level: str  # floors, targets, fairness or wishes
    price: int
    bound: int


@dataclass(frozen=True)
class Roster:
    """Who takes which shift."""

    assignments: tuple[Assignment, ...]


@dataclass(frozen=True)
class Result:
    """A roster and the evidence for it. price and bound: the sums of those of all levels."""

    status: Status
    roster: Roster
    price: int
    bound: int
    price_by_wish: Mapping[str, int]  # display name of the wish -> points; sums to price
    gaps: tuple[Gap, ...]
    breaches: tuple[Breach, ...]  # empty unless IMPOSSIBLE
    seconds: float
    patterns: int  # legal weeks enumerated over all people
    levels: tuple[LevelPrice, ...] = ()  # the first counts most; none in results stored long ago
