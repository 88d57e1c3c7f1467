"""What the live board shows of each line: its people, its callers, how today's calls ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.alarms import OpenAlarm
from hotline.calls.states import Outcome
from hotline.config.settings import DeskName, Line, LineName, Settings, Title, seconds
from hotline.duty import (
    KeptOut,
    LineChange,
    OnDuty,
    PersonId,
    Rota,
    Why,
    change_of,
    line_now,
    next_on_duty,
    on_duty,
)


class Stage(StrEnum):
    """Where a caller is, as somebody watching sees it."""

    WAITING = "waiting"
    TALKING = "talking"
    LEAVING = "leaving"  # hears what else there is: a callback, a message, another number


@dataclass(frozen=True)
class OpenCall:
    """A call that has not ended. Nothing about who the caller is."""

    line: LineName
    stage: Stage
    since: datetime  # start of the present wait, or of the conversation
    urgent: bool = False
    ringing: int = 0  # telephones ringing for it now
    person: PersonId | None = None  # who talks


@dataclass(frozen=True)
class BoardFacts:
    """What the database says about calls. outcomes: line -> outcome -> calls that ended since."""

    calls: tuple[OpenCall, ...] = ()
    outcomes: Mapping[LineName, Mapping[Outcome, int]] = field(default_factory=dict)
    callbacks: int = 0  # promised and not yet made
    overdue: int = 0  # of these, past the promised time
    messages: int = 0  # voicemails
    alarms: tuple[OpenAlarm, ...] = ()  # the oldest first


class Doing(StrEnum):
    """What a person on duty is doing."""

    FREE = "free"
    RINGING = "ringing"
    TALKING = "talking"
    WRAP_UP = "wrap-up"
    BARRED = "barred"  # rostered, yet not rung: certificate or language


@dataclass(frozen=True)
class PersonShown:
    """A person at a desk. until: end of wrap-up; since: start of the conversation."""

    id: PersonId
    name: str
    doing: Doing
    until: datetime | None = None
    since: datetime | None = None
    barred: Why | None = None
    certificate: str | None = None


@dataclass(frozen=True)
class DeskShown:
    """One desk of a line's chain and who sits there now."""

    title: Title
    overflow: bool
    people: tuple[PersonShown, ...]


@dataclass(frozen=True)
class CallerShown:
    """A caller of a line: how long, and what is happening."""

    stage: Stage
    since: datetime
    urgent: bool
    ringing: int
    over_limit: bool
    person: str | None


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
    callbacks: int
    overdue: int
    messages: int
    alarms: tuple[OpenAlarm, ...] = ()

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


def board(facts: BoardFacts, rota: Rota, settings: Settings, at: datetime) -> Board:
    """The page at `at`. rota: from now on, as far ahead as the next person on duty may be."""
    lines = tuple(_line_shown(line, facts, rota, settings, at) for line in settings.lines)
    outcomes = tuple(outcome for outcome in Outcome if any(outcome in x.outcomes for x in lines))
    return Board(at, lines, outcomes, facts.callbacks, facts.overdue, facts.messages, facts.alarms)


def _line_shown(
    line: Line, facts: BoardFacts, rota: Rota, settings: Settings, at: datetime
) -> LineShown:
    answer = on_duty(rota, line, settings, at)
    names = {person.id: person.name for person in rota.volunteers}
    limit = seconds(settings.longest_wait(line))
    mine = sorted((c for c in facts.calls if c.line == line.name), key=lambda call: call.since)
    shown = [_caller_shown(call, names, limit, at) for call in mine]
    return LineShown(
        line=line,
        staffed=answer.staffed,
        next_at=None if answer.staffed else next_on_duty(rota, line, settings, at),
        change=change_of(rota.changes, line, at),
        desks=_desks_shown(line_now(rota, line, at), answer, facts, settings),
        waiting=tuple(c for c in shown if c.stage is Stage.WAITING),
        talking=tuple(c for c in shown if c.stage is Stage.TALKING),
        leaving=tuple(c for c in shown if c.stage is Stage.LEAVING),
        outcomes=facts.outcomes.get(line.name, {}),
    )


def _caller_shown(
    call: OpenCall, names: Mapping[PersonId, str], limit: timedelta, at: datetime
) -> CallerShown:
    return CallerShown(
        stage=call.stage,
        since=call.since,
        urgent=call.urgent,
        ringing=call.ringing,
        over_limit=call.stage is Stage.WAITING and at - call.since > limit,
        person=names.get(call.person) if call.person is not None else None,
    )


def _desks_shown(
    line: Line, answer: OnDuty, facts: BoardFacts, settings: Settings
) -> tuple[DeskShown, ...]:
    talks = {call.person: call.since for call in facts.calls if call.person is not None}
    at_desk: dict[DeskName, list[PersonShown]] = {name: [] for name in line.desks}
    for seat in answer.rung:
        at_desk[seat.desk].append(PersonShown(seat.volunteer.id, seat.volunteer.name, Doing.FREE))
    for kept in answer.kept_out:
        if kept.desk is not None:
            at_desk[kept.desk].append(_not_free(kept, talks.get(kept.volunteer.id)))
    titles = {desk.name: desk.title for desk in settings.desks}
    return tuple(
        DeskShown(titles[name], name != line.desks[0], tuple(people))
        for name, people in at_desk.items()
    )


def _not_free(kept: KeptOut, talks_since: datetime | None) -> PersonShown:
    who = kept.volunteer
    match kept.why:
        case Why.RINGING:
            return PersonShown(who.id, who.name, Doing.RINGING)
        case Why.TALKING:
            return PersonShown(who.id, who.name, Doing.TALKING, since=talks_since)
        case Why.WRAP_UP:
            return PersonShown(who.id, who.name, Doing.WRAP_UP, until=kept.until)
        case _:
            barred = kept.why
    return PersonShown(who.id, who.name, Doing.BARRED, kept.until, None, barred, kept.certificate)
