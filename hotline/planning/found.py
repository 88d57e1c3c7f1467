"""What a search for repairs or a rehearsal found, as it is kept with its job."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.config.settings import LineName
from hotline.rosters.reasons.told_first import Reason
from hotline.rosters.rehearsal.costly import CostlyGap
from hotline.store.planning.drafts import BuildNumber
from scheduling.problem import Cap, Shift, ShiftKind, Span
from scheduling.rehearsal.bands import Band
from scheduling.repairing.changes import Change, ChangeKind
from scheduling.repairing.easing import Easing
from scheduling.roster import Assignment, Gap
from scheduling.rules import Refusal
from scheduling.telling.costs import Shortfall
from scheduling.telling.difference import CoverChange, ShorterRest
from scheduling.telling.levels import Points

AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Eased:
    """An `Easing` that can travel as JSON. was, becomes: a count, or hours where `in_hours`."""

    person: str
    rule: str
    was: float | None
    becomes: float | None
    in_hours: bool
    span: Span | None
    about: str | None
    after: ShiftKind | None
    cap: Cap | None = None

    def easing(self) -> Easing:
        """As the engine knows it."""
        was, becomes = (self._limit(limit) for limit in (self.was, self.becomes))
        about = (self.span, self.about, self.after, self.cap)
        return Easing(self.person, self.rule, was, becomes, *about)

    def _limit(self, limit: float | None) -> int | timedelta | None:
        if limit is None:
            return None
        return timedelta(hours=limit) if self.in_hours else round(limit)


@dataclass(frozen=True)
class Moved:
    """A person who takes or leaves a shift."""

    person: str
    shift: Shift

    @property
    def assignment(self) -> Assignment:
        """As a roster has it."""
        return Assignment(self.shift.id, self.person)


@dataclass(frozen=True)
class FoundRepair:
    """A change that closes a gap, and what else it does. points, missing: before and after."""

    kind: ChangeKind
    people: tuple[str, ...]
    takes: Shift | None
    leaves: Shift | None
    eased: tuple[Eased, ...]
    proven: bool
    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    rests: tuple[ShorterRest, ...]
    cover: tuple[CoverChange, ...]
    points: tuple[Points, ...]
    missing: tuple[Shortfall, ...]

    def change(self) -> Change:
        """As the engine knows it."""
        eased = tuple(each.easing() for each in self.eased)
        return Change(self.kind, self.people, self.takes, self.leaves, eased)


@dataclass(frozen=True)
class FreePerson:
    """Somebody whom no rule keeps out. points: what the roster would cost more with them."""

    person: str
    points: int


@dataclass(frozen=True)
class KeptOut:
    """Everybody, by code, whom the same one or two reasons keep out; more: how many have others.

    details: of each of them, the refusals under these reasons that name a time or a number.
    """

    reasons: tuple[Reason, ...]
    people: tuple[str, ...]
    more: int
    details: tuple[tuple[Refusal, ...], ...] = ()


@dataclass(frozen=True)
class FoundShift:
    """A shift that would close a gap: who could take it, the cheapest first, and who cannot."""

    shift: Shift
    free: tuple[FreePerson, ...]
    kept_out: tuple[KeptOut, ...]


@dataclass(frozen=True)
class FoundGap:
    """A gap of a build, why it is one, and what closes it, best first.

    version: of the build's edits; shifts: none: no shift of the desk covers that time; repairs:
    None: not looked for yet; left_out: changes there was no time for.
    """

    build: BuildNumber
    version: int
    gap: Gap
    shifts: tuple[FoundShift, ...]
    repairs: tuple[FoundRepair, ...] | None = None
    left_out: int = 0

    @property
    def key(self) -> str:
        """What names it in an address."""
        return gap_key(self.gap)


@dataclass(frozen=True)
class FoundRepairs:
    """What a search for repairs found, gap by gap: those below the floor first, then by time."""

    gaps: tuple[FoundGap, ...]


@dataclass(frozen=True)
class FoundHour:
    """One hour of a line. calls, unanswered: so many in a run; in_time: None: no call came."""

    calls: float
    unanswered: float
    in_time: Band | None


@dataclass(frozen=True)
class FoundLine:
    """What callers of a line will meet, in the week and in each hour of it."""

    line: LineName
    calls: Band
    unanswered: Band
    in_time: Band | None
    hours: tuple[FoundHour, ...]


@dataclass(frozen=True)
class FoundBegun:
    """A draft that was begun. left_out: what was published and a rule forbids by now."""

    left_out: tuple[Assignment, ...]


@dataclass(frozen=True)
class FoundRehearsal:
    """A rehearsal. start: of the first hour; within: seconds in which a call is answered in time.

    gaps: the costliest first.
    """

    start: datetime
    within: float
    runs: int
    lines: tuple[FoundLine, ...]
    gaps: tuple[CostlyGap, ...]


def in_order(gaps: Iterable[FoundGap]) -> FoundRepairs:
    """What is kept: those below the floor first, then by time."""
    return FoundRepairs(tuple(sorted(gaps, key=_urgency)))


def gap_key(gap: Gap) -> str:
    """What names a gap in an address, as long as it begins when it does."""
    return "-".join((gap.desk, f"{gap.span.start:%Y%m%dT%H%M}", gap.certificate or "heads"))


def _urgency(each: FoundGap) -> tuple[bool, Span, str, str]:
    gap = each.gap
    return not gap.below_floor, gap.span, gap.desk, gap.certificate or ""
