"""What does a missing or a superfluous head cost?"""

from dataclasses import dataclass
from typing import ClassVar

from scheduling.problem import Need, Prices
from scheduling.rules.reading.staffing import Staffing
from scheduling.telling.levels import Level


@dataclass(frozen=True)
class BelowFloor:
    """A desk should never have fewer people than its floor.

    Magnitude: `prices.below_floor` for each head missing in each half hour. Source: at least two
    seats a line (12356 notice), two people at each call (Edinburgh Nightline).
    """

    name: ClassVar[str] = "below floor"
    level: ClassVar[Level] = Level.FLOORS

    def points(self, prices: Prices, need: Need, heads: int) -> int:
        """Points of one half hour of a need with so many heads."""
        if need.certificate is not None:
            return 0
        return prices.below_floor * max(0, need.floor - heads)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        missing = 0
        for need in staffing.problem.needs:
            if need.certificate is None:
                for _, heads in staffing.half_hours(need):
                    missing += need.floor - min(heads, need.floor)
        return missing * staffing.problem.prices.below_floor


@dataclass(frozen=True)
class BelowTarget:
    """A desk should have as many people as the expected calls ask for.

    Magnitude: `prices.below_target` for each head missing between floor and target in each half
    hour. Source: 90 % of calls answered in 15 s (GB/T 33358 and NENA).
    """

    name: ClassVar[str] = "below target"
    level: ClassVar[Level] = Level.TARGETS

    def points(self, prices: Prices, need: Need, heads: int) -> int:
        """Points of one half hour of a need with so many heads."""
        return prices.below_target * max(0, need.target - max(heads, need.floor))

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        missing = 0
        for need in staffing.problem.needs:
            for _, heads in staffing.half_hours(need):
                missing += len(range(max(heads, need.floor), need.target))
        return missing * staffing.problem.prices.below_target


@dataclass(frozen=True)
class AboveTarget:
    """A desk should not hold more people than the expected calls ask for.

    Magnitude: `prices.above_target` for each head too many in each half hour; certified heads are
    never too many. Source: volunteers who wait for nothing don't come back.
    """

    name: ClassVar[str] = "above target"
    level: ClassVar[Level] = Level.TARGETS

    def points(self, prices: Prices, need: Need, heads: int) -> int:
        """Points of one half hour of a need with so many heads."""
        if need.certificate is not None:
            return 0
        return prices.above_target * max(0, heads - need.target)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        surplus = 0
        for need in staffing.problem.needs:
            if need.certificate is None:
                for _, heads in staffing.half_hours(need):
                    surplus += heads - min(heads, need.target)
        return surplus * staffing.problem.prices.above_target


@dataclass(frozen=True)
class BelowCertifiedFloor:
    """A desk should never have fewer certified people than it must, as at night.

    Magnitude: `prices.below_floor` for each certified head missing in each half hour; a head
    counts when the certificate is valid for its whole shift. Source: at least one
    crisis-certified person from 22:00 to 08:00.
    """

    name: ClassVar[str] = "below certified floor"
    level: ClassVar[Level] = Level.FLOORS

    def points(self, prices: Prices, need: Need, heads: int) -> int:
        """Points of one half hour of a need with so many heads."""
        if need.certificate is None:
            return 0
        return prices.below_floor * max(0, need.floor - heads)

    def price(self, staffing: Staffing) -> int:
        """Points of a finished roster."""
        missing = 0
        for need in staffing.problem.needs:
            if need.certificate is not None:
                for _, heads in staffing.half_hours(need):
                    missing += need.floor - min(heads, need.floor)
        return missing * staffing.problem.prices.below_floor
