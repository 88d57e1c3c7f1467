"""What happens when a call dials telephones?"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hotline.practice.exchange.legs import Direction, Leg, Sound, Status, reports_of
from hotline.practice.exchange.lives import life
from hotline.practice.exchange.reaching.endings import answered, end, hang_up, join, part
from hotline.practice.exchange.reaching.handsets import Key
from hotline.practice.exchange.reaching.ringing import phone_leg, rung
from hotline.practice.exchange.scenes import Fields, Played, Scene
from hotline.practice.exchange.scripts import (
    Finished,
    HungUp,
    Interrupt,
    Moved,
    Request,
    Script,
    begin,
    deliver,
    wait,
    wait_until,
)
from hotline.practice.exchange.webhooks import notify
from hotline.practice.record import EndedBy
from hotline.practice.twiml.documents import Refused, Verb
from hotline.practice.twiml.grammar import Setting

RING_SECONDS = 30
ALWAYS_LONGER = 5  # seconds that Twilio adds to every ring
LONGEST_TALK = 4 * 3600


class Through:
    """Delivered to the parent when the winner's whisper is over."""


class Over:
    """Delivered to the parent when a child has ended or gone elsewhere."""


@dataclass(eq=False)
class Ring:
    """The telephones that one Dial rings, and the one that picked up first."""

    scene: Scene
    dial: Verb
    shown: str
    children: list[Leg] = field(default_factory=list)
    winner: Leg | None = None
    bridged_at: datetime | None = None
    closed: bool = False

    def ringing(self) -> list[Leg]:
        """Children that may still answer, or talk."""
        return [child for child in self.children if not child.over]


def dial_phones(scene: Scene, dial: Verb) -> Played:
    """Dial Number, Sip and Client: the first to pick up is bridged, after its whisper."""
    exchange, leg = scene.exchange, scene.leg
    ring = Ring(scene, dial, dial.says("callerId") or leg.origin)
    if not _may_show(scene, ring.shown, explicit=dial.says("callerId")):
        exchange.trouble(leg, 13214, "callerId must be a number of the account")
        return _action(ring, "failed")
    if not (dial.wants("answerOnBridge") and scene.first):
        answered(exchange, leg)
    scene.ear(Sound.RINGBACK)
    leg.gathering = dial.wants("hangupOnStar")
    try:
        yield from _rounds(ring)
    except Interrupt as news:
        _tell_the_action(ring, news)
        raise
    finally:
        _close(ring)
    scene.ear(Sound.SILENCE)
    return _action(ring, _outcome(ring))


def _may_show(scene: Scene, shown: str, explicit: str) -> bool:
    """After a call that came by SIP only a number of the account's may be shown."""
    owns = scene.exchange.account.owns(shown)
    if scene.leg.origin.startswith("sip:"):
        return bool(explicit) and shown not in {scene.leg.origin, scene.leg.to} and owns
    return owns or shown in {scene.leg.origin, scene.leg.to}


def _rounds(ring: Ring) -> Script[None]:
    """All nouns at once, or one after the other."""
    nouns = ring.dial.children or (Verb("Number", {}, ring.dial.text),)
    rounds = [(noun,) for noun in nouns] if ring.dial.wants("sequential") else [nouns]
    for together in rounds:
        for noun in together:
            _start(ring, noun)
        yield from _until_over(ring)
        if ring.winner is not None:
            return


def _start(ring: Ring, noun: Verb) -> None:
    scene = ring.scene
    to = f"client:{noun.text}" if noun.name == "Client" else noun.text
    child = phone_leg(scene.exchange, Direction.DIALLED, to, ring.shown)
    child.parent = scene.leg
    child.reports = reports_of(noun.attributes, scene.to)
    child.on_over = lambda: _deliver(ring, Over())
    ring.children.append(child)
    begin(scene.exchange.line, child, _child(ring, noun, child))


def _deliver(ring: Ring, event: object) -> None:
    if not ring.closed:
        deliver(ring.scene.exchange.line, ring.scene.leg, event)


