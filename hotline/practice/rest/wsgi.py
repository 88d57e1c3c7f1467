"""How does a REST client reach the carrier over HTTP?"""

import json
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from hotline.practice.rest.calls import Json
from hotline.practice.rest.door import RestApi

MOST_BYTES = 64 * 1024


class RestApp:
    """A WSGI application that answers like api.twilio.com; give its address as the API base."""

    def __init__(self, api: RestApi, stalls: float = 0) -> None:
        """stalls: seconds on the wall before an answer that comes too late, when live."""
        self._api = api
        self._stalls = stalls

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """One request."""
        length = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES)
        sent = environ["wsgi.input"].read(length).decode() or environ.get("QUERY_STRING", "")
        form = parse_qsl(sent, keep_blank_values=True)
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        authorization = environ.get("HTTP_AUTHORIZATION")
        answer: bytes | Json
        if method == "GET" and path.endswith(".wav"):
            status, answer = self._api.sound(path, authorization)
        else:
            status, answer = self._api.handle(method, path, form, authorization)
        if status == HTTPStatus.GATEWAY_TIMEOUT:
            time.sleep(self._stalls)
        body, kind = _body(status, answer)
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]


def _body(status: int, answer: bytes | Json) -> tuple[bytes, str]:
    if isinstance(answer, bytes):
        return answer, "audio/x-wav"
    empty = status == HTTPStatus.NO_CONTENT
    return b"" if empty else json.dumps(answer).encode(), "application/json"
