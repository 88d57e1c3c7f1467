"""What a caller hears when an answer of ours failed: nothing here needs the database."""

import logging
import re
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, current_app, request

from hotline.calls.instructions import GoTo, HangUp, Say, TakeMessage, Text
from hotline.calls.paths import INCOMING
from hotline.config.settings import Settings
from hotline.phrases import either, say
from webhooks.forms import asked
from webhooks.signed import require_signature
from webhooks.twiml import document

log = logging.getLogger(__name__)
fallback = Blueprint("fallback", __name__, url_prefix="/voice")

AGAIN: Final = "again=1"  # stands in the address of a second try
RECORDED: Final = "/voice/fallback/recorded"
LONGEST: Final = 120
SID: Final = re.compile(r"[A-Za-z0-9]{1,64}")


@dataclass(frozen=True)
class Fallback:
    """The documents, made at the start."""

    second_try: str
    apology: str
    recorded: str
    to_volunteer: str
    texted: str
    one_moment: Say

    @classmethod
    def of(cls, settings: Settings, public_url: str) -> "Fallback":
        """In the site's language; they name no line, for the line may be what failed."""
        language = settings.site.language
        emergency = either(settings.site.emergency, language)
        goodbye = (say("trouble_noted", language), HangUp())
        again = (say("one_moment", language), GoTo(f"{INCOMING}?{AGAIN}"))
        record = TakeMessage(RECORDED, LONGEST)
        apology = (say("trouble", language, emergency=emergency), record, *goodbye)
        return cls(
            second_try=document(again, public_url),
            apology=document(apology, public_url),
            recorded=document(goodbye, public_url),
            to_volunteer=document((say("trouble_volunteer", language), HangUp()), public_url),
            texted=document((Text(say("sms_trouble", language).words),), public_url),
            one_moment=say("one_moment", language),
        )


def best_effort(documents: Fallback) -> str:
    """For this request's leg: a second try, an apology with voicemail, or words to a volunteer."""
    if to_volunteer():
        return documents.to_volunteer
    tried = AGAIN in request.form.get("ErrorUrl", "") or tried_again()
    return documents.apology if tried else documents.second_try


def to_volunteer() -> bool:
    """Whether the leg that asks is one that we rang."""
    return request.form.get("Direction", "inbound").startswith("outbound")


def tried_again() -> bool:
    """Whether this is a second try of a request that failed."""
    return AGAIN in asked().query_string.decode(errors="replace")


@fallback.before_request
def only_the_carrier() -> None:
    """403 before anything is read."""
    require_signature(current_app.extensions["hotline"].secrets)


@fallback.post("/fallback")
def serve() -> Response:
    """The carrier could not use what we answered."""
    log.error("the carrier fell back: error %s", plain(request.form.get("ErrorCode", "")))
    return _xml(best_effort(current_app.extensions["telephone"].fallback))


@fallback.post("/fallback/recorded")
def recorded() -> Response:
    """A message recorded without a database: the log keeps where it is."""
    log.error("message kept by the carrier: %s", plain(request.form.get("RecordingSid", "")))
    return _xml(current_app.extensions["telephone"].fallback.recorded)


def plain(text: str) -> str:
    """An id of the carrier's as it may stand in a log."""
    return text if SID.fullmatch(text) else "unreadable"


def _xml(text: str) -> Response:
    return Response(text, content_type="text/xml; charset=utf-8")
