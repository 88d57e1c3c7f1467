"""What an entry of the audit trail says, and whether the chain of all of them is unbroken.

Each hash covers its entry and the hash before, so whoever changes, drops or adds an entry in the
middle must write all later ones anew, and then the last hash is not what was noted elsewhere.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

Values = dict[str, Any] | None


@dataclass(frozen=True)
class Change:
    """What was done to what. before, after: small JSON; never a number, a note or a password."""

    act: str
    subject: str
    before: Values = None
    after: Values = None

    @classmethod
    def read(cls, act: str, subject: str, before: str, after: str) -> "Change":
        """As it was stored."""
        return cls(act, subject, json.loads(before), json.loads(after))


@dataclass(frozen=True)
class Entry:
    """A change, who made it and when; number: 1 for the first, without a hole."""

    number: int
    at: datetime
    login: str
    change: Change
    hash: str


def written(values: Values) -> str:
    """One way of writing, so that the hash of what is read is that of what was written."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(number: int, at: datetime, login: str, change: Change, previous: str) -> Entry:
    """The entry after the one whose hash is `previous`."""
    return Entry(number, at, login, change, _hash(number, at, login, change, previous))


def broken_links(entries: Iterable[Entry], last: tuple[int, str]) -> Iterator[str]:
    """What is wrong with a trail, in sentences. last: number and hash kept beside the trail."""
    number, previous = 0, ""
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"Entry {number} is missing."
            number = entry.number
        elif entry.hash != _hash(entry.number, entry.at, entry.login, entry.change, previous):
            yield f"Entry {entry.number} is not as it was written."
        previous = entry.hash
    if (number, previous) != last:
        yield f"The trail ends with entry {number}, and entry {last[0]} should be its last."


def _hash(number: int, at: datetime, login: str, change: Change, previous: str) -> str:
    said = (
        *(previous, str(number), at.astimezone(UTC).isoformat(timespec="microseconds"), login),
        *(change.act, change.subject, written(change.before), written(change.after)),
    )
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
