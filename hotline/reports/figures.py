"""The counts of a day, and the shares that are made of them. docs/reports.md says each in words."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta

from hotline.config.settings import DeskName, LineName


@dataclass(frozen=True)
class Counts:
    """What came to one line, or to several, in some time. Seconds where it says so.

    calls: that ended, by callers, none of practice; short: hung up within a few seconds, before
    anybody could be rung; answered: spoke with a volunteer, prompt: within the promised seconds;
    left: hung up waiting, later than that. known: told their number; repeats: these had called
    before. rated: a volunteer noted the risk. due: promises whose time came; kept: by then.
    follow_due, follow_kept: the same of follow-ups.
    """

    calls: int = 0
    short: int = 0
    answered: int = 0
    prompt: int = 0
    left: int = 0
    callbacks: int = 0
    messages: int = 0
    referred: int = 0
    exited: int = 0
    wait_seconds: int = 0
    longest_wait: int = 0
    talk_seconds: int = 0
    known: int = 0
    repeats: int = 0
    rated: int = 0
    high_risk: int = 0
    due: int = 0
    kept: int = 0
    follow_due: int = 0
    follow_kept: int = 0

    @property
    def offered(self) -> int:
        """What shares are shares of: calls without those hung up at once."""
        return self.calls - self.short

    @property
    def answer_share(self) -> float | None:
        """Answered of offered; None: none was."""
        return _share(self.answered, self.offered)

    @property
    def left_share(self) -> float | None:
        """Hung up waiting, of offered."""
        return _share(self.left, self.offered)

    @property
    def service_level(self) -> float | None:
        """Answered within the promised seconds, of offered."""
        return _share(self.prompt, self.offered)

    @property
    def mean_wait(self) -> timedelta | None:
        """From arrival to a volunteer's pressing 1, of answered calls."""
        return _mean(self.wait_seconds, self.answered)

    @property
    def mean_talk(self) -> timedelta | None:
        """From there to the call's end."""
        return _mean(self.talk_seconds, self.answered)

    @property
    def longest(self) -> timedelta:
        """`longest_wait` as a length."""
        return timedelta(seconds=self.longest_wait)

    @property
    def repeat_share(self) -> float | None:
        """Had called before, of those whose number was told."""
        return _share(self.repeats, self.known)

    @property
    def high_risk_share(self) -> float | None:
        """High risk, of answered calls whose risk was noted."""
        return _share(self.high_risk, self.rated)

    @property
    def kept_share(self) -> float | None:
        """Promises kept in time, of those due."""
        return _share(self.kept, self.due)

    @property
    def follow_share(self) -> float | None:
        """Follow-ups done in time, of those due."""
        return _share(self.follow_kept, self.follow_due)


@dataclass(frozen=True)
class DeskCounts:
    """What a desk's people did. busy: conversations and the rest after them; there: on duty."""

    talks: int = 0
    busy_seconds: int = 0
    there_seconds: int = 0

    @property
    def occupancy(self) -> float | None:
        """Busy of there; None: nobody was there."""
        return _share(self.busy_seconds, self.there_seconds)


@dataclass(frozen=True)
class LineDay:
    """One line's counts of one day of the site's calendar."""

    line: LineName
    day: date
    counts: Counts


@dataclass(frozen=True)
class DeskDay:
    """One desk's counts of one day."""

    desk: DeskName
    day: date
    counts: DeskCounts


LONGEST: frozenset[str] = frozenset({"longest_wait"})  # taken together by the greatest


def together(several: Iterable[Counts]) -> Counts:
    """Counts of several lines or days as one."""
    known = tuple(several)
    return Counts(**{each.name: _of_all(known, each.name) for each in fields(Counts)})


def _of_all(several: tuple[Counts, ...], name: str) -> int:
    values: list[int] = [getattr(counts, name) for counts in several]
    return max(values, default=0) if name in LONGEST else sum(values)


def desks_together(several: Iterable[DeskCounts]) -> DeskCounts:
    """Counts of several desks or days as one."""
    known = tuple(several)
    return DeskCounts(
        talks=sum(each.talks for each in known),
        busy_seconds=sum(each.busy_seconds for each in known),
        there_seconds=sum(each.there_seconds for each in known),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(seconds: int, count: int) -> timedelta | None:
    return timedelta(seconds=seconds / count) if count else None
