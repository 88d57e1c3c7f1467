"""Who asks: only the carrier, by its signature over the public address and every parameter."""

import hmac
from binascii import b2a_base64
from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from flask import abort

from hotline.config.settings import Secrets
from hotline.keyed import KeyedHash
from webhooks.forms import Asked, Fields, asked

HEADER: Final = "HTTP_X_TWILIO_SIGNATURE"  # as a web server hands it over
# The carrier sends some fifty fields and 4 kB; the longest text, in Chinese, 15 kB.
LARGEST: Final = 32 * 1024
MOST_FIELDS: Final = 500
LARGEST_QUERY: Final = 4096
PORTS: Final = {"http": 80, "https": 443}


def require_signature(secrets: Secrets) -> None:
    """403 unless the request was signed with a token of ours for the address the carrier knows."""
    if not is_signed(asked(), secrets):
        abort(HTTPStatus.FORBIDDEN)


def is_signed(request: Asked, secrets: Secrets) -> bool:
    """Whether the request bears a signature by one of our tokens, for its URL with or without port.

    Both, as the carrier's own libraries do: it is not consistent itself.
    """
    given = request.environ.get(HEADER, "").encode("utf-8", "replace")
    if not given:  # before anything is parsed: strangers cost next to nothing
        return False
    if _is_more_than_the_carrier_sends(request):
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    query = f"?{request.query_string.decode(errors='replace')}" if request.query_string else ""
    rest = f"{request.path}{query}{_signed(request.fields)}"
    for token in secrets.auth_tokens:
        for base in _bases(secrets.public_url):
            if hmac.compare_digest(_signature(token, f"{base}{rest}"), given):
                return True
    return False


def _is_more_than_the_carrier_sends(request: Asked) -> bool:
    """Whether reading it would cost more than answering a caller: a forger pays nothing for it."""
    too_long = len(request.query_string) > LARGEST_QUERY
    return too_long or request.is_beyond(LARGEST, MOST_FIELDS)


def _signed(fields: Fields) -> str:
    """Each name with its value, sorted; of a repeated field each different value once."""
    return "".join(map("".join, sorted(set(fields))))


def _signature(token: str, text: str) -> bytes:
    return b2a_base64(_keyed(token).of(text.encode("utf-8", "replace")), newline=False)


@cache
def _keyed(token: str) -> KeyedHash:
    return KeyedHash(token.encode(), "sha1")


@cache
def _bases(public_url: str) -> tuple[str, ...]:
    """The public URL as it is configured, then without a port, then with one."""
    parts = urlsplit(public_url)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    port = parts.port or PORTS.get(parts.scheme, 80)
    others = (parts._replace(netloc=netloc).geturl() for netloc in (host, f"{host}:{port}"))
    return tuple(dict.fromkeys((public_url, *others)))
