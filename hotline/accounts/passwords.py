"""Passwords: what one must be, and whether one fits. Kept as argon2 hashes only."""

import re
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.errors import HotlineError

# OWASP's least for argon2id with this much memory; some 40 ms, so that guessing is slow.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
SHORTEST: Final = 10
LONGEST: Final = 200  # characters: an answer is never slow because a password was a book
NOBODYS: Final = HASHER.hash("nobody's")
COMMON: Final = re.compile(
    r"(?:password|passw0rd|qwerty(?:uiop)?|1?q(?:2w|az).*|abc123.*|iloveyou.*|letmein.*|admin.*"
    r"|woaini.*|hotline.*|96111.*|12355.*|12345.*|(?:19|20)\d{6,10})[\d!.@#]*",
    re.IGNORECASE,
)


class PasswordError(HotlineError):
    """A password that would soon be guessed. `reason`: one word for pages to translate."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def hashed(password: str, login: str) -> str:
    """What is kept of a new password. Raises PasswordError."""
    if len(password) < SHORTEST:
        raise PasswordError("short", f"A password has {SHORTEST} characters or more.")
    if len(password) > LONGEST:
        raise PasswordError("long", f"A password has at most {LONGEST} characters.")
    if login.lower() in password.lower():
        raise PasswordError("login", "A password does not hold the name you sign in with.")
    if len(set(password)) < 5 or COMMON.fullmatch(password):
        raise PasswordError("common", "This password is guessed at once; choose another.")
    return HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether `password` is the one that was kept; takes as long where none is kept."""
    try:
        HASHER.verify(kept or NOBODYS, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)
