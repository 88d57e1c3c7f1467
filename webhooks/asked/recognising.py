"""What the carrier asks about a caller whom we know."""

from flask import Blueprint, Response

from hotline.calls.arrival.callers import blocked_pressed
from hotline.calls.ringing.whispering import volunteer_briefed
from webhooks.answers import answer, answer_unkept, digit, only_the_carrier

recognising = Blueprint("recognising", __name__, url_prefix="/voice")
recognising.before_request(only_the_carrier)


@recognising.post("/blocked/<token>/<int:number>/key")
def blocked_key(token: str, number: int) -> Response:
    """The key of a caller who is blocked."""
    key = f"blocked:{token}:{number}:{digit()}"
    return answer(key, lambda turn: blocked_pressed(turn, token, digit()))


@recognising.post("/leg/<token>/note")
def leg_note(token: str) -> Response:
    """What is noted of the caller, told to a volunteer who picked up; the document is not kept."""
    return answer_unkept(lambda turn: volunteer_briefed(turn, token))
