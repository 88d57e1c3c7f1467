"""How each request of the carrier is answered: signature, form, one transaction, one document."""

import logging
import re
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from flask import Response, abort, current_app, request

from hotline.calls.instructions import Instructions
from hotline.calls.turn import Turn, UnknownCallError
from hotline.parts import Parts
from hotline.store import Session
from hotline.store.webhooks import remember, remembered
from webhooks.failing import words_instead, words_to_a_stranger
from webhooks.signed import require_signature
from webhooks.twiml import DROPPED, document

if TYPE_CHECKING:
    from webhooks.app import Telephone

log = logging.getLogger(__name__)

KEYS: Final = re.compile(r"[0-9*]{1,20}")
SID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
UseCase = Callable[[Turn], Instructions]


class AnsweredMeanwhileError(Exception):
    """Another request with the same key was first; what this one decided is undone."""


def only_the_carrier() -> None:
    """403 before anything is read; 400 without the name of a leg; 404 for a hostile address."""
    require_signature(_parts().secrets)
    if not SID.fullmatch(request.form.get("CallSid", "")):
        abort(HTTPStatus.BAD_REQUEST)
    only_known_addresses()


def only_signed() -> None:
    """The same for what is asked on behalf of no leg: words to announce in a room."""
    require_signature(_parts().secrets)
    only_known_addresses()


def only_known_addresses() -> None:
    """404 for an address that no document of ours has."""
    for part in (request.view_args or {}).values():
        if not SID.fullmatch(str(part)):
            abort(HTTPStatus.NOT_FOUND)


def _parts() -> Parts:
    return cast(Parts, current_app.extensions["hotline"])


def _telephone() -> "Telephone":
    return cast("Telephone", current_app.extensions["telephone"])


def field(name: str) -> str:
    """A parameter of the request; absent is empty."""
    return request.form.get(name, "")


def word(name: str) -> str:
    """A parameter of the carrier's own vocabulary; anything else counts as absent."""
    text = field(name)
    return text if SID.fullmatch(text) else ""


def digit() -> str:
    """The one key that was pressed; anything else counts as none."""
    text = field("Digits")
    return text if len(text) == 1 else ""


def keys() -> str:
    """All keys that were pressed; anything else counts as none."""
    text = field("Digits")
    return text if KEYS.fullmatch(text) else ""


def answer(request_key: str, decide: UseCase) -> Response:
    """What `decide` instructs, as XML; a repeated request gets the document it got before.

    request_key: what makes two requests one.
    Whatever fails here, the caller hears words and not an error page.
    """
    return _answered(lambda: _decided(sha256(request_key.encode()).hexdigest(), decide))


def answer_unkept(decide: UseCase) -> Response:
    """The same where our words may be kept nowhere: `decide` must do nothing but read."""
    public_url = _parts().secrets.public_url
    return _answered(
        lambda: _parts().store.settled(lambda db: document(decide(_turn(db)), public_url))
    )


def _answered(decided: Callable[[], str]) -> Response:
    documents, public_url = _telephone().fallback, _parts().secrets.public_url
    try:
        text = decided()
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
        if not remember(db, key, text, turn.now, turn.told):
            raise AnsweredMeanwhileError
        return text

    try:
        return store.settled(once)
    except AnsweredMeanwhileError:
        return store.settled(once)


def noted(note: Callable[[Turn], None]) -> Response:
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
