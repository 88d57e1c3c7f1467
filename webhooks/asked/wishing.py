"""What the carrier asks while a caller is asked what they wish, and when a wish costs time."""

from flask import Blueprint, Response

from hotline.calls.arrival.arriving import caller_said
from hotline.calls.wait.answering import caller_heard_of_wish
from webhooks.answers import answer, digit, only_the_carrier

wishing = Blueprint("wishing", __name__, url_prefix="/voice")
wishing.before_request(only_the_carrier)


@wishing.post("/asked/<token>/<int:number>")
def asked(token: str, number: int) -> Response:
    """The caller's key at a question of the line, or none."""
    key = f"asked:{token}:{number}:{digit()}"
    return answer(key, lambda turn: caller_said(turn, token, number, digit()))


@wishing.post("/wish/<token>/<int:number>")
def wish(token: str, number: int) -> Response:
    """The caller heard what of their wish costs time: a key, or none."""
    key = f"wish:{token}:{number}:{digit()}"
    return answer(key, lambda turn: caller_heard_of_wish(turn, token, number, digit()))
