"""A backup becomes a database again: all of it, or nothing changes."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from hotline.accounts.trail import Change
from hotline.backups.sealing import (
    BackupError,
    Header,
    marks,
    read_header,
    read_sealed,
    refuse_damaged,
)
from hotline.config.settings import Secrets
from hotline.privacy import privacy_of
from hotline.store.migrate import steps
from hotline.store.upkeep.dumping import Batch
from hotline.store.upkeep.loading import Contents, Noted, load


@dataclass(frozen=True)
class Restored:
    """What was restored, and what is to be known about it, one sentence each."""

    header: Header
    digest: str
    doubts: tuple[str, ...]


def restore(path: Path, secrets: Secrets, by: str, now: datetime, *, replace: bool) -> Restored:
    """Fill the database from a backup. Raises BackupError or DatabaseError: nothing is changed."""
    privacy_of(secrets)
    with _opened(path) as file:
        header = read_header(file)
        _refuse_other(header, secrets)
        digest = refuse_damaged(file)
        file.seek(0)
        read_header(file)
        found = _batches(read_sealed(file, header, secrets))
        contents = Contents(header.step, header.rows, found)
        told = {"digest": digest, "made": header.made.isoformat(), "step": header.step}
        noted = Noted(by, Change("data.restored", "data", None, told), now)
        doubts = load(secrets.database_url, contents, noted, replace=replace)
    return Restored(header, digest, (*_other_secret(header, secrets), *doubts))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None
    with file:
        yield file


def _refuse_other(header: Header, secrets: Secrets) -> None:
    if header.step not in steps():
        raise BackupError(
            f"This backup is of step {header.step}, and this program knows only {steps()[-1]}: "
            "take a newer program."
        )
    if header.data_key != marks(secrets)[0]:
        raise BackupError(
            "This backup was sealed under another HOTLINE_DATA_KEY: take that one from your safe."
        )


def _other_secret(header: Header, secrets: Secrets) -> Iterator[str]:
    if header.secret_key != marks(secrets)[1]:
        yield "HOTLINE_SECRET_KEY is another than then: no earlier caller is known again."


def _batches(pieces: Iterable[bytes]) -> Iterator[Batch]:
    """One of each line."""
    waiting = b""
    for piece in pieces:
        *lines, waiting = (waiting + piece).split(b"\n")
        yield from map(_batch, lines)
    if waiting:
        raise BackupError("This backup ends in the middle of a line.")


def _batch(line: bytes) -> Batch:
    read: dict[str, Any] = json.loads(line)
    columns = tuple((name, kind) for name, kind in read["columns"])
    return Batch(read["table"], columns, read["rows"])
