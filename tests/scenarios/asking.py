"""Requests of the carrier by hand: signed, and told one by one."""

import io
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hotline.parts import Parts
from hotline.practice.signing import SIGNATURE_HEADER, signature
from webhooks.app import create_app

FORM = "application/x-www-form-urlencoded"


class Asker:
    """A carrier that does what it is told."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.client: FlaskClient = create_app(parts).test_client()

    def post(self, path: str, form: Mapping[str, str] | None = None, **more: str) -> TestResponse:
        """A signed request to `path` below the public address."""
        fields = {**(form or {}), **more}
        secrets = self._parts.secrets
        signed = signature(secrets.auth_token, secrets.public_url + path, fields.items())
        return self.raw(path, urlencode(fields).encode(), {SIGNATURE_HEADER: signed})

    def raw(self, path: str, body: bytes, headers: Mapping[str, str]) -> TestResponse:
        """Any bytes with any headers."""
        return self.client.post(
            path,
            input_stream=io.BytesIO(body),
            content_length=len(body),
            content_type=FORM,
            headers=dict(headers),
        )

    def rings(self, sid: str, **more: str) -> TestResponse:
        """A caller's first request."""
        form = {"From": "+8613912345678", "To": "96111", "CallStatus": "ringing", **more}
        return self.post("/voice/incoming", form, CallSid=sid, Direction="inbound")


def paths(answer: TestResponse) -> list[str]:
    """The addresses that a document points at, below the public one, in order."""
    return re.findall(r"https://hotline\.example(/[^\"<]*)", answer.text)
