"""The practice carrier: plays callers and phones against the real webhooks. Knows no hotline."""

from hotline.practice.account import Account, Addresses
from hotline.practice.carrier import PracticeCarrier
from hotline.practice.faults import NO_FAULTS, Callbacks, Faults, Rest, Webhooks
from hotline.practice.live import LiveDriver
from hotline.practice.parties.answers import Answer
from hotline.practice.parties.callers import Caller
from hotline.practice.parties.phones import (
    ACCEPTS,
    BUSY,
    DECLINES,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    OFF,
    PASSES,
    RINGS_OUT,
    SILENT,
    Behaviour,
    Habit,
    Phone,
    at_first,
    slower,
)
from hotline.practice.record import (
    CallRecord,
    EndedBy,
    LegRecord,
    Said,
    Talk,
    TextRecord,
    Trouble,
    double_booked,
    phones_ringing_for_nobody,
)
from hotline.practice.rest.wsgi import RestApp
from hotline.practice.stopped import NeverQuietError, StoppedClock, StoppedDriver
from hotline.practice.transcript import transcript
from hotline.practice.wire import (
    HttpTransport,
    Message,
    Reply,
    Transport,
    WireError,
    WsgiTransport,
)

__all__ = [
    "ACCEPTS",
    "BUSY",
    "DECLINES",
    "HANGS_UP_IN_WHISPER",
    "MAILBOX",
    "NO_FAULTS",
    "OFF",
    "PASSES",
    "RINGS_OUT",
    "SILENT",
    "Account",
    "Addresses",
    "Answer",
    "Behaviour",
    "CallRecord",
    "Callbacks",
    "Caller",
    "EndedBy",
    "Faults",
    "Habit",
    "HttpTransport",
    "LegRecord",
    "LiveDriver",
    "Message",
    "NeverQuietError",
    "Phone",
    "PracticeCarrier",
    "Reply",
    "Rest",
    "RestApp",
    "Said",
    "StoppedClock",
    "StoppedDriver",
    "Talk",
    "TextRecord",
    "Transport",
    "Trouble",
    "Webhooks",
    "WireError",
    "WsgiTransport",
    "at_first",
    "double_booked",
    "phones_ringing_for_nobody",
    "slower",
    "transcript",
]
