"""What the carrier asks about calls: form -> event -> use case -> instructions -> XML."""

from typing import Final

from flask import Blueprint, Response

from hotline.calls.arrival.arriving import Ringing, caller_never_answered, caller_rang
from hotline.calls.exit.choosing import (
    exit_chosen,
    exit_repeated,
    last_words,
    message_left,
    partner_left,
)
from hotline.calls.ringing.leg_ends import DialEnd, dial_ended, leg_told
from hotline.calls.ringing.volunteers import volunteer_pressed, volunteer_pressed_again
from hotline.calls.ringing.whispering import volunteer_answered, volunteer_dismissed
from hotline.calls.talk.parting import caller_joins
from hotline.calls.turn import Turn
from hotline.calls.wait.answering import (
    QueueEnd,
    caller_hung_up,
    caller_left_queue,
    caller_pressed,
    caller_waits,
)
from hotline.phones.entering import dialled_by_staff, staff_rang
from hotline.ports import Dialled
from hotline.promises.states import UNKNOWN
from webhooks.answers import (
    answer,
    answer_at_once,
    digit,
    field,
    noted,
    only_the_carrier,
    settings,
    word,
)
from webhooks.fallback import AGAIN, tried_again

voice = Blueprint("voice", __name__, url_prefix="/voice")
voice.before_request(only_the_carrier)

LONGEST_NUMBER: Final = 200


@voice.post("/incoming")
def incoming() -> Response:
    """A caller dialled one of our numbers."""
    number, dialled = field("From")[:LONGEST_NUMBER], field("To")[:LONGEST_NUMBER]
    ringing = Ringing(field("CallSid"), number, dialled)
    key = f"incoming:{ringing.sid}:{AGAIN if tried_again() else ''}"
    if dialled_by_staff(settings(), ringing):
        return answer(key, lambda turn: staff_rang(turn, ringing))
    return answer_at_once(key, lambda turn: caller_rang(turn, ringing))


@voice.post("/wait/<token>/<int:number>")
def wait(token: str, number: int) -> Response:
    """One visit of the wait loop."""
    key = f"wait:{token}:{number}"
    return answer_at_once(key, lambda turn: caller_waits(turn, token, number))


@voice.post("/wait/<token>/<int:number>/key")
def wait_key(token: str, number: int) -> Response:
    """A key pressed while waiting."""
    key = f"waitkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: caller_pressed(turn, token, number, digit()))


@voice.post("/left/<token>/<int:stay>")
def left(token: str, stay: int) -> Response:
    """A stay in the queue ended."""
    end = QueueEnd(word("QueueResult"), word("CallStatus"))
    key = f"left:{token}:{stay}:{end.result}:{end.call_status}"
    return answer(key, lambda turn: caller_left_queue(turn, token, end))


@voice.post("/join/<token>/<leg>")
def join(token: str, leg: str) -> Response:
    """REST moved the caller here, for the volunteer of `leg`."""
    return answer(f"join:{token}:{leg}", lambda turn: caller_joins(turn, token))


@voice.post("/exit/<token>/<int:number>")
def exit_menu(token: str, number: int) -> Response:
    """The exit once more."""
    key = f"exit:{token}:{number}"
    return answer(key, lambda turn: exit_repeated(turn, token, number))


@voice.post("/exit/<token>/<int:number>/key")
def exit_key(token: str, number: int) -> Response:
    """What the caller chose at the exit."""
    key = f"exitkey:{token}:{number}:{digit()}"
    return answer(key, lambda turn: exit_chosen(turn, token, number, digit()))


@voice.post("/message/<token>")
def message(token: str) -> Response:
    """A message was recorded."""
    recording = word("RecordingSid") or UNKNOWN
    length = word("RecordingDuration")
    seconds = int(length) if length.isascii() and length.isdigit() and len(length) < 7 else 0
    key = f"message:{token}:{recording}"
    return answer(key, lambda turn: message_left(turn, token, recording, seconds))


@voice.post("/partner/<token>/<int:number>")
def partner(token: str, number: int) -> Response:
    """The conversation with a partner is over, or never began."""
    bridged = word("DialBridged")
    reached = bridged == "true" if bridged else word("DialCallStatus") == "completed"
    key = f"partner:{token}:{number}"
    return answer(key, lambda turn: partner_left(turn, token, reached=reached))


@voice.post("/goodbye/<token>")
def goodbye(token: str) -> Response:
    """The last words of a call."""
    return answer(f"goodbye:{token}", lambda turn: last_words(turn, token))


@voice.post("/dialled/<token>")
def dialled(token: str) -> Response:
    """A telephone rung from the caller's own leg: how it ended."""
    bridged = word("DialBridged") != "false"
    end = DialEnd(word("DialCallStatus"), word("CallStatus"), bridged)
    return answer(f"dialled:{token}", lambda turn: dial_ended(turn, token, end))


@voice.post("/leg/<token>/answered")
def answered(token: str) -> Response:
    """A volunteer picked up."""
    sid = field("CallSid")
    return answer(f"whisper:{token}", lambda turn: volunteer_answered(turn, token, sid))


@voice.post("/leg/<token>/key")
def leg_key(token: str) -> Response:
    """A volunteer pressed a key."""
    key = f"legkey:{token}:{digit()}"
    return answer(key, lambda turn: volunteer_pressed(turn, token, digit()))


@voice.post("/leg/<token>/key/again")
def leg_key_again(token: str) -> Response:
    """A volunteer pressed a key when asked the second time."""
    key = f"legkeyagain:{token}:{digit()}"
    return answer(key, lambda turn: volunteer_pressed_again(turn, token, digit()))


@voice.post("/leg/<token>/over")
def leg_over(token: str) -> Response:
    """REST moved a volunteer here who is not needed any more."""
    return answer(f"over:{token}", lambda turn: volunteer_dismissed(turn, token))


@voice.post("/leg/<token>/status")
def leg_status(token: str) -> Response:
    """The carrier's word on a leg."""
    status, sid = word("CallStatus"), field("CallSid")
    return noted(lambda turn: leg_told(turn, token, status, sid))


@voice.post("/status")
def status() -> Response:
    """The carrier's word on a caller's leg."""
    ended = word("CallStatus") in ("completed", "canceled", "failed", "busy", "no-answer")
    number, dialled = field("From")[:LONGEST_NUMBER], field("To")[:LONGEST_NUMBER]
    sid = field("CallSid")

    def told(turn: Turn) -> None:
        known = caller_hung_up(turn, sid)
        if not known and field("Direction") == "inbound":
            caller_never_answered(turn, Dialled(sid, number, dialled, turn.now, turn.now))

    return noted(told if ended else lambda _: None)
