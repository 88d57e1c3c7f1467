"""A backup: everything at one instant, sealed in a file that is whole or is not there."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotline.accounts.trail import Change
from hotline.backups.sealing import BackupError, Header, marks, write_sealed
from hotline.parts import Parts
from hotline.privacy import privacy_of
from hotline.store import Session
from hotline.store.access.trail import append_to_trail
from hotline.store.migrate import head
from hotline.store.upkeep.dumping import batches, count_rows, snapshot
from hotline.store.upkeep.upkeep import BACKUP, note_upkeep

FOR_OWNER: Final = 0o600


@dataclass(frozen=True)
class Saved:
    """A backup that was made. digest: SHA-256, to compare another day."""

    header: Header
    digest: str
    size: int  # bytes


def save(parts: Parts, path: Path, by: str) -> Saved:
    """Write everything to `path`, which must not exist. Raises BackupError."""
    privacy_of(parts.secrets)
    if path.exists():
        raise BackupError(f"{path} exists already; give the backup a name of its own.")
    part = path.with_name(f"{path.name}.part")
    try:
        saved = _written(parts, part)
        os.replace(part, path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    _note(parts, saved, by)
    return saved


def _written(parts: Parts, part: Path) -> Saved:
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FOR_OWNER)
    with os.fdopen(number, "wb") as file, snapshot(parts.store) as db:
        header = _header(parts, db)
        digest = write_sealed(file, header, parts.secrets, _lines(db))
        file.flush()
        os.fsync(file.fileno())
        return Saved(header, digest, file.tell())


def _header(parts: Parts, db: Session) -> Header:
    return Header(head(), parts.clock(), db.dialect.name, count_rows(db), *marks(parts.secrets))


def _lines(db: Session) -> Iterator[bytes]:
    for batch in batches(db):
        line = {"table": batch.table, "columns": batch.columns, "rows": batch.rows}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _note(parts: Parts, saved: Saved, by: str) -> None:
    told = {"digest": saved.digest, "rows": sum(saved.header.rows.values())}
    with parts.store.writing() as db:
        note_upkeep(db, BACKUP, saved.header.made)
        append_to_trail(db, by, Change("data.saved", "data", None, told), parts.clock())
