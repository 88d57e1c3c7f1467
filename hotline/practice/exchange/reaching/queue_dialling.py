"""What happens when a call dials a queue to take its first member?"""

from hotline.practice.exchange.legs import Leg, Sound
from hotline.practice.exchange.meeting.queueing import MemberGone
from hotline.practice.exchange.meeting.rooms import Member, Queue
from hotline.practice.exchange.reaching.dialling import LONGEST_TALK, RING_SECONDS
from hotline.practice.exchange.reaching.endings import answered
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
    member = queue.first()
    if member is None:
        return _action(scene, dial, "no-answer")
    taken = _take(scene, noun, queue, member)
    try:
        yield from _until_gone(dial.number("timeLimit", LONGEST_TALK))
    finally:
        interrupt(exchange.line, member.leg, RoomOver(), lambda: taken.lasts)
    return _action(scene, dial, "completed")


def _take(scene: Scene, noun: Verb, queue: Queue, member: Member) -> Dequeued:
    """Tell the member; if it left at this very instant, tell the call that dials."""
    line, leg = scene.exchange.line, scene.leg
    taken = Dequeued(leg, _whisper(scene, noun, queue) if noun.says("url") else None)
    member.taken = True
    interrupt(line, member.leg, taken, lambda: member in queue.members)
    line.soon(lambda: None if taken.lasts else deliver(line, leg, MemberGone()))
    return taken


def _first_member(queue: Queue, leg: Leg, seconds: float) -> Script[None]:
    if queue.first() is not None:
        return
    queue.dialled_by.append(leg)
    try:
        yield from wait(seconds)
    finally:
        queue.dialled_by.remove(leg)


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
