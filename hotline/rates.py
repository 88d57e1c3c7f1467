"""Shares of hours, of calls: at all hours, at night, in the evening."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """So many half hours out of so many."""

    met: int
    of: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None: there was nothing to meet."""
        return self.met / self.of if self.of else None


@dataclass(frozen=True)
class Rates:
    """Shares of half hours. Nights are 22:00-08:00, evenings 18:00-22:00 on the site's clocks."""

    all_hours: Share
    nights: Share
    evenings: Share


def of_hours(share: Callable[[Callable[[int], bool]], Share]) -> Rates:
    """Three shares, each of the hours of the site's clocks that count for it."""
    return Rates(
        all_hours=share(lambda hour: True),
        nights=share(lambda hour: hour >= 22 or hour < 8),
        evenings=share(lambda hour: 18 <= hour < 22),
    )


def in_percent(share: float) -> str:
    """To a tenth, everywhere the same; 100 is said of nothing less."""
    return "100" if share == 1 else f"{min(share * 100, 99.9):.1f}"
