"""What the carrier asks about a caller who is rung back, as was promised."""

from flask import Blueprint, Response

from hotline.promises.placing import (
    called_answers,
    called_presses,
    called_silent,
    called_told,
)
from webhooks.answers import answer, digit, field, noted, only_the_carrier, word

calling = Blueprint("calling", __name__, url_prefix="/voice/called")
calling.before_request(only_the_carrier)


@calling.post("/<token>/answered")
def answered(token: str) -> Response:
    """Somebody picked up at the caller's telephone."""
    sid = field("CallSid")
    return answer(f"called:{token}", lambda turn: called_answers(turn, token, sid))


@calling.post("/<token>/<int:number>/key")
def key(token: str, number: int) -> Response:
    """Their key."""
    request_key = f"calledkey:{token}:{number}:{digit()}"
    return answer(request_key, lambda turn: called_presses(turn, token, number, digit()))


@calling.post("/<token>/over")
def over(token: str) -> Response:
    """They pressed no key."""
    return answer(f"calledover:{token}", lambda turn: called_silent(turn, token))


@calling.post("/<token>/status")
def status(token: str) -> Response:
    """The carrier's word on the caller's telephone."""
    state, sid = word("CallStatus"), field("CallSid")
    return noted(lambda turn: called_told(turn, token, state, sid))
