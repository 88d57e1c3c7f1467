"""A caller's number, as we may keep it: encrypted, and as a keyed hash to know a number again."""

import hmac
from hashlib import sha256

from cryptography.fernet import Fernet

from hotline.config.settings import Secrets


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
        return self._box.encrypt(number.encode())

    def opened(self, cipher: bytes) -> str:
        """The number again."""
        return self._box.decrypt(cipher).decode()


def new_data_key() -> str:
    """A fresh HOTLINE_DATA_KEY."""
    return Fernet.generate_key().decode()
