"""Who wrote the exported documents, and whether they are whole: a list of sums, signed.

The list is what `sha256sum` writes and the signature plain Ed25519, so a host checks both with
tools that it has: no secret of ours, no program of ours.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from hotline.config.settings import Secrets
from hotline.errors import HotlineError

SUMS: Final = "SHA256SUMS"
SIGNATURE: Final = "SHA256SUMS.sig"


def signing_key(secrets: Secrets) -> Ed25519PrivateKey:
    """Made from HOTLINE_SECRET_KEY: one secret less to keep. It changes with it."""
    if not secrets.secret_key:
        raise HotlineError("HOTLINE_SECRET_KEY is missing: by it the documents are signed.")
    made = HKDF(SHA256(), 32, salt=None, info=b"hotline fallback").derive(
        secrets.secret_key.encode()
    )
    return Ed25519PrivateKey.from_private_bytes(made)


def public_pem(key: Ed25519PublicKey) -> str:
    """The key that checks, as OpenSSL reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key(pem: str) -> Ed25519PublicKey:
    """The key in a PEM text. Raises HotlineError."""
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        raise HotlineError(
            "That file holds no public key; `hotline fallback key` prints one."
        ) from None
    if not isinstance(key, Ed25519PublicKey):
        raise HotlineError("That key is not of this kind; `hotline fallback key` prints one.")
    return key


def sums(files: Mapping[str, bytes]) -> str:
    """The list: a sum and a name for each file."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))


def is_signed(text: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    """Whether `signature` is that of `text` by `key`."""
    try:
        key.verify(signature, text)
    except InvalidSignature:
        return False
    return True


def listed(text: str) -> Mapping[str, str]:
    """The sum of each file that a list names."""
    pairs = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {name: each for each, name in pairs}
