"""What the carrier asks about calls to volunteers that belong to no caller."""

from flask import Blueprint, Response

from hotline.handshake.by_phone import (
    errand_told,
    volunteer_answers,
    volunteer_picked_up,
    volunteer_takes_back,
)
from webhooks.answers import answer, digit, field, noted, only_the_carrier, word

errands = Blueprint("errands", __name__, url_prefix="/voice/errand")
errands.before_request(only_the_carrier)


@errands.post("/<token>/answered")
def answered(token: str) -> Response:
    """A volunteer picked up."""
    sid = field("CallSid")
    return answer(f"errand:{token}", lambda turn: volunteer_picked_up(turn, token, sid))


@errands.post("/<token>/key/<int:number>")
def key(token: str, number: int) -> Response:
    """What they answered."""
    pressed = digit()
    request_key = f"errandkey:{token}:{number}:{pressed}"
    return answer(request_key, lambda turn: volunteer_answers(turn, token, number, pressed))


@errands.post("/<token>/back")
def back(token: str) -> Response:
    """Whether they take a yes back."""
    pressed = digit()
    request_key = f"errandback:{token}:{pressed}"
    return answer(request_key, lambda turn: volunteer_takes_back(turn, token, pressed))


@errands.post("/<token>/status")
def status(token: str) -> Response:
    """The carrier's word on such a call."""
    told, sid = word("CallStatus"), field("CallSid")
    return noted(lambda turn: errand_told(turn, token, told, sid))
