"""What does a caller go through in a queue?"""

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg, Sound
from hotline.practice.exchange.meeting.rooms import Member, Queue
from hotline.practice.exchange.reaching.endings import answered, end, join, part
from hotline.practice.exchange.scenes import Fields, Played, Scene
from hotline.practice.exchange.scripts import (
    Dequeued,
    Finished,
    HungUp,
    Moved,
    Request,
    RoomOver,
    Script,
    deliver,
    sleep,
    wait,
)
from hotline.practice.exchange.webhooks import notify, remark_numbers
from hotline.practice.record import EndedBy
from hotline.practice.twiml.documents import Refused, Verb
from hotline.practice.twiml.grammar import Setting

MOST_MEMBERS = 1000
SHORTEST_VISIT = 1.0  # seconds between two visits of a waitUrl whose document takes no time


def enqueue(scene: Scene, verb: Verb) -> Played:
    """Enqueue: wait until let go, dequeued, moved, or the caller hangs up."""
    answered(scene.exchange, scene.leg)
    queue = _queue(scene.exchange, scene.leg, verb)
    if len(queue.members) >= queue.size:
        return _action(scene, verb, queue, "queue-full", 0)
    member = Member(scene.leg, scene.exchange.line.now())
    queue.members.append(member)
    _wake_diallers(scene.exchange, queue)
    try:
        result = yield from _waiting(scene, verb, queue, member)
    except (HungUp, Finished):
        end(scene.exchange, scene.leg, EndedBy.HOTLINE)  # nothing new if the caller hung up
        _tell(scene, verb, queue, "hangup", member)
        raise
    except Moved:
        _tell(scene, verb, queue, "redirected", member)
        raise
    finally:
        _leave(scene.exchange, queue, member)
    return _action(scene, verb, queue, result, _waited(scene.exchange, member))


def _queue(exchange: Exchange, leg: Leg, verb: Verb) -> Queue:
    size = verb.number("maxQueueSize", MOST_MEMBERS)
    remark_numbers(exchange, leg, verb.text)
    known = exchange.rooms.queues.get(verb.text)
    if known is None:
        known = exchange.rooms.queues[verb.text] = Queue(exchange.new_sid("QU"), verb.text, size)
    known.size = size
    return known


def _waiting(scene: Scene, verb: Verb, queue: Queue, member: Member) -> Script[str]:
    try:
        return (yield from _visits(scene, verb, queue, member))
    except Dequeued as taken:
        return (yield from _bridged(scene, taken, queue, member))
    except RoomOver:
        return "leave"


def _visits(scene: Scene, verb: Verb, queue: Queue, member: Member) -> Script[str]:
    """The waitUrl again and again; without one music, with an empty one silence."""
    url = verb.attributes.get("waitUrl")
    if not url:
        scene.ear(Sound.MUSIC if url is None else Sound.SILENCE)
        while True:
            yield from wait(None)
    while True:
        began = scene.exchange.line.now()
        extra = _visit(scene.exchange, queue, member)
        request: Request | None = scene.to(url, verb.says("waitUrlMethod", "POST"), extra)
        while request is not None:
            request = yield from scene.play(scene.exchange, scene.leg, request, Setting.WAIT)
        if scene.exchange.line.now() == began:
            yield from sleep(SHORTEST_VISIT)


def _visit(exchange: Exchange, queue: Queue, member: Member) -> Fields:
    return (
        ("QueueSid", queue.sid),
        ("QueuePosition", str(queue.place(member))),
        ("QueueTime", str(_waited(exchange, member))),
        ("AvgQueueTime", str(queue.average_wait())),
        ("CurrentQueueSize", str(len(queue.members))),
        ("MaxQueueSize", str(queue.size)),
    )


def _bridged(scene: Scene, taken: Dequeued, queue: Queue, member: Member) -> Script[str]:
    """The whisper to the member, then the talk with whoever dialled the queue."""
    _leave(scene.exchange, queue, member)
    taken.lasts = True
    try:
        yield from _before_bridge(scene, taken.whisper)
        join(scene.exchange, scene.leg, taken.by)
        while True:
            yield from wait(None)
    except RoomOver:
        return "bridged"
    finally:
        taken.lasts = False
        part(scene.exchange, scene.leg, taken.by)
        deliver(scene.exchange.line, taken.by, MemberGone())


def _before_bridge(scene: Scene, whisper: Request | None) -> Script[None]:
    request = whisper
    try:
        while request is not None:
            request = yield from scene.play(
                scene.exchange, scene.leg, request, Setting.BEFORE_BRIDGE
            )
    except Refused as refused:
        scene.exchange.trouble(scene.leg, refused.code, refused.sentence)


class MemberGone:
    """Delivered to the leg that dialled a queue: its member has gone."""


class MemberCame:
    """Delivered to a leg that dials an empty queue: look again."""


def _wake_diallers(exchange: Exchange, queue: Queue) -> None:
    for leg in queue.dialled_by[:1]:
        deliver(exchange.line, leg, MemberCame())


def _leave(exchange: Exchange, queue: Queue, member: Member) -> None:
    if member in queue.members:
        queue.members.remove(member)
        queue.waits.append(float(_waited(exchange, member)))


def _waited(exchange: Exchange, member: Member) -> int:
    return round((exchange.line.now() - member.since).total_seconds())


def _result(queue: Queue, result: str, seconds: int) -> Fields:
    return (("QueueResult", result), ("QueueSid", queue.sid), ("QueueTime", str(seconds)))


def _action(scene: Scene, verb: Verb, queue: Queue, result: str, seconds: int) -> Request | None:
    if not verb.says("action"):
        return None
    return scene.request(verb, "action", _result(queue, result, seconds))


def _tell(scene: Scene, verb: Verb, queue: Queue, result: str, member: Member) -> None:
    request = _action(scene, verb, queue, result, _waited(scene.exchange, member))
    if request is not None:
        notify(scene.exchange, scene.leg, request)
