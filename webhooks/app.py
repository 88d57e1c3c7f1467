"""The web application: what the carrier asks, and the pages for people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from werkzeug.routing import IntegerConverter, MapAdapter

from hotline.calls.ringing.mover import mover
from hotline.console.rooms import init_console
from hotline.parts import Parts
from hotline.privacy import Privacy
from webhooks.asked.calling import calling
from webhooks.asked.errands import errands
from webhooks.asked.helping import helping
from webhooks.asked.promising import promising
from webhooks.asked.recognising import recognising
from webhooks.asked.rooms import rooms
from webhooks.asked.staff import staff
from webhooks.asked.talks import talks
from webhooks.asked.texts import texts
from webhooks.asked.wishing import wishing
from webhooks.below import below
from webhooks.fallback import Fallback, fallback
from webhooks.forms import LARGEST_FORM, Asked
from webhooks.voice import voice

CARRIER = ("/voice/", "/sms/")
NO_SESSION = NullSession()
View = Callable[..., Any]
# All that the carrier asks.
TELEPHONE = (
    *(voice, talks, helping, rooms, wishing, promising, calling, recognising),
    *(errands, staff, texts, fallback),
)


@dataclass(frozen=True)
class Telephone:
    """What the webhooks need beside the parts. sent: told after each commit."""

    privacy: Privacy
    fallback: Fallback
    sent: Callable[[], None]


class OfPages(SecureCookieSessionInterface):
    """Only pages have a session: the carrier keeps no cookie, and each costs a statement's time."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """An empty one for the carrier."""
        if request.path.startswith(CARRIER):
            return NO_SESSION
        return super().open_session(app, request)


class Hotline(Flask):
    """A Flask that does for the carrier only what the carrier needs."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Where the carrier asks, its path and method say all: what host it names is no matter."""
        if request is None or not request.path.startswith(CARRIER):
            return super().create_url_adapter(request)
        query = request.query_string.decode("latin1")
        return MapAdapter(
            *(self.url_map, "", request.root_path, "", request.scheme, request.path),
            *(request.method, query),
        )

    def ensure_sync(self, func: View) -> View:
        """As it is: to find out that it is no coroutine takes seven calls for each hook."""
        return func


def create_app(parts: Parts, sent: Callable[[], None] | None = None) -> Flask:
    """An application of its own for each call; nothing is shared between two.

    sent: told after each commit, so that calls move on. None: they are moved before the answer.
    """
    privacy = Privacy(parts.secrets)
    app = Hotline(__name__, static_folder=None)
    app.request_class = Asked
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.extensions["hotline"] = parts
    app.extensions["telephone"] = Telephone(
        privacy,
        Fallback.of(parts.settings, parts.secrets.public_url),
        sent or mover(parts, privacy),
    )
    init_console(app)
    app.session_interface = OfPages()
    # The pages' numbers are those of rows; the counts in the carrier's addresses are not.
    app.url_map.converters["int"] = IntegerConverter
    for blueprint in TELEPHONE:
        app.register_blueprint(blueprint)
    prefix = urlsplit(parts.secrets.public_url).path
    app.wsgi_app = below(prefix, app.wsgi_app)  # type: ignore[assignment,method-assign]
    return app
