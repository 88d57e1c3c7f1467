"""Drills: practice callers through the live configuration, and what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, LineName, Settings
from hotline.config.tables.drills import Drills
from hotline.duty import ToldBy


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


class Trial(StrEnum):
    """What came of ringing somebody's own telephone to try it."""

    UNDER_WAY = "under-way"
    REACHED = "reached"  # a key was pressed
    SILENT = "silent"  # picked up, and no key was pressed: a mailbox ends here
    UNANSWERED = "unanswered"
    UNSENT = "unsent"  # never free in time, or the carrier refused
    NEEDED = "needed"  # hung up, for a caller came


@dataclass(frozen=True)
class DrillWord:
    """Whether somebody agrees to be rung in drills, since when, and how they said so."""

    agrees: bool
    at: datetime
    way: ToldBy


@dataclass(frozen=True)
class PhoneDrilled:
    """What became of the telephone of somebody who agreed. desk: where they were on duty."""

    code: str
    name: str
    desk: DeskName
    came: Trial


@dataclass(frozen=True)
class Drill:
    """One drill. at: the instant that was played; stranded: callers who were let down.

    phones: of volunteers who agreed; rung for real, so what became of them is known later.
    """

    at: datetime
    lines: tuple[LineDrilled, ...]
    stranded: int
    double_booked: int
    phones: tuple[PhoneDrilled, ...] = ()

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


NOON: Final = timedelta(hours=12)


def night_of(at: datetime, settings: Settings) -> date:
    """The night that `at` belongs to, from one noon to the next, by the date of its evening."""
    return (at.astimezone(settings.site.zone).replace(tzinfo=None) - NOON).date()


Player = Callable[[Drills, datetime], Drill]


def nightly_due(settings: Settings, now: datetime) -> datetime | None:
    """The last instant before `now` at which a nightly drill was wanted; None: none is."""
    wanted = (settings.drills or Drills()).nightly
    if wanted is None:
        return None
    zone = settings.site.zone
    today = datetime.combine(now.astimezone(zone).date(), wanted, zone).astimezone(UTC)
    return today if today <= now else today - timedelta(days=1)
