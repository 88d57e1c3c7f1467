"""Drills: practice callers through the live configuration, and what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hotline.calls.states import Outcome
from hotline.config.drill_settings import Drills
from hotline.config.settings import LineName, Settings


@dataclass(frozen=True)
class LineDrilled:
    """What became of the practice callers of one line.

    longest_wait: of those who reached a person; None: nobody did.
    """

    line: LineName
    callers: int
    answered: int
    longest_wait: timedelta | None
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True)
class Drill:
    """One drill. at: the instant that was played; stranded: callers who were let down."""

    at: datetime
    lines: tuple[LineDrilled, ...]
    stranded: int
    double_booked: int

    @property
    def sound(self) -> bool:
        """Nobody let down, nobody rung for two calls at once."""
        return not self.stranded and not self.double_booked

    @property
    def callers(self) -> int:
        """On all lines."""
        return sum(line.callers for line in self.lines)

    @property
    def answered(self) -> int:
        """Of them, who reached a person."""
        return sum(line.answered for line in self.lines)


Player = Callable[[Drills, datetime], Drill]


def nightly_due(settings: Settings, now: datetime) -> datetime | None:
    """The last instant before `now` at which a nightly drill was wanted; None: none is."""
    wanted = (settings.drills or Drills()).nightly
    if wanted is None:
        return None
    zone = settings.site.zone
    today = datetime.combine(now.astimezone(zone).date(), wanted, zone).astimezone(UTC)
    return today if today <= now else today - timedelta(days=1)