def _until_over(ring: Ring) -> Script[None]:
    line, deadline = ring.scene.exchange.line, None
    while ring.ringing():
        event = yield from wait_until(line, deadline)
        if isinstance(event, Through):
            limit = ring.dial.number("timeLimit", LONGEST_TALK)
            deadline = line.now() + timedelta(seconds=limit)
        if event is None or (isinstance(event, Key) and event.digit == "*"):
            return
        if ring.winner is not None and ring.winner not in ring.ringing():
            return


def _child(ring: Ring, noun: Verb, child: Leg) -> Script[None]:
    """One telephone: ring, whisper, talk."""
    exchange, parent = ring.scene.exchange, ring.scene.leg
    longest = ring.dial.number("timeout", RING_SECONDS) + ALWAYS_LONGER
    try:
        if not (yield from rung(exchange, child, longest)):
            return
        _wins(ring, child)
        yield from _whisper(ring, noun, child)
        yield from _talk(ring, child)
    except HungUp:
        return
    except (Finished, Refused) as reason:
        if isinstance(reason, Refused):
            exchange.trouble(child, reason.code, reason.sentence)
        end(exchange, child, EndedBy.HOTLINE)
    except Moved as moved:
        part(exchange, child, parent)
        ring.children.remove(child)
        _deliver(ring, Over())
        child.on_over = None
        yield from life(exchange, child, moved.request, ring.scene.play)


def _wins(ring: Ring, child: Leg) -> None:
    """The first to pick up: all others stop at once, even those who would at this very instant."""
    ring.winner = child
    if ring.scene.leg.answered_at is not None:  # answerOnBridge keeps the ringback
        ring.scene.ear(Sound.WHISPER)
    for other in ring.ringing():
        if other is not child:
            hang_up(ring.scene.exchange, other, EndedBy.HOTLINE)


def _whisper(ring: Ring, noun: Verb, child: Leg) -> Script[None]:
    if not noun.says("url"):
        return
    scene = ring.scene
    request: Request | None = scene.to(noun.says("url"), noun.says("method", "POST"))
    while request is not None:
        request = yield from scene.play(scene.exchange, child, request, Setting.WHISPER)


def _talk(ring: Ring, child: Leg) -> Script[None]:
    scene = ring.scene
    answered(scene.exchange, scene.leg)
    ring.bridged_at = scene.exchange.line.now()
    join(scene.exchange, scene.leg, child)
    _deliver(ring, Through())
    while True:
        yield from wait(None)


def _close(ring: Ring) -> None:
    ring.closed = True
    ring.scene.leg.gathering = False
    for child in ring.ringing():
        hang_up(ring.scene.exchange, child, EndedBy.HOTLINE)


def _tell_the_action(ring: Ring, news: Interrupt) -> None:
    """The caller hung up: the action learns of it, its answer is not played."""
    if isinstance(news, HungUp):
        request = _action(ring, "completed" if ring.winner else "canceled")
        if request is not None:
            notify(ring.scene.exchange, ring.scene.leg, request)


def _outcome(ring: Ring) -> str:
    if ring.winner is not None:
        return Status.COMPLETED.value
    ends = {child.status for child in ring.children}
    for status in (Status.NO_ANSWER, Status.BUSY, Status.FAILED):
        if status in ends:
            return status.value
    return Status.NO_ANSWER.value


def _action(ring: Ring, outcome: str) -> Request | None:
    if not ring.dial.says("action"):
        return None
    return ring.scene.request(ring.dial, "action", _fields(ring, outcome))


def _fields(ring: Ring, outcome: str) -> Fields:
    bridged = (("DialBridged", "true" if ring.bridged_at else "false"),)
    if ring.winner is None:
        return (("DialCallStatus", outcome), *bridged)
    since = ring.bridged_at or ring.scene.exchange.line.now()
    seconds = (ring.scene.exchange.line.now() - since).total_seconds()
    return (
        ("DialCallStatus", outcome),
        *bridged,
        ("DialCallSid", ring.winner.sid),
        ("DialCallDuration", str(round(seconds))),
    )
