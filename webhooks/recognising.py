"""What the carrier asks of a caller whom we know."""

from flask import Blueprint, Response

from hotline.calls.callers import blocked_pressed
from webhooks.answers import answer, digit, only_the_carrier

recognising = Blueprint("recognising", __name__, url_prefix="/voice/blocked")
recognising.before_request(only_the_carrier)


@recognising.post("/<token>/<int:number>/key")
def blocked_key(token: str, number: int) -> Response:
    """The key of a caller who is blocked."""
    key = f"blocked:{token}:{number}:{digit()}"
    return answer(key, lambda turn: blocked_pressed(turn, token, digit()))
