"""What the carrier asks about texts of people who work here."""

from http import HTTPStatus
from typing import Final, cast

from flask import Blueprint, Response, abort, current_app, request

from hotline.parts import Parts
from hotline.phones.texting import Incoming, text_came
from webhooks.answers import SID, answer, field
from webhooks.signed import require_signature

texts = Blueprint("texts", __name__, url_prefix="/sms")

LONGEST_NUMBER: Final = 200
LONGEST_TEXT: Final = 1600


@texts.before_request
def only_the_carrier() -> None:
    """403 before anything is read; 400 without the name of a text."""
    require_signature(cast(Parts, current_app.extensions["hotline"]).secrets)
    if not SID.fullmatch(request.form.get("MessageSid", "")):
        abort(HTTPStatus.BAD_REQUEST)


@texts.post("/incoming")
def incoming() -> Response:
    """Somebody texted one of our numbers."""
    came = Incoming(field("From")[:LONGEST_NUMBER], field("Body")[:LONGEST_TEXT])
    return answer(f"text:{field('MessageSid')}", lambda turn: text_came(turn, came))
