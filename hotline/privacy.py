"""A caller's number and voice as we may keep them: encrypted; a number as a keyed hash, too."""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hotline.config.settings import Secrets
from hotline.errors import HotlineError
from hotline.keyed import KeyedHash

# Ciphers are text, in URL-safe base64. Earlier ones are Fernet's, which all begin with "g": those
# are read as ever, but sealing a number so costs a greeting as much as three statements. Those of
# today are of AES-256-GCM, with their nonce before them, after a byte that says so.
FERNET: Final = b"g"
GCM: Final = b"\x01"
NONCE: Final = 12  # bytes, random: safe for billions of ciphers under one key


class Privacy:
    """The two keys at work. secret_key: any text; data_key: 32 bytes in URL-safe base64."""

    def __init__(self, secrets: Secrets) -> None:
        self._hash = KeyedHash(secrets.secret_key.encode(), "sha256")
        self._old_box = Fernet(secrets.data_key)
        key = hmac.digest(urlsafe_b64decode(secrets.data_key), b"AES-256-GCM", "sha256")
        self._box = AESGCM(key)  # of its own: no key serves two ciphers

    def hashed(self, number: str) -> str:
        """The same for the same number under the same key, and no way back without it."""
        return self._hash.of(number.encode()).hex()

    def sealed(self, number: str) -> bytes:
        """The number, encrypted; differs each time."""
        return self.sealed_bytes(number.encode())

    def opened(self, cipher: bytes) -> str:
        """The number again."""
        return self.opened_bytes(cipher).decode()

    def sealed_bytes(self, clear: bytes) -> bytes:
        """A recording, encrypted; differs each time."""
        nonce = os.urandom(NONCE)
        return urlsafe_b64encode(GCM + nonce + self._box.encrypt(nonce, clear, None))

    def opened_bytes(self, cipher: bytes) -> bytes:
        """The recording again. Raises InvalidToken if it was sealed with another key."""
        if cipher[:1] == FERNET:
            return self._old_box.decrypt(cipher)
        try:
            whole = urlsafe_b64decode(cipher)
            return self._box.decrypt(whole[1 : 1 + NONCE], whole[1 + NONCE :], None)
        except (InvalidTag, ValueError):  # ValueError: no base64, or too short to be any
            raise InvalidToken from None


def privacy_of(secrets: Secrets) -> Privacy:
    """The keys at work. Raises HotlineError if one is missing or is no key."""
    if not secrets.data_key or not secrets.secret_key:
        raise HotlineError(
            "The environment lacks HOTLINE_DATA_KEY or HOTLINE_SECRET_KEY; `hotline keys` prints "
            "fresh ones for a new site."
        )
    try:
        return Privacy(secrets)
    except ValueError:
        raise HotlineError(
            "HOTLINE_DATA_KEY is no key: it takes 32 bytes in URL-safe base64, as `hotline keys` "
            "prints."
        ) from None


def new_data_key() -> str:
    """A fresh HOTLINE_DATA_KEY."""
    return Fernet.generate_key().decode()
