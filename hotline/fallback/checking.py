"""Whether exported documents are ours, whole, and of use at this hour."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hotline.config.settings import Settings
from hotline.fallback.exporting import hour_of, named
from hotline.fallback.signing import SIGNATURE, SUMS, is_signed, listed


def problems(
    folder: Path, settings: Settings, key: Ed25519PublicKey, now: datetime
) -> Iterator[str]:
    """One sentence for each thing that is wrong; none: all is well."""
    try:
        text, signature = (folder / SUMS).read_bytes(), (folder / SIGNATURE).read_bytes()
    except OSError:
        yield f"There is no export in {folder}; run: hotline fallback export {folder}"
        return
    if not is_signed(text, signature, key):
        yield f"{SUMS} is not signed by our key."
        return
    known = listed(text.decode())
    yield from (f"{name} is not as it was written." for name in _spoilt(folder, known))
    yield from _unlisted(folder, frozenset(known))
    for line in settings.lines:
        if f"{line.name}/{named(hour_of(now))}.xml" not in known:
            yield f"{line.name} has no document for this hour; export again."


def _spoilt(folder: Path, known: Mapping[str, str]) -> Iterator[str]:
    for name, expected in known.items():
        path = folder / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != expected:
            yield name


def _unlisted(folder: Path, known: frozenset[str]) -> Iterator[str]:
    for path in sorted(folder.glob("*/*.xml")):
        name = f"{path.parent.name}/{path.name}"
        if name not in known:
            yield f"{name} is none of ours."
