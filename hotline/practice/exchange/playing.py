"""How is one document played on a leg?"""

from collections.abc import Callable

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg
from hotline.practice.exchange.meeting.conferring import confer
from hotline.practice.exchange.meeting.queueing import enqueue
from hotline.practice.exchange.meeting.recording import record
from hotline.practice.exchange.reaching.dialling import dial_phones
from hotline.practice.exchange.reaching.queue_dialling import dial_queue
from hotline.practice.exchange.scenes import Played, Scene
from hotline.practice.exchange.scripts import Request
from hotline.practice.exchange.verbs import gather, hangup, leave, pause, redirect, reject, spoken
from hotline.practice.exchange.webhooks import fetched
from hotline.practice.twiml.documents import Verb
from hotline.practice.twiml.grammar import Setting


def dial(scene: Scene, verb: Verb) -> Played:
    """Dial: telephones, a conference or a queue."""
    noun = verb.children[0] if verb.children else None
    if noun is not None and noun.name == "Conference":
        return (yield from confer(scene, verb, noun))
    if noun is not None and noun.name == "Queue":
        return (yield from dial_queue(scene, verb, noun))
    return (yield from dial_phones(scene, verb))


VERBS: dict[str, Callable[[Scene, Verb], Played]] = {
    "Say": spoken,
    "Play": spoken,
    "Pause": pause,
    "Gather": gather,
    "Enqueue": enqueue,
    "Leave": leave,
    "Redirect": redirect,
    "Hangup": hangup,
    "Reject": reject,
    "Dial": dial,
    "Record": record,
}


def play(exchange: Exchange, leg: Leg, request: Request, setting: Setting) -> Played:
    """Fetch the document at `request` and play it; the document that comes next, or None."""
    document = yield from fetched(exchange, leg, request, setting)
    for place, verb in enumerate(document.verbs):
        leg.inbox.clear()
        scene = Scene(exchange, leg, request, setting, play, first=place == 0)
        following = yield from VERBS[verb.name](scene, verb)
        if following is not None:
            return following
    return None
