"""What the carrier asks about calls: form -> event -> use case -> instructions -> XML."""

import logging
import re
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from flask import Blueprint, Response, abort, current_app, request

from hotline.calls.answering import (
    QueueEnd,
    Ringing,
    caller_hung_up,
    caller_left_queue,
    caller_pressed,
    caller_rang,
    caller_waits,
)
from hotline.calls.choosing import (
    consent_given,
    exit_chosen,
    exit_repeated,
    last_words,
    message_left,
    partner_left,
)
from hotline.calls.instructions import Instructions
from hotline.calls.joining import (
    caller_asks_again,
    caller_joins,
    caller_stands_alone,
    caller_talked,
)
from hotline.calls.turn import Turn, UnknownCallError
from hotline.calls.volunteers import (
    DialEnd,
    dial_ended,
    leg_told,
    volunteer_answered,
    volunteer_dismissed,
    volunteer_done,
    volunteer_pressed,
    volunteer_stands_alone,
)
from hotline.parts import Parts
from hotline.store import Session
from hotline.store.webhooks import remember, remembered
from webhooks.failing import words_instead, words_to_a_stranger
from webhooks.fallback import AGAIN, tried_again
from webhooks.signed import require_signature
from webhooks.twiml import DROPPED, document

if TYPE_CHECKING:
    from webhooks.app import Telephone

log = logging.getLogger(__name__)
voice = Blueprint("voice", __name__, url_prefix="/voice")

SID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
LONGEST_NUMBER: Final = 200
UseCase = Callable[[Turn], Instructions]


class AnsweredMeanwhileError(Exception):
    """Another request with the same key was first; what this one decided is undone."""


@voice.before_request
def only_the_carrier() -> None:
    """403 before anything is read; 400 without the name of a leg; 404 for a hostile address."""
    require_signature(_parts().secrets)
    if not SID.fullmatch(request.form.get("CallSid", "")):
        abort(HTTPStatus.BAD_REQUEST)
    for part in (request.view_args or {}).values():
        if not SID.fullmatch(str(part)):
            abort(HTTPStatus.NOT_FOUND)


@voice.post("/incoming")
def incoming() -> Response:
    """A caller dialled one of our numbers."""
    number, dialled = _field("From")[:LONGEST_NUMBER], _field("To")[:LONGEST_NUMBER]
    tries = AGAIN if tried_again() else ""
    ringing = Ringing(_field("CallSid"), number, dialled)
    return _answer(f"incoming:{ringing.sid}:{tries}", lambda turn: caller_rang(turn, ringing))


@voice.post("/wait/<token>/<int:number>")
def wait(token: str, number: int) -> Response:
    """One visit of the wait loop."""
    return _answer(f"wait:{token}:{number}", lambda turn: caller_waits(turn, token, number))


@voice.post("/wait/<token>/<int:number>/key")
def wait_key(token: str, number: int) -> Response:
    """A key pressed while waiting."""
    key = f"waitkey:{token}:{number}:{_digit()}"
    return _answer(key, lambda turn: caller_pressed(turn, token, number, _digit()))


@voice.post("/left/<token>/<int:stay>")
def left(token: str, stay: int) -> Response:
    """A stay in the queue ended."""
    end = QueueEnd(_word("QueueResult"), _word("CallStatus"))
    key = f"left:{token}:{stay}:{end.result}:{end.call_status}"
    return _answer(key, lambda turn: caller_left_queue(turn, token, end))


@voice.post("/join/<token>/<leg>")
def join(token: str, leg: str) -> Response:
    """REST moved the caller here, for the volunteer of `leg`."""
    return _answer(f"join:{token}:{leg}", lambda turn: caller_joins(turn, token))


@voice.post("/alone/<token>/<int:number>")
def alone(token: str, number: int) -> Response:
    """The caller stands in the room alone."""
    key = f"alone:{token}:{number}"
    return _answer(key, lambda turn: caller_stands_alone(turn, token, number))


@voice.post("/talked/<token>/<int:number>")
def talked(token: str, number: int) -> Response:
    """The caller's conversation is over."""
    status = _word("CallStatus")
    key = f"talked:{token}:{number}:{status}"
    return _answer(key, lambda turn: caller_talked(turn, token, status))


@voice.post("/again/<token>/<int:number>")
def again(token: str, number: int) -> Response:
    """The key of a caller whose volunteer has left."""
    key = f"again:{token}:{number}:{_digit()}"
    return _answer(key, lambda turn: caller_asks_again(turn, token, _digit()))


@voice.post("/exit/<token>/<int:number>")
def exit_menu(token: str, number: int) -> Response:
    """The exit once more."""
    key = f"exit:{token}:{number}"
    return _answer(key, lambda turn: exit_repeated(turn, token, number))


@voice.post("/exit/<token>/<int:number>/key")
def exit_key(token: str, number: int) -> Response:
    """What the caller chose at the exit."""
    key = f"exitkey:{token}:{number}:{_digit()}"
    return _answer(key, lambda turn: exit_chosen(turn, token, number, _digit()))


@voice.post("/callback/<token>/<int:number>")
def callback(token: str, number: int) -> Response:
    """Whether the caller agrees to be rung back."""
    key = f"callback:{token}:{number}:{_digit()}"
    return _answer(key, lambda turn: consent_given(turn, token, _digit()))


