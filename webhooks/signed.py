"""Who asks: only the carrier, by its signature over the public address and every parameter."""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from flask import Request, abort, request

from hotline.config.settings import Secrets

HEADER: Final = "X-Twilio-Signature"
PORTS: Final = {"http": 80, "https": 443}


def require_signature(secrets: Secrets) -> None:
    """403 unless the request was signed with a token of ours for the address the carrier knows."""
    if not is_signed(request, secrets):
        abort(HTTPStatus.FORBIDDEN)


def is_signed(asked: Request, secrets: Secrets) -> bool:
    """Whether the request bears a signature by one of our tokens, for its URL with or without port.

    Both, as the carrier's own libraries do: it is not consistent itself.
    """
    given = asked.headers.get(HEADER, "").encode("utf-8", "replace")
    if not given:  # before anything is parsed: strangers cost next to nothing
        return False
    query = f"?{asked.query_string.decode(errors='replace')}" if asked.query_string else ""
    rest = f"{asked.path}{query}{_fields(asked.form.lists())}"
    return any(
        hmac.compare_digest(_signature(token, f"{base}{rest}"), given)
        for token in secrets.auth_tokens
        for base in _bases(secrets.public_url)
    )


def _fields(form: Iterable[tuple[str, list[str]]]) -> str:
    """Each name with its values, sorted; of a repeated field each different value once."""
    return "".join(
        f"{name}{values[0]}"
        if len(values) == 1
        else "".join(f"{name}{value}" for value in sorted(set(values)))
        for name, values in sorted(form)
    )


def _signature(token: str, text: str) -> bytes:
    return b64encode(hmac.digest(token.encode(), text.encode("utf-8", "replace"), "sha1"))


@cache
def _bases(public_url: str) -> tuple[str, ...]:
    """The public URL as it is configured, then without a port, then with one."""
    parts = urlsplit(public_url)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    port = parts.port or PORTS.get(parts.scheme, 80)
    others = (parts._replace(netloc=netloc).geturl() for netloc in (host, f"{host}:{port}"))
    return tuple(dict.fromkeys((public_url, *others)))
