"""A caller's number and voice as we may keep them: encrypted; a number as a keyed hash, too."""

import hmac
from hashlib import sha256

from cryptography.fernet import Fernet

from hotline.config.settings import Secrets
from hotline.errors import HotlineError


class Privacy:
    """The two keys at work. secret_key: any text; data_key: 32 bytes in URL-safe base64."""

    def __init__(self, secrets: Secrets) -> None:
        self._hash_key = secrets.secret_key.encode()
        self._box = Fernet(secrets.data_key)

    def hashed(self, number: str) -> str:
        """The same for the same number under the same key, and no way back without it."""
        return hmac.new(self._hash_key, number.encode(), sha256).hexdigest()

    def sealed(self, number: str) -> bytes:
        """The number, encrypted; differs each time."""
        return self.sealed_bytes(number.encode())

    def opened(self, cipher: bytes) -> str:
        """The number again."""
        return self.opened_bytes(cipher).decode()

    def sealed_bytes(self, clear: bytes) -> bytes:
        """A recording, encrypted; differs each time."""
        return self._box.encrypt(clear)

    def opened_bytes(self, cipher: bytes) -> bytes:
        """The recording again."""
        return self._box.decrypt(cipher)


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
