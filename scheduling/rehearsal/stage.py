"""What is rehearsed: a roster, how telephones are rung, and who decides which ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from scheduling.problem import Span
from scheduling.rehearsal.callers import ZERO, Caller, RehearsalError

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Post:
    """A person at a desk for a while, by the roster. standby: rung, but not on duty."""

    person: str
    desk: str
    span: Span
    standby: bool = False


@dataclass(frozen=True)
class Ways:
    """How a call is handled. With what stands here, a caller talks at once to whoever is free.

    greeting: talk begins no earlier; pick_up: mean ringing before somebody picks up; whisper: from
    there to the key; ring: longest ringing; unaccepted: share of rings that nobody takes; paced:
    between two telephones that begin to ring; wrap_up: after a talk, not rung; last_words: the
    same after a caller was lost on the way; stops_ringing, hears_out: the same after a ringing and
    after a whisper for nothing; ring_again: after it a person is rung for the same call again;
    longest_wait: then comes the exit, and longest_waits where a line has its own; stretch: without
    a talk for so long, a person's talk counts from 0 again.
    """

    greeting: timedelta = ZERO
    pick_up: timedelta = ZERO
    whisper: timedelta = ZERO
    ring: timedelta = timedelta(seconds=20)
    unaccepted: float = 0.0
    paced: timedelta = ZERO
    wrap_up: timedelta = ZERO
    last_words: timedelta = ZERO
    stops_ringing: timedelta = ZERO
    hears_out: timedelta = ZERO
    ring_again: timedelta = timedelta(minutes=1)
    longest_wait: timedelta = timedelta(days=7)
    stretch: timedelta = timedelta(hours=8)
    longest_waits: Mapping[str, timedelta] = field(default_factory=dict)

    def longest(self, line: str) -> timedelta:
        """How long a caller of `line` waits at most."""
        return self.longest_waits.get(line, self.longest_wait)

    def __post_init__(self) -> None:
        if not 0 <= self.unaccepted < 1:
            raise RehearsalError(
                f"The share of rings that nobody takes is from 0 to below 1, not {self.unaccepted}."
            )


@dataclass(frozen=True)
class Stage:
    """All but the callers. posts: of every person who matters, beyond `span` too.

    span: whose arrivals count; lines: desks of each, in order of overflow.
    """

    span: Span
    lines: Mapping[str, Sequence[str]]
    posts: tuple[Post, ...]
    ways: Ways = field(default_factory=Ways)
    within: timedelta = timedelta(seconds=15)

    @property
    def changes(self) -> tuple[datetime, ...]:
        """When somebody comes or goes."""
        return tuple(sorted({at for post in self.posts for at in (post.span.start, post.span.end)}))


@dataclass(slots=True)
class Phone:
    """What one person's telephone is doing. changes: grows whenever anything else here does."""

    person: str
    leg: int | None = None
    talking: bool = False
    free_at: datetime = LONG_AGO
    last_ended: datetime | None = None
    talk_seconds: int = 0  # in this stretch of work
    missed: int = 0  # rung out in a row
    missed_at: datetime | None = None  # the last of them
    changes: int = 0


class Stand(StrEnum):
    """Where a call or a leg stands."""

    WAITING = "waiting"  # of a call: nobody is rung for it
    RINGING = "ringing"
    WHISPERED = "whispered"  # of a leg: picked up, not taken yet
    ACCEPTED = "accepted"  # of a call: taken, but the greeting is not over
    TALKING = "talking"
    OVER = "over"


class Outcome(StrEnum):
    """How a call ended; each has exactly one."""

    ANSWERED = "answered"
    LEFT = "left"  # hung up while waiting
    CEILING = "ceiling"  # waited longest, and heard the exit
    UNSTAFFED = "unstaffed"  # nobody on duty: heard the exit


@dataclass(slots=True, eq=False)
class Leg:
    """One person's telephone, rung for one call."""

    id: int
    call: "Call"
    person: str
    desk: str
    stand: Stand = Stand.RINGING


@dataclass(slots=True, eq=False)
class Call:
    """One call of one caller. tried: when each person last failed to take it."""

    id: int
    caller: Caller
    number: int  # which try of the caller, from 0
    arrived: datetime
    stand: Stand = Stand.WAITING
    tried: dict[str, datetime] = field(default_factory=dict)
    legs: list[Leg] = field(default_factory=list, repr=False)  # that ring, whisper or talk
    rung: int = 0

    @property
    def line(self) -> str:
        """The line that was called."""
        return self.caller.line


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring this person for this call. takes_over: a leg that must end first."""

    call: int
    person: str
    desk: str
    takes_over: int | None = None


class Telephone(Protocol):
    """Who decides: the telephone's own decision, or another to compare it with."""

    def rings(self, waiting: Iterable[Call], legs: Iterable[Leg], at: datetime) -> Sequence[Ring]:
        """Whom to ring now. waiting: calls for which nothing rings; legs: all that live."""
        ...

    def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
        """Whether a wait since `since` ends now without a person, and why."""
        ...


class Exchange(Protocol):
    """Makes a telephone for one play; `phones` change while it goes on."""

    def __call__(self, phones: Mapping[str, Phone]) -> Telephone:
        """A telephone that sees `phones`."""
        ...
