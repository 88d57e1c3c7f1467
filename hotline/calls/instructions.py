"""What a carrier is told to do with a leg next; only `webhooks/twiml.py` knows its XML."""

from dataclasses import dataclass
from enum import Enum, auto

from hotline.config.settings import Language


@dataclass(frozen=True)
class Say:
    """Speak a sentence."""

    words: str
    language: Language


@dataclass(frozen=True)
class Text:
    """Answer a text with another one."""

    words: str


@dataclass(frozen=True)
class Pause:
    """Silence, whole seconds."""

    seconds: int


@dataclass(frozen=True)
class Ask:
    """Speak, and take one key; a key goes to `path`, none goes on with the next step."""

    prompts: tuple[Say, ...]
    path: str
    seconds: int  # of patience after the last prompt


@dataclass(frozen=True)
class AskNumber:
    """Speak, and take keys until hash; they go to `path`, none goes on with the next step."""

    prompts: tuple[Say, ...]
    path: str
    seconds: int  # of patience after the last prompt, and between two keys


@dataclass(frozen=True)
class Wait:
    """Queue the caller; `visit` drives the wait, `left` is asked when it ends."""

    queue: str
    visit: str
    left: str


@dataclass(frozen=True)
class Leave:
    """Take the caller out of the queue, to its `left` path."""


@dataclass(frozen=True)
class GoTo:
    """Continue with the instructions of another path."""

    path: str


@dataclass(frozen=True)
class HangUp:
    """End the leg."""


class Manner(Enum):
    """How somebody takes part in a room."""

    TALKS = auto()  # the room lives as long as they are in it
    HELPS = auto()  # talks, and may leave the others to themselves
    LISTENS = auto()  # is heard by nobody
    COACHES = auto()  # is heard by one alone


@dataclass(frozen=True)
class Meet:
    """Join the conversation's room; `alone` drives the wait for the other, `after` its end.

    events: asked when somebody joins. star: the star key leaves the room, for `after`.
    coached: the carrier's id of the one leg that a coach speaks to.
    """

    room: str
    alone: str
    after: str
    longest: int  # seconds
    events: str | None = None
    manner: Manner = Manner.TALKS
    star: bool = False
    coached: str | None = None


@dataclass(frozen=True)
class RingOne:
    """Ring one telephone from the caller's own leg, without REST; bridged when its whisper ends."""

    address: str
    caller_id: str
    whisper: str | None
    after: str
    ring: int  # seconds
    longest: int  # seconds
    byoc: str | None = None  # the trunk of our own to ring a telephone over


@dataclass(frozen=True)
class TakeMessage:
    """Record the caller; silence goes on with the next step."""

    after: str
    longest: int  # seconds


@dataclass(frozen=True)
class DropOut:
    """Leave the room one stands alone in: an error answer is the only way out of its waiting."""


Question = Ask | AskNumber
Step = (
    Say
    | Text
    | Pause
    | Question
    | Wait
    | Leave
    | GoTo
    | HangUp
    | Meet
    | RingOne
    | TakeMessage
    | DropOut
)
Instructions = tuple[Step, ...]
