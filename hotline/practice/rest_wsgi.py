"""How does a REST client reach the carrier over HTTP?"""

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from hotline.practice.rest import RestApi

MOST_BYTES = 64 * 1024


class RestApp:
    """A WSGI application that answers like api.twilio.com; give its address as the API base."""

    def __init__(self, api: RestApi) -> None:
        self._api = api

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """One request."""
        length = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES)
        form = parse_qsl(environ["wsgi.input"].read(length).decode(), keep_blank_values=True)
        status, answer = self._api.handle(
            environ["REQUEST_METHOD"],
            environ.get("PATH_INFO", ""),
            form,
            environ.get("HTTP_AUTHORIZATION"),
        )
        body = json.dumps(answer).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]
