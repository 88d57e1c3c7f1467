"""What the live board shows of each line: its people, its callers, how today's calls ended."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.board.concerns import Concern
from hotline.board.facts import NOTHING_PROMISED, Promised, Stage
from hotline.board.presence import NOBODY, Present
from hotline.board.rate import NO_CALLS, Rate
from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome
from hotline.config.settings import Line, Title
from hotline.duty import (
    LineChange,
    PersonId,
    Why,
)
from hotline.handshake.standing import Standing
from hotline.oversight.alarms import AlarmKind, OpenAlarm

# A life may hang on these: before everything else.
PRESSING: Final = frozenset({AlarmKind.EMERGENCY, AlarmKind.NO_STAND_IN})
OF_A_KIND: Final = 4


class Doing(StrEnum):
    """What a person on duty is doing."""

    FREE = "free"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap-up"
    BARRED = "barred"  # rostered, yet not rung: certificate or language


@dataclass(frozen=True)
class PersonShown:
    """A person at a desk. until: end of wrap-up; since: start of the conversation.

    duty: what is known of the duty they are here for; None: nothing.
    """

    id: PersonId
    name: str
    doing: Doing
    until: datetime | None = None
    since: datetime | None = None
    barred: Why | None = None
    certificate: str | None = None
    duty: Standing | None = None


@dataclass(frozen=True)
class DeskShown:
    """One desk of a line's chain and who sits there now."""

    title: Title
    overflow: bool
    people: tuple[PersonShown, ...]
    present: Present = NOBODY


@dataclass(frozen=True)
class CallerShown:
    """A caller of a line: how long, and what is happening."""

    id: CallId
    stage: Stage
    since: datetime
    urgent: bool
    ringing: int
    over_limit: bool
    person: str | None
    supervised: bool = False


@dataclass(frozen=True)
class LineShown:
    """One card of the board. next_at is known only when nobody is on duty."""

    line: Line
    staffed: bool
    next_at: datetime | None
    change: LineChange | None  # a supervisor's word
    desks: tuple[DeskShown, ...]
    waiting: tuple[CallerShown, ...]  # longest wait first
    talking: tuple[CallerShown, ...]
    leaving: tuple[CallerShown, ...]
    outcomes: Mapping[Outcome, int]
    rate: Rate = NO_CALLS  # of the last hour
    promised: Promised = NOTHING_PROMISED

    @property
    def present(self) -> Present:
        """Of all desks that answer the line now."""
        return sum((desk.present for desk in self.desks), NOBODY)

    @property
    def free(self) -> int:
        """How many people could be rung for this line now."""
        return sum(p.doing is Doing.FREE for desk in self.desks for p in desk.people)


@dataclass(frozen=True)
class Board:
    """The whole page at one instant."""

    at: datetime
    lines: tuple[LineShown, ...]
    outcomes: tuple[Outcome, ...]  # those seen today, in the order of Outcome
    promised: Promised
    rate: Rate
    within: timedelta  # what is asked of each answer
    concerns: tuple[Concern, ...] = ()
    alarms: tuple[OpenAlarm, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of whom alarms tell by their code

    @property
    def cares(self) -> tuple[Concern | OpenAlarm, ...]:
        """All that somebody should look after, the most pressing first."""
        pressing = [each for each in self.alarms if each.alarm.kind in PRESSING]
        others = [each for each in self.alarms if each.alarm.kind not in PRESSING]
        return (*pressing, *self.concerns, *others)

    @property
    def told_first(self) -> tuple[Concern | OpenAlarm, ...]:
        """As much of it as leaves the lines in sight: of each kind the most pressing few."""
        seen: Counter[str] = Counter()
        first: list[Concern | OpenAlarm] = []
        for each in self.cares:
            kind = each.kind if isinstance(each, Concern) else each.alarm.kind
            seen[kind] += 1
            if seen[kind] <= OF_A_KIND:
                first.append(each)
        return tuple(first)

    @property
    def told_further(self) -> tuple[Concern | OpenAlarm, ...]:
        """The rest of it."""
        first = self.told_first
        return tuple(each for each in self.cares if each not in first)

    @property
    def waiting(self) -> int:
        """Callers waiting on all lines."""
        return sum(len(line.waiting) for line in self.lines)

    @property
    def talking(self) -> int:
        """Conversations on all lines."""
        return sum(len(line.talking) for line in self.lines)

    @property
    def longest_wait(self) -> timedelta:
        """Of the callers waiting now; zero if none."""
        waits = (self.at - caller.since for line in self.lines for caller in line.waiting)
        return max(waits, default=timedelta())

    @property
    def free(self) -> int:
        """People who could be rung now, each counted once."""
        return len({p.id for p in self._people() if p.doing is Doing.FREE})

    @property
    def unstaffed(self) -> tuple[LineShown, ...]:
        """Lines that nobody answers now."""
        return tuple(line for line in self.lines if not line.staffed)

    def ended(self, outcome: Outcome) -> int:
        """Today's calls on all lines with that outcome."""
        return sum(line.outcomes.get(outcome, 0) for line in self.lines)

    def _people(self) -> Iterator[PersonShown]:
        return (p for line in self.lines for desk in line.desks for p in desk.people)
