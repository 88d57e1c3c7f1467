"""How do the carrier's requests travel to the webhooks?"""

import io
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

import requests

SECONDS_FOR_AN_ANSWER = 15  # Twilio's hard limit for voice
SECONDS_TO_CONNECT = 5
FORM_TYPE = "application/x-www-form-urlencoded"

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class Message:
    """One request. `url` is complete, with its query and without fragment; GET has no form."""

    method: str
    url: str
    form: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status: int
    content_type: str
    body: bytes


class WireError(Exception):
    """No answer came. `code` is Twilio's error code."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Transport(Protocol):
    """Carries one request to the webhooks."""

    def send(self, message: Message) -> Reply:
        """The answer; raises WireError when none came. Called from several threads when live."""


class HttpTransport:
    """Over real HTTP, connections kept.

    reached_at: where `public_url` is really served. limit: seconds for an answer.
    """

    def __init__(
        self, public_url: str = "", reached_at: str = "", limit: float = SECONDS_FOR_AN_ANSWER
    ) -> None:
        self._limit = limit
        self._public_url, self._reached_at = public_url.rstrip("/"), reached_at.rstrip("/")
        self._sessions = threading.local()
        self._opened: list[requests.Session] = []

    def send(self, message: Message) -> Reply:
        """The answer within Twilio's limits. Redirects are not followed."""
        try:
            answer = self._session().request(
                message.method,
                self._where(message.url),
                data=urlencode(message.form).encode() if message.method == "POST" else None,
                headers=self._headers(message),
                timeout=(SECONDS_TO_CONNECT, self._limit),
                allow_redirects=False,
            )
        except requests.ConnectTimeout as error:
            raise WireError(11201, "no connection in time") from error
        except requests.ConnectionError as error:
            raise WireError(11205, "no connection") from error
        except requests.Timeout as error:
            raise WireError(11203, "no answer in time") from error
        except requests.RequestException as error:
            raise WireError(11200, "no answer") from error
        return Reply(answer.status_code, answer.headers.get("Content-Type", ""), answer.content)

    def close(self) -> None:
        """Close all connections."""
        for session in self._opened:
            session.close()

    def _session(self) -> requests.Session:
        if not hasattr(self._sessions, "session"):
            self._sessions.session = requests.Session()
            self._sessions.session.trust_env = False  # a proxy of the machine is none of Twilio's
            self._opened.append(self._sessions.session)
        session: requests.Session = self._sessions.session
        return session

    def _where(self, url: str) -> str:
        if self._reached_at and url.startswith(self._public_url):
            return self._reached_at + url.removeprefix(self._public_url)
        return url

    def _headers(self, message: Message) -> dict[str, str]:
        host = {"Host": urlsplit(message.url).netloc, "Content-Type": FORM_TYPE}
        forwarded = {"X-Forwarded-Proto": urlsplit(message.url).scheme}
        return {**host, **forwarded, **message.headers}


class WsgiTransport:
    """Straight into a WSGI application of the same process."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def send(self, message: Message) -> Reply:
        """The application's answer; what it raises is raised here."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            started.append((status, headers))

        chunks = self._app(_environ(message), start_response)
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = started[-1]
        types = [value for name, value in headers if name.lower() == "content-type"]
        return Reply(int(status.split()[0]), types[0] if types else "", body)


def _environ(message: Message) -> dict[str, Any]:
    parts = urlsplit(message.url)
    body = urlencode(message.form).encode() if message.method == "POST" else b""
    named = {f"HTTP_{name.upper().replace('-', '_')}": v for name, v in message.headers.items()}
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return {
        "REQUEST_METHOD": message.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),
        "QUERY_STRING": parts.query,
        "RAW_URI": f"{parts.path}?{parts.query}" if parts.query else parts.path,
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": FORM_TYPE if body else "",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": parts.netloc,
        **_gateway(parts.scheme, body),
        **named,
    }


def _gateway(scheme: str, body: bytes) -> dict[str, Any]:
    return {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
