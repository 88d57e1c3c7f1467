"""Secrets that a browser holds and we keep only hashed: sessions, links, forms."""

import hmac
import secrets
from hashlib import sha256


def new_token() -> str:
    """256 bits in URL-safe letters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of it: without a way back, and as good as the token is long."""
    return sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """What a form of the session with that token must hold, and no other site can know."""
    return hmac.new(token.encode(), b"form", sha256).hexdigest()[:40]
