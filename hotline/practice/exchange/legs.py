"""What is one leg, and what is remembered of it?"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from typing import Protocol

from hotline.ports import CallSid
from hotline.practice.exchange.scripts import Progress, Request
from hotline.practice.record import EndedBy, Said, Talk, Trouble


class Direction(StrEnum):
    """Twilio's words."""

    INBOUND = "inbound"
    OVER_REST = "outbound-api"
    DIALLED = "outbound-dial"


class Status(StrEnum):
    """Twilio's CallStatus."""

    QUEUED = "queued"
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


FINAL = frozenset({Status.COMPLETED, Status.BUSY, Status.FAILED, Status.NO_ANSWER, Status.CANCELED})


class Sound(Enum):
    """What a leg's ear hears."""

    SILENCE = auto()
    WHISPER = auto()  # nothing, while whoever picked up hears the whisper
    TURN = auto()  # nothing: it is theirs to speak after a tone, or to key in a number
    WORDS = auto()
    MUSIC = auto()
    RINGBACK = auto()
    TALK = auto()


class Party(Protocol):
    """Who is at the far end of a leg: a caller, or a volunteer's phone."""

    person: bool
    address: str

    def hears(self, text: str, seconds: float) -> None:
        """Words begin that take so many seconds."""

    def is_asked(self) -> None:
        """The words are over; keys are awaited."""

    def speaks(self) -> float:
        """How many seconds the party speaks into a recording that begins now."""

    def talks(self, with_person: bool) -> None:
        """A talk begins, with a person or with a mailbox."""

    def is_alone(self) -> None:
        """The talk is over, the leg is not."""

    def is_over(self) -> None:
        """The leg has ended."""


@dataclass(frozen=True)
class Reports:
    """Where status callbacks go, and for which events."""

    url: str
    events: frozenset[str] = frozenset({"completed"})
    method: str = "POST"


def reports_of(
    attributes: Mapping[str, str], absolute: Callable[[str, str], Request]
) -> Reports | None:
    """The status callback that a noun of Dial asks for."""
    url = attributes.get("statusCallback")
    if not url:
        return None
    request = absolute(url, attributes.get("statusCallbackMethod", "POST"))
    events = frozenset(attributes.get("statusCallbackEvent", "completed").split())
    return Reports(request.url, events, request.method)


@dataclass
class Story:
    """What happened on a leg, as it happens."""

    said: list[Said] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    keys: str = ""
    message: timedelta | None = None
    first_words_at: datetime | None = None
    ended_by: EndedBy | None = None
    sound: Sound = Sound.RINGBACK
    quiet_since: datetime | None = None
    longest_silence: timedelta = timedelta(0)
    longest_whisper: timedelta = timedelta(0)

    def hears(self, now: datetime, sound: Sound) -> None:
        """From now on the ear hears `sound`."""
        if sound is self.sound:
            return
        self.longest_silence = max(self.longest_silence, self._quiet(Sound.SILENCE, now))
        self.longest_whisper = max(self.longest_whisper, self._quiet(Sound.WHISPER, now))
        self.quiet_since = now if sound in (Sound.SILENCE, Sound.WHISPER) else None
        self.sound = sound

    def silence(self, now: datetime) -> timedelta:
        """The longest silence up to `now`."""
        return max(self.longest_silence, self._quiet(Sound.SILENCE, now))

    def _quiet(self, sound: Sound, now: datetime) -> timedelta:
        quiet = self.quiet_since is not None and self.sound is sound
        return now - self.quiet_since if quiet and self.quiet_since else timedelta(0)


@dataclass(eq=False)
class Leg:
    """One telephone connection."""

    sid: CallSid
    direction: Direction
    origin: str  # From
    to: str  # To
    asked_at: datetime
    party: Party
    status: Status = Status.QUEUED
    parent: "Leg | None" = None
    reports: Reports | None = None
    fallback: str | None = None
    fallback_method: str = "POST"
    rung_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    gathering: bool = False
    rung_while_busy: bool = False
    shown: str = ""
    behaviour: str = ""
    sequence: int = 0
    partners: list["Leg"] = field(default_factory=list)
    overheard: list["Leg"] = field(default_factory=list)  # heard without being heard by them
    extra: tuple[tuple[str, str], ...] = ()  # SIP parameters and the like
    story: Story = field(default_factory=Story)
    progress: Progress = field(default_factory=Progress)
    inbox: deque[object] = field(default_factory=deque)
    asked: deque[datetime] = field(default_factory=lambda: deque(maxlen=50))  # for documents
    on_over: Callable[[], None] | None = None  # told when the leg ends

    @property
    def over(self) -> bool:
        """Whether the leg has ended."""
        return self.status in FINAL
