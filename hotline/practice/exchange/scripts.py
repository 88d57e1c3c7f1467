"""How does a leg do one thing after another while time passes and others interrupt?

A script is a generator: it yields what it waits for and is resumed with what came.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from hotline.practice.exchange.timeline import Action, Errand, Moment, Timeline

if TYPE_CHECKING:
    from hotline.practice.exchange.legs import Leg

T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """A document to fetch: absolute URL, method, parameters beyond the usual ones."""

    url: str
    method: str = "POST"
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Wait:
    """Until something is delivered, or so many seconds at most."""

    seconds: float | None


@dataclass(frozen=True)
class Ask:
    """An answer from outside. `run` is called without the lock; its outcome resumes the script."""

    run: Callable[[], object]


Effect = Wait | Ask
Script: TypeAlias = Generator[Effect, object, T]


class Interrupt(Exception):  # noqa: N818 - it is news, not an error
    """Thrown into a script wherever it stands."""


class HungUp(Interrupt):
    """The leg has ended; nothing more can be heard."""


@dataclass(eq=False)
class Moved(Interrupt):
    """The REST API gives the leg another document."""

    request: Request


class RoomOver(Interrupt):
    """The conference has ended for this leg, or the queue let it go."""


class RoomStarts(Interrupt):
    """The conference begins to talk."""


@dataclass(eq=False)
class Dequeued(Interrupt):
    """Somebody dials the queue and takes this member."""

    by: "Leg"
    whisper: Request | None
    lasts: bool = False  # until the member is let go


class Finished(Exception):  # noqa: N818 - the regular end
    """The document ends the leg."""


class CarrierError(Exception):
    """Twilio gives the call up: "an application error has occurred"."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass
class Progress:
    """Where a leg's script stands. `ticket` makes an answer that comes too late harmless."""

    script: Script[None] | None = None
    ticket: int = 0
    waiting: bool = False
    timer: Moment | None = None


def begin(line: Timeline, leg: "Leg", script: Script[None]) -> None:
    """Start a leg's script."""
    leg.progress.script = script
    _go_on(line, leg, lambda: next(script))


def deliver(line: Timeline, leg: "Leg", event: object) -> None:
    """Wake the leg's script with `event`, or keep it until it waits."""

    def arrive() -> None:
        script = leg.progress.script
        if script is not None and leg.progress.waiting:
            _go_on(line, leg, lambda: script.send(event))
        elif script is not None:
            leg.inbox.append(event)

    line.soon(arrive)


def interrupt(
    line: Timeline, leg: "Leg", news: Interrupt, still: Callable[[], bool] | None = None
) -> None:
    """Throw `news` into the leg's script, wherever it stands, if it is `still` true by then.

    Without a condition, and when moved, the script stops at once, so that nothing due at this very
    instant goes on. (A leg that is moved and no longer there by then has been hung up instead.)
    """

    def strike() -> None:
        script = leg.progress.script
        if script is not None and (still is None or still()):
            _go_on(line, leg, lambda: script.throw(news))

    if still is None or isinstance(news, Moved):
        _stop(leg.progress)
    line.soon(strike)


def _stop(progress: Progress) -> None:
    """Whatever the script waited for will not resume it."""
    progress.ticket += 1
    progress.waiting = False
    if progress.timer is not None:
        progress.timer.cancel()
        progress.timer = None


def _go_on(line: Timeline, leg: "Leg", move: Callable[[], Effect]) -> None:
    progress = leg.progress
    _stop(progress)
    script = progress.script
    assert script is not None
    try:
        effect = move()
        while isinstance(effect, Wait) and leg.inbox:
            effect = script.send(leg.inbox.popleft())
    except StopIteration:
        progress.script = None
        return
    _arrange(line, leg, script, effect)


def _arrange(line: Timeline, leg: "Leg", script: Script[None], effect: Effect) -> None:
    progress, ticket = leg.progress, leg.progress.ticket

    def resume(outcome: object) -> None:
        if progress.ticket == ticket:
            _go_on(line, leg, lambda: script.send(outcome))

    if isinstance(effect, Ask):
        line.send(Errand(lambda: _answer(effect.run(), resume)))
        return
    progress.waiting = True
    if effect.seconds is not None:
        progress.timer = line.after(effect.seconds, lambda: resume(None))


def _answer(outcome: object, resume: Callable[[object], None]) -> Action:
    return lambda: resume(outcome)


def wait(seconds: float | None) -> Script[object]:
    """What was delivered first, or None when the time was over."""
    return (yield Wait(seconds))


def wait_until(line: Timeline, deadline: datetime | None) -> Script[object]:
    """What was delivered first, or None when `deadline` came."""
    if deadline is None:
        return (yield Wait(None))
    return (yield Wait(max(0.0, (deadline - line.now()).total_seconds())))


def sleep(seconds: float) -> Script[None]:
    """Let time pass, whatever is delivered meanwhile."""
    yield Wait(seconds)
