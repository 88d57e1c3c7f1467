"""How we reach the outside: the clock, the carrier, and people outside of calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NewType, Protocol

Clock = Callable[[], datetime]
CallSid = NewType("CallSid", str)


def system_clock() -> datetime:
    """Now, aware, in UTC: the only place that asks the machine."""
    return datetime.now(UTC)


class PortError(Exception):
    """The outside failed. Retried only if not permanent."""

    def __init__(self, sentence: str, *, permanent: bool) -> None:
        super().__init__(sentence)
        self.permanent = permanent


class AnswerLostError(PortError):
    """The carrier may or may not have done it: its answer never came."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, permanent=False)


class LegOverError(PortError):
    """The leg that was to be moved has ended."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, permanent=True)


@dataclass(frozen=True)
class LegOrder:
    """A telephone to ring: `tel:`, `sip:` or `client:`. Paths are below the public URL."""

    to: str
    answered_path: str
    status_path: str
    ring_seconds: int
    shown: str | None = None  # the number on the display; None: carrier.caller_id


@dataclass(frozen=True)
class Dialled:
    """A caller's leg as the carrier lists it. number: as it came, withheld or not; ended: None,
    it is not over.
    """

    sid: str
    number: str
    dialled: str
    began: datetime
    ended: datetime | None


@dataclass(frozen=True)
class Recorded:
    """A message as the carrier lists it. call: the leg on which it was spoken."""

    sid: str
    call: str
    at: datetime
    seconds: int


class Carrier(Protocol):
    """What we ask of a telephone carrier outside of its own webhooks. Each may raise PortError."""

    def ring(self, order: LegOrder) -> CallSid:
        """Start a leg; returns as soon as the carrier has queued it."""

    def move(self, sid: CallSid, path: str) -> None:
        """Have a call in progress fetch its next instructions from `path`.

        Raises LegOverError if it has ended.
        """

    def release(self, sid: CallSid) -> None:
        """Stop a leg that still rings. One that was answered goes on, and is no error."""

    def hang_up(self, sid: CallSid) -> None:
        """End a leg, ringing or talking. One that has ended already is no error."""

    def announce(self, room: str, path: str, to: CallSid | None) -> None:
        """Have what is at `path` said in a room, to one leg in it or, without, to everybody."""

    def recording(self, sid: str) -> bytes:
        """A message as a WAV file. Right after the call it may not be there yet: a PortError."""

    def erase_recording(self, sid: str) -> None:
        """Delete a recording for good. One that is gone already is no error."""

    def dialled_since(self, since: datetime) -> Sequence[Dialled]:
        """The callers' legs that began at `since` or later, perhaps with older ones."""

    def recorded_since(self, since: datetime) -> Sequence[Recorded]:
        """The messages that were recorded since, likewise, and that are there by now."""


@dataclass(frozen=True)
class Telling:
    """What a notice says. title: the site's name; neither holds a caller's number."""

    title: str
    words: str


class Notifier(Protocol):
    """How a person is told something outside of calls. Each may raise PortError.

    A notice that comes twice does no harm; so a lost answer is tried again.
    """

    def by_url(self, url: str, telling: Telling) -> None:
        """Through an apprise URL: enterprise chat, mail, a gateway. The URL is a secret."""

    def by_text(self, to: str, telling: Telling) -> None:
        """As an SMS to a `tel:` address, through the carrier."""
