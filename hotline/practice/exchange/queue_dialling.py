"""What happens when a call dials a queue to take its first member?"""

from hotline.practice.exchange.dialling import LONGEST_TALK, RING_SECONDS
from hotline.practice.exchange.endings import answered
from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg, Sound
from hotline.practice.exchange.queueing import MemberGone
from hotline.practice.exchange.rooms import Queue
from hotline.practice.exchange.scenes import Played, Scene
from hotline.practice.exchange.scripts import (
    Dequeued,
    Request,
    RoomOver,
    Script,
    deliver,
    interrupt,
    wait,
)
from hotline.practice.twiml.documents import Verb


def dial_queue(scene: Scene, dial: Verb, noun: Verb) -> Played:
    """Dial Queue: the first member, waiting for one up to the timeout."""
    exchange, leg = scene.exchange, scene.leg
    answered(exchange, leg)
    queue = exchange.rooms.queues.get(noun.text)
    if queue is None:
        exchange.trouble(leg, 13235, "no such queue")
        return _action(scene, dial, "failed")
    scene.ear(Sound.MUSIC)
    yield from _first_member(queue, leg, dial.number("timeout", RING_SECONDS))
    if not queue.members:
        return _action(scene, dial, "no-answer")
    member = queue.members.pop(0)
    whisper = _whisper(scene, noun, queue) if noun.says("url") else None
    taken = Dequeued(leg, whisper)
    interrupt(exchange.line, member.leg, taken)
    exchange.line.soon(lambda: _unless_there(exchange, leg, member.leg))
    try:
        yield from _until_gone(dial.number("timeLimit", LONGEST_TALK))
    finally:
        interrupt(exchange.line, member.leg, RoomOver(), lambda: taken.lasts)
    return _action(scene, dial, "completed")


def _first_member(queue: Queue, leg: Leg, seconds: float) -> Script[None]:
    if queue.members:
        return
    queue.dialled_by.append(leg)
    try:
        yield from wait(seconds)
    finally:
        queue.dialled_by.remove(leg)


def _unless_there(exchange: Exchange, leg: Leg, member: Leg) -> None:
    """The member hung up at the very instant it was taken."""
    if member.over:
        deliver(exchange.line, leg, MemberGone())


def _until_gone(seconds: float) -> Script[None]:
    while True:
        event = yield from wait(seconds)
        if event is None or isinstance(event, MemberGone):
            return


def _whisper(scene: Scene, noun: Verb, queue: Queue) -> Request:
    extra = (("QueueSid", queue.sid), ("DequeingCallSid", scene.leg.sid))
    return scene.to(noun.says("url"), noun.says("method", "POST"), extra)


def _action(scene: Scene, dial: Verb, outcome: str) -> Request | None:
    if not dial.says("action"):
        return None
    return scene.request(dial, "action", (("DialCallStatus", outcome),))
