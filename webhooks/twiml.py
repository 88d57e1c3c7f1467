"""Instructions as the XML that the carrier executes."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from hotline.calls.instructions import (
    Ask,
    AskNumber,
    DropOut,
    GoTo,
    HangUp,
    Instructions,
    Leave,
    Meet,
    Pause,
    RingOne,
    Say,
    Step,
    TakeMessage,
    Wait,
)
from hotline.config.settings import Language

VOICES: Final = {
    Language.ZH: {"language": "zh-CN", "voice": "Polly.Zhiyu"},
    Language.EN: {"language": "en-US", "voice": "Polly.Joanna"},
}
MOST_KEYS: Final = 20  # of a number; no telephone number is longer
DROPPED: Final = ""  # no document: the carrier drops out of the room's waiting


def document(steps: Instructions, public_url: str) -> str:
    """The whole document; DROPPED if the leg shall leave the room it waits in.

    public_url: what stands before every path, without a slash at its end.
    """
    if any(isinstance(step, DropOut) for step in steps):
        return DROPPED
    response = VoiceResponse()
    _append(response, steps, lambda path: f"{public_url}{path}")
    return str(response)


At = Callable[[str], str]


def _append(response: VoiceResponse, steps: Iterable[Step], at: At) -> None:
    for step in steps:
        match step:
            case Wait() | TakeMessage() | Meet() | RingOne():
                _hand_over(response, step, at)
            case HangUp():
                response.hangup()
            case Leave():
                response.leave()
            case _:
                _speak(response, step, at)


def _speak(response: VoiceResponse, step: Step, at: At) -> None:
    match step:
        case Say():
            _say(response, step)
        case Pause(seconds):
            response.pause(length=seconds)
        case Ask() | AskNumber():
            response.append(_gather(step, at))
        case GoTo(path):
            response.redirect(at(path), method="POST")
        case _:
            raise AssertionError(f"no XML for {step}")


def _hand_over(response: VoiceResponse, step: Wait | TakeMessage | Meet | RingOne, at: At) -> None:
    match step:
        case Wait(queue, visit, left):
            response.enqueue(
                queue, wait_url=at(visit), wait_url_method="POST", action=at(left), method="POST"
            )
        case TakeMessage(after, longest):
            response.record(
                action=at(after), method="POST", max_length=longest, play_beep=True, timeout=5
            )
        case Meet():
            response.append(_room(step, at))
        case RingOne():
            response.append(_telephone(step, at))


def _say(parent: Any, step: Say) -> None:
    parent.say(step.words, **VOICES[step.language])


def _gather(step: Ask | AskNumber, at: At) -> Gather:
    keys: dict[str, Any] = (
        {"num_digits": 1}
        if isinstance(step, Ask)
        else {"finish_on_key": "#", "num_digits": MOST_KEYS}
    )
    gather = Gather(input="dtmf", **keys, timeout=step.seconds, action=at(step.path), method="POST")
    for prompt in step.prompts:
        _say(gather, prompt)
    return gather


def _room(step: Meet, at: At) -> Dial:
    dial = Dial(action=at(step.after), method="POST", time_limit=step.longest)
    dial.conference(
        step.room,
        beep="false",
        start_conference_on_enter=True,
        end_conference_on_exit=True,
        wait_url=at(step.alone),
        wait_method="POST",
    )
    return dial


def _telephone(step: RingOne, at: At) -> Dial:
    dial = Dial(
        action=at(step.after),
        method="POST",
        timeout=step.ring,
        time_limit=step.longest,
        caller_id=step.caller_id,
    )
    whisper = {"url": at(step.whisper), "method": "POST"} if step.whisper else {}
    scheme, _, rest = step.address.partition(":")
    match scheme:
        case "sip":
            dial.sip(step.address, **whisper)
        case "client":
            dial.client(rest, **whisper)
        case _:
            dial.number(rest, **whisper)
    return dial
