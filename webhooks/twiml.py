"""Instructions as the XML that the carrier executes."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from hotline.calls.instructions import (
    Ask,
    AskNumber,
    DropOut,
    GoTo,
    HangUp,
    Instructions,
    Leave,
    Manner,
    Meet,
    Pause,
    RingOne,
    Say,
    Step,
    TakeMessage,
    Text,
    Wait,
)
from hotline.config.settings import Language

SAYS: Final = {
    Language.ZH: '<Say language="zh-CN" voice="Polly.Zhiyu">',
    Language.EN: '<Say language="en-US" voice="Polly.Joanna">',
}
TO_ESCAPE: Final = re.compile(r"""[&<>"'\s]""")
MOST_KEYS: Final = 20  # of a number; no telephone number is longer
DROPPED: Final = ""  # no document: the carrier drops out of the room's waiting


def document(steps: Instructions, public_url: str) -> str:
    """The whole document; DROPPED if the leg shall leave the room it waits in.

    public_url: what stands before every path, without a slash at its end. An address that is no
    path is that of a document beside this one, on a host that only hands out documents.
    """
    if DropOut() in steps:
        return DROPPED
    verbs = "".join([_verb(step, public_url) for step in steps])
    return f'<?xml version="1.0" encoding="UTF-8"?>{_element("Response", verbs)}'


def _verb(step: Step, base: str) -> str:
    match step:
        case Wait() | TakeMessage() | Meet() | RingOne():
            return _handed_over(step, base)
        case HangUp():
            return _element("Hangup")
        case Leave():
            return _element("Leave")
        case _:
            return _spoken(step, base)


def _spoken(step: Step, base: str) -> str:
    match step:
        case Say(words, language):
            return f"{SAYS[language]}{escape(words)}</Say>"
        case Text(words):
            return _element("Message", escape(words))
        case Pause(seconds):
            return _element("Pause", length=seconds)
        case Ask() | AskNumber():
            return _gather(step, base)
        case GoTo(path):
            return _element("Redirect", escape(_at(base, path)), method=_method(path))
        case _:
            raise AssertionError(f"no XML for {step}")


def _handed_over(step: Wait | TakeMessage | Meet | RingOne, base: str) -> str:
    match step:
        case Wait():
            return _queue(step, base)
        case TakeMessage():
            return _record(step, base)
        case Meet():
            return _room(step, base)
        case RingOne():
            return _telephone(step, base)


def _gather(step: Ask | AskNumber, base: str) -> str:
    prompts = "".join(_spoken(prompt, base) for prompt in step.prompts)
    number = {"finishOnKey": "#"} if isinstance(step, AskNumber) else {}
    return _element(
        "Gather",
        prompts,
        action=_at(base, step.path),
        input="dtmf",
        method=_method(step.path),
        numDigits=1 if isinstance(step, Ask) else MOST_KEYS,
        timeout=step.seconds,
        **number,
    )


def _queue(step: Wait, base: str) -> str:
    return _element(
        "Enqueue",
        escape(step.queue),
        action=base + step.left,
        method="POST",
        waitUrl=base + step.visit,
        waitUrlMethod="POST",
    )


def _record(step: TakeMessage, base: str) -> str:
    return _element(
        "Record",
        action=_at(base, step.after),
        maxLength=step.longest,
        method=_method(step.after),
        playBeep="true",
        timeout=5,
    )


def _room(step: Meet, base: str) -> str:
    talks = step.manner in (Manner.TALKS, Manner.HELPS)
    conference = _element(
        "Conference",
        escape(step.room),
        beep="false",
        endConferenceOnExit=_yes(step.manner is Manner.TALKS),
        startConferenceOnEnter=_yes(talks),
        waitMethod="POST",
        waitUrl=base + step.alone,
        **_unheard(step),
        **_told(step, base),
    )
    star = {"hangupOnStar": "true"} if step.star else {}
    after = base + step.after
    return _element("Dial", conference, action=after, method="POST", timeLimit=step.longest, **star)


def _unheard(step: Meet) -> dict[str, str]:
    match step.manner, step.coached:
        case Manner.COACHES, str() as coached:
            return {"coach": coached}
        case ((Manner.LISTENS | Manner.COACHES), _):
            return {"muted": "true"}
        case _:
            return {}


def _told(step: Meet, base: str) -> dict[str, str]:
    if step.events is None:
        return {}
    return {"statusCallback": base + step.events, "statusCallbackEvent": "join"}


def _yes(so: bool) -> str:
    return "true" if so else "false"


def _telephone(step: RingOne, base: str) -> str:
    scheme, _, rest = step.address.partition(":")
    noun, address = {"sip": ("Sip", step.address), "client": ("Client", rest)}.get(
        scheme, ("Number", rest)
    )
    heard = step.whisper
    more = {"method": _method(heard), "url": _at(base, heard)} if heard else {}
    if step.byoc and noun == "Number":
        more["byoc"] = step.byoc
    return _element(
        "Dial",
        _element(noun, escape(address), **more),
        action=_at(base, step.after),
        callerId=step.caller_id,
        method=_method(step.after),
        timeLimit=step.longest,
        timeout=step.ring,
    )


def _quoted(text: str) -> str:
    return quoteattr(text) if TO_ESCAPE.search(text) else f'"{text}"'


def _at(base: str, path: str) -> str:
    return base + path if path.startswith("/") else path


def _method(path: str) -> str:
    return "POST" if path.startswith("/") else "GET"


def _element(name: str, inside: str = "", **attributes: str | int) -> str:
    """inside: elements, or text that is escaped already. Attributes come in alphabetical order."""
    given = "".join([f" {key}={_quoted(str(attributes[key]))}" for key in sorted(attributes)])
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given} />"
