"""A backup's file: who may read it, and how damage is noticed before anything is believed.

    hotline-backup 1                     one line
    {"step": ..., "made": ..., ...}      one line of JSON, in the clear
    length, sealed frame                 any number of times
    digest                               SHA-256 of all that stands before it

Frames are AES-256-GCM under a key of this file alone, from HOTLINE_DATA_KEY and a random salt.
Their nonce counts them and marks the last, which alone is short, and both lines are authenticated
with each: so no frame can be changed, moved, dropped, or put under another header.
"""

import hmac
import json
import os
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hotline.config.settings import Secrets
from hotline.errors import HotlineError

MAGIC: Final = b"hotline-backup 1\n"
FRAME: Final = 1 << 18  # bytes, compressed
TAG: Final = 16
DIGEST: Final = 32
LONGEST_HEADER: Final = 1 << 20
READ: Final = 1 << 16


class BackupError(HotlineError):
    """This file cannot be made, or cannot be restored from."""


@dataclass(frozen=True)
class Header:
    """What stands in the clear. rows: of each table; keys: marks of both keys, not the keys."""

    step: str
    made: datetime
    database: str
    rows: Mapping[str, int]
    data_key: str
    secret_key: str
    salt: str = field(default_factory=lambda: os.urandom(32).hex())

    def line(self) -> bytes:
        """As it stands in the file."""
        values = {**asdict(self), "made": self.made.isoformat(), "rows": dict(self.rows)}
        return json.dumps(values, sort_keys=True).encode() + b"\n"


def header_of(line: bytes) -> Header:
    """The header again. Raises BackupError."""
    try:
        values: dict[str, Any] = json.loads(line)
        return Header(**{**values, "made": datetime.fromisoformat(values["made"])})
    except (ValueError, TypeError, KeyError):
        raise BackupError("The head of this backup cannot be read: the file is damaged.") from None


def marks(secrets: Secrets) -> tuple[str, str]:
    """By what the two keys are told from others."""
    both = (secrets.data_key.encode(), secrets.secret_key.encode())
    first, second = (hmac.digest(key, b"hotline backup: which key", "sha256") for key in both)
    return first.hex()[:16], second.hex()[:16]


def write_sealed(file: IO[bytes], header: Header, secrets: Secrets, parts: Iterable[bytes]) -> str:
    """The whole file; its SHA-256 in hexadecimal, as `sha256sum` has it."""
    digest = sha256()

    def put(written: bytes) -> None:
        digest.update(written)
        file.write(written)

    head = MAGIC + header.line()
    put(head)
    box = _box(header, secrets)
    for number, frame in enumerate(_compressed(parts)):
        sealed = box.encrypt(_nonce(number, last=len(frame) < FRAME), frame, head)
        put(len(sealed).to_bytes(4, "big") + sealed)
    put(digest.digest())
    return digest.hexdigest()


def read_header(file: IO[bytes]) -> Header:
    """What a file says of itself; nothing is believed yet. Raises BackupError."""
    if file.readline(len(MAGIC)) != MAGIC:
        raise BackupError("This is no backup that this program made.")
    return header_of(file.readline(LONGEST_HEADER))


def refuse_damaged(file: IO[bytes]) -> str:
    """Read it once from end to end; its SHA-256. Raises BackupError unless its last bytes agree."""
    file.seek(0, os.SEEK_END)
    left = file.tell() - DIGEST
    file.seek(0)
    digest = sha256()
    while left > 0 and (piece := file.read(min(READ, left))):
        digest.update(piece)
        left -= len(piece)
    last = file.read()
    if last != digest.digest():
        raise BackupError("This backup is damaged or cut off: its digest is another.")
    digest.update(last)
    return digest.hexdigest()


def read_sealed(file: IO[bytes], header: Header, secrets: Secrets) -> Iterator[bytes]:
    """What was sealed, piece by piece. file: stands after the header. Raises BackupError."""
    head = MAGIC + header.line()
    box, inflate = _box(header, secrets), zlib.decompressobj()
    number, last = 0, False
    while not last:
        sealed = file.read(int.from_bytes(file.read(4), "big"))
        last = len(sealed) < FRAME + TAG
        yield inflate.decompress(_opened(box, _nonce(number, last=last), sealed, head))
        number += 1
    yield inflate.flush()


def _opened(box: AESGCM, nonce: bytes, sealed: bytes, head: bytes) -> bytes:
    try:
        return box.decrypt(nonce, sealed, head)
    except InvalidTag:
        raise BackupError("This backup is damaged: a part of it is not as it was sealed.") from None


def _box(header: Header, secrets: Secrets) -> AESGCM:
    key = urlsafe_b64decode(secrets.data_key)
    return AESGCM(hmac.digest(key, b"hotline backup" + bytes.fromhex(header.salt), "sha256"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Frames of one length, and a shorter one, perhaps empty, which is the last."""
    deflate, waiting = zlib.compressobj(6), bytearray()
    for part in parts:
        waiting += deflate.compress(part)
        while len(waiting) >= FRAME:
            yield bytes(waiting[:FRAME])
            del waiting[:FRAME]
    waiting += deflate.flush()
    while len(waiting) >= FRAME:
        yield bytes(waiting[:FRAME])
        del waiting[:FRAME]
    yield bytes(waiting)
