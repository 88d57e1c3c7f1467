"""Which verbs, attributes and nestings does TwiML allow, and which values?

Source: Twilio's published helper libraries (VoiceResponse), reference of verbs.
"""

from dataclasses import dataclass, field
from enum import StrEnum

METHODS = frozenset({"GET", "POST"})
YES_NO = frozenset({"true", "false"})


class Setting(StrEnum):
    """Where a document is played; each allows other verbs."""

    CALL = "a call"
    WAIT = "a queue's waitUrl"
    CONFERENCE = "a conference's waitUrl"
    WHISPER = "a whisper"
    BEFORE_BRIDGE = "a queue member before the bridge"
    TEXT = "the answer to a text"


@dataclass(frozen=True)
class Numbers:
    """Whole numbers from `least` to `most`."""

    least: int
    most: int


Values = frozenset[str] | Numbers | None  # None: any text


@dataclass(frozen=True)
class Form:
    """What an element may carry."""

    attributes: dict[str, Values] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    says: bool = False  # has text of its own


def _any(*names: str) -> dict[str, Values]:
    return dict.fromkeys(names)


_REPORTS: dict[str, Values] = {
    **_any("statusCallback", "statusCallbackEvent"),
    "statusCallbackMethod": METHODS,
}
_RECORDINGS: dict[str, Values] = {
    **_any("recordingStatusCallback", "recordingStatusCallbackEvent", "recordingConfigurationId"),
    "recordingStatusCallbackMethod": METHODS,
    "trim": frozenset({"trim-silence", "do-not-trim"}),
}
_DETECTION = _any(
    "machineDetection",
    "amdStatusCallback",
    "amdStatusCallbackMethod",
    "machineDetectionTimeout",
    "machineDetectionSpeechThreshold",
    "machineDetectionSpeechEndThreshold",
    "machineDetectionSilenceTimeout",
)
_WHISPERED: dict[str, Values] = {"url": None, "method": METHODS}
_SSML = frozenset(
    {"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}
)
_NOUNS = frozenset({"Number", "Sip", "Client", "Conference", "Queue"})
_SPOKEN = frozenset({"Say", "Play", "Pause"})

VERBS: dict[str, Form] = {
    "Say": Form({**_any("voice", "language"), "loop": Numbers(0, 1000)}, _SSML, says=True),
    "Play": Form({"digits": None, "loop": Numbers(0, 1000)}, says=True),
    "Pause": Form({"length": Numbers(0, 3600)}),
    "Gather": Form(
        {
            **_any("action", "speechTimeout", "maxSpeechTime", "profanityFilter", "finishOnKey"),
            **_any("partialResultCallback", "language", "hints", "speechModel"),
            "partialResultCallbackMethod": METHODS,
            "input": frozenset({"dtmf", "speech", "dtmf speech", "speech dtmf"}),
            "method": METHODS,
            "timeout": Numbers(0, 3600),
            "numDigits": Numbers(1, 1000),
            "bargeIn": YES_NO,
            "debug": YES_NO,
            "actionOnEmptyResult": YES_NO,
            "enhanced": YES_NO,
        },
        _SPOKEN,
    ),
    "Enqueue": Form(
        {
            **_any("action", "waitUrl", "workflowSid"),
            "maxQueueSize": Numbers(1, 5000),
            "method": METHODS,
            "waitUrlMethod": METHODS,
        },
        says=True,
    ),
    "Leave": Form(),
    "Redirect": Form({"method": METHODS}, says=True),
    "Hangup": Form(),
    "Reject": Form({"reason": frozenset({"rejected", "busy"})}),
    "Dial": Form(
        {
            **_RECORDINGS,
            **_any("action", "callerId", "record", "ringTone", "recordingTrack", "referUrl"),
            **_any("referMethod", "events", "passports"),
            "method": METHODS,
            "timeout": Numbers(5, 600),
            "timeLimit": Numbers(1, 86400),
            "hangupOnStar": YES_NO,
            "answerOnBridge": YES_NO,
            "sequential": YES_NO,
        },
        _NOUNS,
        says=True,
    ),
    "Record": Form(
        {
            **_RECORDINGS,
            **_any("action", "finishOnKey", "transcribeCallback"),
            "method": METHODS,
            "timeout": Numbers(0, 3600),
            "maxLength": Numbers(1, 14400),
            "playBeep": YES_NO,
            "transcribe": YES_NO,
        }
    ),
    "Number": Form(
        {**_REPORTS, **_DETECTION, **_WHISPERED, **_any("sendDigits", "byoc")}, says=True
    ),
    "Sip": Form(
        {**_REPORTS, **_DETECTION, **_WHISPERED, **_any("username", "password")}, says=True
    ),
    "Client": Form({**_REPORTS, **_WHISPERED}, says=True),
    "Conference": Form(
        {
            **_REPORTS,
            **_RECORDINGS,
            **_any("waitUrl", "record", "region", "coach", "eventCallbackUrl"),
            **_any("jitterBufferSize", "participantLabel"),
            "waitMethod": METHODS,
            "maxParticipants": Numbers(2, 250),
            "muted": YES_NO,
            "beep": frozenset({"true", "false", "onEnter", "onExit"}),
            "startConferenceOnEnter": YES_NO,
            "endConferenceOnExit": YES_NO,
        },
        says=True,
    ),
    "Message": Form(
        {**_any("to", "from", "action", "statusCallback"), "method": METHODS}, says=True
    ),
    "Queue": Form({**_WHISPERED, **_any("reservationSid", "postWorkActivitySid")}, says=True),
}

_EVERYWHERE = frozenset(VERBS) - _NOUNS - {"Message"}
ALLOWED: dict[Setting, frozenset[str]] = {
    Setting.CALL: _EVERYWHERE,
    Setting.WAIT: _SPOKEN | {"Hangup", "Redirect", "Leave", "Gather"},
    Setting.CONFERENCE: _SPOKEN | {"Redirect"},
    Setting.WHISPER: _SPOKEN | {"Hangup", "Gather"},
    Setting.BEFORE_BRIDGE: _SPOKEN | {"Redirect"},
    Setting.TEXT: frozenset({"Message", "Redirect"}),
}
