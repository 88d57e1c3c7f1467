"""What does Record make of somebody's voice?"""

from datetime import timedelta

from hotline.practice.exchange.exchange import Recording
from hotline.practice.exchange.legs import Sound
from hotline.practice.exchange.reaching.endings import answered
from hotline.practice.exchange.scenes import Fields, Played, Scene
from hotline.practice.exchange.scripts import HungUp, Request, Script, sleep
from hotline.practice.exchange.webhooks import API_VERSION, notify, tell
from hotline.practice.twiml.documents import Verb

LONGEST = 3600
SILENCE_SECONDS = 5
CALLBACK_SECONDS = 2.0
BEEP_SECONDS = 1.0


def record(scene: Scene, verb: Verb) -> Played:
    """Record: a message ends after silence; silence alone asks for nothing."""
    exchange, leg = scene.exchange, scene.leg
    answered(exchange, leg)
    yield from _beep(scene, verb)
    silence, longest = verb.number("timeout", SILENCE_SECONDS), verb.number("maxLength", LONGEST)
    spoken = min(leg.party.speaks(), longest)
    began = exchange.line.now()
    if spoken <= 0:
        yield from sleep(min(silence, longest))
        return None
    exchange.said(leg, "caller", f"(speaks for {spoken:.0f} s)")
    scene.ear(Sound.TALK)
    try:
        yield from sleep(spoken)
        scene.ear(Sound.TURN)
        yield from sleep(min(silence, longest - spoken))
    except HungUp:
        length = min(spoken, (exchange.line.now() - began).total_seconds())
        request = _kept(scene, verb, length, "hangup")
        if request is not None:
            notify(exchange, leg, request)
        raise
    return _kept(scene, verb, spoken, "")


def _beep(scene: Scene, verb: Verb) -> Script[None]:
    if verb.says("playBeep", "true") == "true":
        scene.exchange.said(scene.leg, "hotline", "(beep)")
        scene.ear(Sound.WORDS)
        yield from sleep(BEEP_SECONDS)
    scene.ear(Sound.TURN)


def _kept(scene: Scene, verb: Verb, seconds: float, digits: str) -> Request | None:
    """Store the recording; the action to ask. Without one it is the current document."""
    exchange, leg = scene.exchange, scene.leg
    leg.story.message = timedelta(seconds=seconds)
    sid = exchange.new_sid("RE")
    now = exchange.line.now()
    ready = now + timedelta(seconds=CALLBACK_SECONDS)
    exchange.recordings[sid] = Recording(seconds, ready, leg.sid, now)
    kept: Fields = (
        ("RecordingSid", sid),
        ("RecordingUrl", f"{_recordings(exchange.account.sid)}/{sid}"),
        ("RecordingDuration", str(round(seconds))),
    )
    url = verb.says("recordingStatusCallback")
    if url:
        request = scene.to(url, verb.says("recordingStatusCallbackMethod", "POST"))
        usual = (("AccountSid", exchange.account.sid), ("CallSid", leg.sid))
        more = (
            ("RecordingStatus", "completed"),
            ("RecordingChannels", "1"),
            ("RecordingSource", "RecordVerb"),
        )
        tell(exchange, request.url, request.method, usual + kept + more, CALLBACK_SECONDS)
    return scene.request(verb, "action", (*kept, ("Digits", digits)))


def _recordings(account: str) -> str:
    return f"https://practice.invalid/{API_VERSION}/Accounts/{account}/Recordings"
