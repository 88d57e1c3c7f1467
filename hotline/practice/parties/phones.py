"""What does a volunteer's phone do when it rings?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from hotline.practice.parties.answers import Answer, Answering
from hotline.practice.parties.handset import Handset, Timer

SECOND = timedelta(seconds=1)


class Habit(StrEnum):
    """What a phone, or the person at it, does."""

    ACCEPTS = "accepts"  # answers and presses the key when asked
    PASSES = "passes"  # answers and presses another key
    SILENT = "silent"  # answers and does nothing
    HANGS_UP_IN_WHISPER = "hangs up in the whisper"
    MAILBOX = "mailbox"  # a machine answers and talks over everything
    RINGS_OUT = "rings out"
    DECLINES = "declines"
    BUSY = "busy"
    OFF = "off"  # cannot be reached


@dataclass(frozen=True)
class Behaviour:
    """A habit and its times.

    answers_after: from the first ring; thinks: from being asked to the key (or to hanging up);
    drops_after: from the bridge to hanging up, None waits for the caller; stays: how long anybody
    holds the line without talking to somebody; presses: keys, so long after the first bridge;
    answers: what is pressed instead of `key` on hearing certain words.
    """

    habit: Habit = Habit.ACCEPTS
    answers_after: timedelta = 5 * SECOND
    thinks: timedelta = 1 * SECOND
    key: str = "1"
    drops_after: timedelta | None = None
    stays: timedelta = 60 * SECOND
    presses: tuple[tuple[timedelta, str], ...] = ()
    answers: tuple[Answer, ...] = ()


ACCEPTS = Behaviour()
PASSES = Behaviour(Habit.PASSES, key="2")
SILENT = Behaviour(Habit.SILENT)
HANGS_UP_IN_WHISPER = Behaviour(Habit.HANGS_UP_IN_WHISPER, thinks=2 * SECOND)
MAILBOX = Behaviour(Habit.MAILBOX, answers_after=15 * SECOND, stays=90 * SECOND)
RINGS_OUT = Behaviour(Habit.RINGS_OUT)
DECLINES = Behaviour(Habit.DECLINES, answers_after=4 * SECOND)
BUSY = Behaviour(Habit.BUSY)
OFF = Behaviour(Habit.OFF)

Behaving = Callable[[datetime], Behaviour]
_ANSWERED = frozenset(
    {Habit.ACCEPTS, Habit.PASSES, Habit.SILENT, Habit.HANGS_UP_IN_WHISPER, Habit.MAILBOX}
)


@dataclass(frozen=True)
class Phone:
    """A telephone by its `tel:`, `sip:` or `client:` address; `behaviour` may change with time."""

    address: str
    behaviour: Behaviour | Behaving = ACCEPTS

    def behaves(self, at: datetime) -> Behaviour:
        """What it does when rung at `at`."""
        return self.behaviour if isinstance(self.behaviour, Behaviour) else self.behaviour(at)


class Pickup(StrEnum):
    """How ringing a phone ends if nobody stops it. The words are Twilio's CallStatus."""

    ANSWERED = "in-progress"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True)
class Ringing:
    """What comes of ringing: does it ring, how does it end, and when (None: never by itself)."""

    rings: bool
    ends: Pickup
    after: float | None


def ringing(behaviour: Behaviour) -> Ringing:
    """What comes of ringing a phone that behaves so."""
    after = behaviour.answers_after.total_seconds()
    if behaviour.habit in _ANSWERED:
        return Ringing(True, Pickup.ANSWERED, after)
    match behaviour.habit:
        case Habit.DECLINES:
            return Ringing(True, Pickup.BUSY, after)
        case Habit.BUSY:
            return Ringing(False, Pickup.BUSY, 0.5)
        case Habit.OFF:
            return Ringing(False, Pickup.FAILED, 2.0)
        case _:
            return Ringing(True, Pickup.NO_ANSWER, None)


class PhoneParty:
    """The phone's side of one leg."""

    def __init__(self, address: str, behaviour: Behaviour, handset: Handset) -> None:
        self.address = address
        self.behaviour = behaviour
        self.person = behaviour.habit is not Habit.MAILBOX
        self._handset = handset
        self._leaves: Timer | None = None
        self._answering = Answering(behaviour.answers, handset)
        self._answered = False  # what is being said
        self._bridged = False

    def answers(self) -> None:
        """The phone is picked up."""
        habit = self.behaviour.habit
        if habit is Habit.MAILBOX:
            self._handset.says("(mailbox) leave a message after the tone")
        if habit is Habit.HANGS_UP_IN_WHISPER:
            self._leave_after(self.behaviour.thinks)
        else:
            self._leave_after(self.behaviour.stays)

    def hears(self, text: str, seconds: float) -> None:
        """Answer what was expected; else a phone waits until the words are over."""
        if self._answering.hears(text, seconds):
            self._answered = True

    def is_asked(self) -> None:
        """Press the key, if that is the habit and nothing else was to be pressed."""
        answered, self._answered = self._answered, False
        if answered:
            return
        if self.behaviour.habit in {Habit.ACCEPTS, Habit.PASSES}:
            thinks = self.behaviour.thinks.total_seconds()
            self._handset.after(thinks, lambda: self._handset.press(self.behaviour.key))

    def speaks(self) -> float:
        """A person says a sentence, a mailbox its greeting."""
        return 5.0

    def talks(self, with_person: bool) -> None:
        """A talk begins."""
        self._stay()
        if not self._bridged:
            self._bridged = True
            for after, keys in self.behaviour.presses:
                self._handset.after(after.total_seconds(), partial(self._handset.press, keys))
        if self.behaviour.drops_after is not None:
            self._leave_after(self.behaviour.drops_after)

    def is_alone(self) -> None:
        """The talk is over; the volunteer listens for a while to what the hotline says."""
        self._leave_after(self.behaviour.stays)

    def is_over(self) -> None:
        """The leg has ended."""
        self._stay()

    def _leave_after(self, span: timedelta) -> None:
        self._stay()
        self._leaves = self._handset.after(span.total_seconds(), self._handset.hang_up)

    def _stay(self) -> None:
        if self._leaves is not None:
            self._leaves.cancel()
            self._leaves = None


def at_first(count: int, first: Behaviour, then: Behaviour) -> Behaving:
    """`first` for so many rings, then `then`."""
    rings = iter([first] * count)
    return lambda _: next(rings, then)


def slower(behaviour: Behaviour, by: timedelta) -> Behaviour:
    """The same habit, answering later."""
    return replace(behaviour, answers_after=behaviour.answers_after + by)
