"""A text's hash under a key, so that nobody without the key can make it or test a guess."""

import hmac


class KeyedHash:
    """HMAC under one key. Thread-safe.

    The key is taken in once: `hmac.digest` looks its algorithm up and takes its key in each time.
    """

    def __init__(self, key: bytes, algorithm: str) -> None:
        self._begun = hmac.new(key, digestmod=algorithm)

    def of(self, text: bytes) -> bytes:
        """The hash of `text`."""
        begun = self._begun.copy()
        begun.update(text)
        return begun.digest()