@voice.post("/message/<token>")
def message(token: str) -> Response:
    """A message was recorded."""
    recording = _word("RecordingSid") or "unknown"
    length = _word("RecordingDuration")
    seconds = int(length) if length.isascii() and length.isdigit() and len(length) < 7 else 0
    return _answer(f"message:{token}", lambda turn: message_left(turn, token, recording, seconds))


@voice.post("/partner/<token>/<int:number>")
def partner(token: str, number: int) -> Response:
    """The conversation with a partner is over, or never began."""
    bridged = _word("DialBridged")
    reached = bridged == "true" if bridged else _word("DialCallStatus") == "completed"
    key = f"partner:{token}:{number}"
    return _answer(key, lambda turn: partner_left(turn, token, reached=reached))


@voice.post("/goodbye/<token>")
def goodbye(token: str) -> Response:
    """The last words of a call."""
    return _answer(f"goodbye:{token}", lambda turn: last_words(turn, token))


@voice.post("/dialled/<token>")
def dialled(token: str) -> Response:
    """A telephone rung from the caller's own leg: how it ended."""
    bridged = _word("DialBridged") != "false"
    end = DialEnd(_word("DialCallStatus"), _word("CallStatus"), bridged)
    return _answer(f"dialled:{token}", lambda turn: dial_ended(turn, token, end))


@voice.post("/leg/<token>/answered")
def answered(token: str) -> Response:
    """A volunteer picked up."""
    sid = _field("CallSid")
    return _answer(f"whisper:{token}", lambda turn: volunteer_answered(turn, token, sid))


@voice.post("/leg/<token>/key")
def leg_key(token: str) -> Response:
    """A volunteer pressed a key."""
    key = f"legkey:{token}:{_digit()}"
    return _answer(key, lambda turn: volunteer_pressed(turn, token, _digit()))


@voice.post("/leg/<token>/alone/<int:number>")
def leg_alone(token: str, number: int) -> Response:
    """The volunteer stands in the room alone."""
    key = f"legalone:{token}:{number}"
    return _answer(key, lambda turn: volunteer_stands_alone(turn, token, number))


@voice.post("/leg/<token>/done")
def leg_done(token: str) -> Response:
    """The volunteer's conversation is over."""
    return _answer(f"done:{token}", lambda turn: volunteer_done(turn, token))


@voice.post("/leg/<token>/over")
def leg_over(token: str) -> Response:
    """REST moved a volunteer here who is not needed any more."""
    return _answer(f"over:{token}", lambda turn: volunteer_dismissed(turn, token))


@voice.post("/leg/<token>/status")
def leg_status(token: str) -> Response:
    """The carrier's word on a leg."""
    status, sid = _word("CallStatus"), _field("CallSid")
    return _noted(lambda turn: leg_told(turn, token, status, sid))


@voice.post("/status")
def status() -> Response:
    """The carrier's word on a caller's leg."""
    ended = _word("CallStatus") in ("completed", "canceled", "failed", "busy", "no-answer")
    sid = _field("CallSid")
    return _noted(lambda turn: caller_hung_up(turn, sid) if ended else None)


def _parts() -> Parts:
    return cast(Parts, current_app.extensions["hotline"])


def _telephone() -> "Telephone":
    return cast("Telephone", current_app.extensions["telephone"])


def _field(name: str) -> str:
    return request.form.get(name, "")


def _word(name: str) -> str:
    """A parameter of the carrier's own vocabulary; anything else counts as absent."""
    text = _field(name)
    return text if SID.fullmatch(text) else ""


def _digit() -> str:
    text = _field("Digits")
    return text if len(text) == 1 else ""


def _answer(request_key: str, decide: UseCase) -> Response:
    """What `decide` instructs, as XML; a repeated request gets the document it got before.

    request_key: what makes two requests one.
    Whatever fails here, the caller hears words and not an error page.
    """
    documents, public_url = _telephone().fallback, _parts().secrets.public_url
    try:
        text = _decided(sha256(request_key.encode()).hexdigest(), decide)
    except UnknownCallError:
        log.warning("no call or leg for %s", request.endpoint)
        text = words_to_a_stranger(documents, public_url)
    except Exception:  # the last wall: nobody may hear a stack trace
        log.exception("could not answer %s", request.endpoint)
        text = words_instead(documents, public_url)
    _telephone().sent()
    if text == DROPPED:
        return Response(status=HTTPStatus.GONE)
    return Response(text, content_type="text/xml; charset=utf-8")


def _decided(key: str, decide: UseCase) -> str:
    store, public_url = _parts().store, _parts().secrets.public_url

    def once(db: Session) -> str:
        if (known := remembered(db, key)) is not None:
            return known
        turn = _turn(db)
        text = document(decide(turn), public_url)
        if not remember(db, key, text, turn.now):
            raise AnsweredMeanwhileError
        return text

    try:
        return store.settled(once)
    except AnsweredMeanwhileError:
        return store.settled(once)


def _noted(note: Callable[[Turn], None]) -> Response:
    """204, whatever the news: a late or repeated one changes nothing."""
    try:
        _parts().store.settled(lambda db: note(_turn(db)))
    except UnknownCallError:
        log.warning("no leg for %s", request.endpoint)
    except Exception:  # nobody listens: what is lost here, the wait loop heals
        log.exception("could not note %s", request.endpoint)
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
    _telephone().sent()
    return Response(status=HTTPStatus.NO_CONTENT)


def _turn(db: Session) -> Turn:
    parts = _parts()
    return Turn(db, parts.settings, _telephone().privacy, parts.clock())
