"""Who asks: only the carrier, by its signature over the public address and every parameter."""

from http import HTTPStatus
from typing import Final

from flask import abort, request
from twilio.request_validator import RequestValidator

from hotline.config.settings import Secrets

HEADER: Final = "X-Twilio-Signature"


def require_signature(secrets: Secrets) -> None:
    """403 unless the request was signed with our token for the address the carrier knows."""
    query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
    url = f"{secrets.public_url}{request.path}{query}"
    given = request.headers.get(HEADER, "")
    if not secrets.auth_token or not given:
        abort(HTTPStatus.FORBIDDEN)
    validator = RequestValidator(secrets.auth_token)
    if not validator.validate(url, request.form, given):
        abort(HTTPStatus.FORBIDDEN)
