"""How each request of the carrier is answered: signature, form, one transaction, one document."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from flask import Response, abort, current_app, request

from hotline.calls.arrival.anew import anew
from hotline.calls.instructions import Instructions
from hotline.calls.turn import AnsweredBeforeError, Turn, UnknownCallError
from hotline.config.settings import Settings
from hotline.parts import Parts
from hotline.store import Session
from hotline.store.calling.repeats import remembered
from hotline.store.sessions import WrittenBeforeError
from hotline.store.webhooks import remember
from webhooks.failing import words_instead, words_to_a_stranger
from webhooks.forms import asked
from webhooks.signed import require_signature
from webhooks.twiml import DROPPED, document

if TYPE_CHECKING:
    from webhooks.app import Telephone

log = logging.getLogger(__name__)

KEYS: Final = re.compile(r"[0-9*]{1,20}")
SID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
UseCase = Callable[[Turn], Instructions]


def only_the_carrier() -> None:
    """403 before anything is read; 400 without the name of a leg; 404 for a hostile address."""
    require_signature(_parts().secrets)
    if not SID.fullmatch(field("CallSid")):
        abort(HTTPStatus.BAD_REQUEST)
    only_known_addresses()


def only_signed() -> None:
    """The same for what is asked on behalf of no leg: words to announce in a room."""
    require_signature(_parts().secrets)
    only_known_addresses()


def only_known_addresses() -> None:
    """404 for an address that no document of ours has."""
    for part in (asked().view_args or {}).values():
        if not SID.fullmatch(str(part)):
            abort(HTTPStatus.NOT_FOUND)


def _parts() -> Parts:
    return cast(Parts, current_app.extensions["hotline"])


@dataclass(frozen=True)
class _AtWork:
    """What an answer is made with: looked up once for each request."""

    parts: Parts
    telephone: "Telephone"

    @staticmethod
    def now() -> "_AtWork":
        """Of the application that is asked."""
        known = current_app.extensions
        return _AtWork(known["hotline"], known["telephone"])

    def turn(self, db: Session, request: str = "") -> Turn:
        """One transaction's, at this instant. request: the key that its answer is kept under."""
        parts = self.parts
        return Turn(db, parts.settings, self.telephone.privacy, parts.clock(), request=request)


def settings() -> Settings:
    """What the site has set."""
    return _parts().settings


def field(name: str) -> str:
    """A parameter of the request; absent is empty."""
    return asked().told.get(name, "")


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

    def unless_answered(turn: Turn) -> Instructions:
        anew(turn)
        return decide(turn)

    return answer_at_once(request_key, unless_answered)


def answer_at_once(request_key: str, decide: UseCase) -> Response:
    """The same where `decide` itself raises AnsweredBeforeError, for it costs it no statement."""
    key = sha256(request_key.encode()).hexdigest()
    return _answered(lambda at_work: _decided(at_work, key, decide))


def answer_unkept(decide: UseCase) -> Response:
    """The same where our words may be kept nowhere: `decide` must do nothing but read."""
    return _answered(
        lambda at_work: at_work.parts.store.settled(
            lambda db: document(decide(at_work.turn(db)), at_work.parts.secrets.public_url)
        )
    )


def _answered(decided: Callable[[_AtWork], str]) -> Response:
    at_work = _AtWork.now()
    documents, public_url = at_work.telephone.fallback, at_work.parts.secrets.public_url
    try:
        text = decided(at_work)
    except UnknownCallError:
        log.warning("no call or leg for %s", request.endpoint)
        text = words_to_a_stranger(documents, public_url)
    except Exception:  # the last wall: nobody may hear a stack trace
        log.exception("could not answer %s", request.endpoint)
        text = words_instead(documents, public_url)
    at_work.telephone.sent()
    if text == DROPPED:
        return Response(status=HTTPStatus.GONE)
    return Response(text, content_type="text/xml; charset=utf-8")


def _decided(at_work: _AtWork, key: str, decide: UseCase) -> str:
    store, public_url = at_work.parts.store, at_work.parts.secrets.public_url

    def once(db: Session) -> str:
        turn = at_work.turn(db, key)
        try:
            text = document(decide(turn), public_url)
        except AnsweredBeforeError as before:
            return before.document
        remember(db, key, text, turn.now, turn.told)
        return text

    def unless_answered(db: Session) -> str:
        known = remembered(db, key)
        return once(db) if known is None else known

    try:
        return store.settled(once)
    except WrittenBeforeError:  # by another request with the same key: its answer is this one's
        return store.settled(unless_answered)


def noted(note: Callable[[Turn], None]) -> Response:
    """204, whatever the news: a late or repeated one changes nothing."""
    at_work = _AtWork.now()
    try:
        at_work.parts.store.settled(lambda db: note(at_work.turn(db)))
    except UnknownCallError:
        log.warning("no leg for %s", request.endpoint)
    except Exception:  # nobody listens: what is lost here, the wait loop heals
        log.exception("could not note %s", request.endpoint)
        return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
    at_work.telephone.sent()
    return Response(status=HTTPStatus.NO_CONTENT)
