"""What the carrier asks while a callback is promised."""

from flask import Blueprint, Response

from hotline.promises.consent import consent_given
from hotline.promises.number import number_confirmed, number_given, number_read
from hotline.promises.terms import times_chosen, word_chosen
from webhooks.answers import answer, answer_unkept, digit, keys, only_the_carrier

promising = Blueprint("promising", __name__, url_prefix="/voice/callback")
promising.before_request(only_the_carrier)


@promising.post("/<token>/<int:number>")
def consent(token: str, number: int) -> Response:
    """Whether the caller agrees to be rung back."""
    key = f"callback:{token}:{number}:{digit()}"
    return answer(key, lambda turn: consent_given(turn, token, digit()))


@promising.post("/<token>/<int:number>/number")
def number_keys(token: str, number: int) -> Response:
    """The number that the caller keyed in; what is kept of the request does not have it."""
    key = f"callback-number:{token}:{number}:{bool(keys())}"
    return answer(key, lambda turn: number_given(turn, token, number, keys()))


@promising.post("/<token>/<int:number>/reads")
def reads(token: str, number: int) -> Response:
    """The number read back: the one document that names one, and the one that is not kept."""
    return answer_unkept(lambda turn: number_read(turn, token, number))


@promising.post("/<token>/<int:number>/right")
def right(token: str, number: int) -> Response:
    """Whether the number was read right."""
    key = f"callback-right:{token}:{number}:{digit()}"
    return answer(key, lambda turn: number_confirmed(turn, token, number, digit()))


@promising.post("/<token>/<int:number>/times")
def times(token: str, number: int) -> Response:
    """When it is safe to ring."""
    key = f"callback-times:{token}:{number}:{digit()}"
    return answer(key, lambda turn: times_chosen(turn, token, number, digit()))


@promising.post("/<token>/<int:number>/word")
def word(token: str, number: int) -> Response:
    """What whoever answers may be told."""
    key = f"callback-word:{token}:{number}:{digit()}"
    return answer(key, lambda turn: word_chosen(turn, token, number, digit()))
