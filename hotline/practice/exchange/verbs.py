"""What do Say, Play, Pause, Gather, Redirect, Hangup, Reject and Leave do to a leg?"""

from hotline.practice.exchange.legs import Sound, Status
from hotline.practice.exchange.reaching.endings import answered, end
from hotline.practice.exchange.reaching.handsets import Key
from hotline.practice.exchange.scenes import Played, Scene
from hotline.practice.exchange.scripts import Finished, RoomOver, Script, sleep, wait
from hotline.practice.parties.speech import seconds_to_say
from hotline.practice.record import EndedBy
from hotline.practice.twiml.documents import Verb
from hotline.practice.twiml.grammar import Setting

PLAY_SECONDS = 10.0  # every recording; the practice carrier fetches none
TONE_SECONDS = 0.5
ENDLESS = 1000  # Twilio's bound of loop="0"
GATHER_SECONDS = 5


def utter(scene: Scene, verb: Verb) -> Script[object]:
    """Play one of Say, Play and Pause; what cut it short, or None."""
    if verb.name == "Pause":
        scene.ear(Sound.SILENCE)
        return (yield from wait(verb.number("length", 1)))
    words, seconds = words_of(verb)
    loops = verb.number("loop", 1) or ENDLESS
    now, story = scene.exchange.line.now(), scene.leg.story
    story.first_words_at = story.first_words_at or now
    scene.ear(Sound.WORDS)
    scene.exchange.said(scene.leg, "hotline", words)
    scene.leg.party.hears(words, seconds)
    event = yield from wait(seconds * loops)
    scene.ear(Sound.SILENCE)
    return event


def words_of(verb: Verb) -> tuple[str, float]:
    """What Say or Play is heard as, and the seconds it takes."""
    if verb.name == "Say":
        return verb.text, seconds_to_say(verb.text)
    digits = verb.says("digits")
    if digits:
        return f"(tones {digits})", TONE_SECONDS * len(digits)
    return f"(recording {verb.text})", PLAY_SECONDS


def spoken(scene: Scene, verb: Verb) -> Played:
    """Say and Play: pick up and be heard."""
    answered(scene.exchange, scene.leg)
    yield from utter(scene, verb)
    return None


def pause(scene: Scene, verb: Verb) -> Played:
    """Pause: as a first verb it delays the pick-up."""
    if scene.leg.answered_at is not None:
        scene.ear(Sound.SILENCE)
    yield from sleep(verb.number("length", 1))
    return None


def gather(scene: Scene, verb: Verb) -> Played:
    """Gather: prompts, then keys; without keys the next verb."""
    answered(scene.exchange, scene.leg)
    scene.leg.gathering = "dtmf" in verb.says("input", "dtmf")
    try:
        first = yield from _prompts(scene, verb)
        digits, finished = yield from _keys(scene, verb, first)
    finally:
        scene.leg.gathering = False
    if not digits and not verb.wants("actionOnEmptyResult"):
        return None
    extra = (("Digits", digits), ("FinishedOnKey", finished), ("msg", "Gather End"))
    return scene.request(verb, "action", extra)


def _prompts(scene: Scene, verb: Verb) -> Script[Key | None]:
    first: Key | None = None
    for prompt in verb.children:
        event = yield from utter(scene, prompt)
        if isinstance(event, Key):
            first = event
            break
    scene.ear(Sound.SILENCE)
    if first is None:
        scene.leg.party.is_asked()
    return first


def _keys(scene: Scene, verb: Verb, first: Key | None) -> Script[tuple[str, str]]:
    """The digits without the finish key, and the finish key if it was pressed."""
    timeout = verb.number("timeout", GATHER_SECONDS)
    finish, most = verb.says("finishOnKey", "#"), verb.number("numDigits", 1000)
    digits, key = "", first
    if most > 1:
        scene.ear(Sound.TURN)
    while True:
        if key is not None and key.digit in finish:
            return digits, key.digit
        digits += key.digit if key is not None else ""
        if len(digits) >= most:
            return digits, ""
        event = yield from wait(timeout)
        if not isinstance(event, Key):
            return digits, ""
        key = event


def redirect(scene: Scene, verb: Verb) -> Played:
    """Redirect: another document; empty is the current one again."""
    yield from ()
    return scene.to(verb.text, verb.says("method", "POST"))


def hangup(scene: Scene, verb: Verb) -> Played:
    """Hangup: picks up first if nobody has, and bills."""
    yield from ()
    answered(scene.exchange, scene.leg)
    raise Finished


def reject(scene: Scene, verb: Verb) -> Played:
    """Reject: the caller hears a busy tone, or that the number is not in service."""
    yield from ()
    if scene.leg.answered_at is None:
        scene.exchange.said(scene.leg, "carrier", f"({verb.says('reason', 'rejected')} tone)")
        end(scene.exchange, scene.leg, EndedBy.HOTLINE, Status.BUSY)
    raise Finished


def leave(scene: Scene, verb: Verb) -> Played:
    """Leave: out of the queue; outside of one the call ends."""
    yield from ()
    if scene.setting is Setting.WAIT:
        raise RoomOver
    raise Finished
