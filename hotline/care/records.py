"""The record of a conversation: what its volunteer noted, and what was promised to the caller."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName
from hotline.duty import LegId, PersonId

LONGEST_NOTE: Final = 4000  # characters
FARTHEST: Final = timedelta(days=366)  # a follow-up is due within a year


class RiskLevel(StrEnum):
    """The risk that a volunteer saw in a conversation."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class FollowedUp(StrEnum):
    """What came of a follow-up."""

    REACHED = "reached"
    UNREACHED = "unreached"  # tried, and given up
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True)
class CareRecord:
    """One conversation of one volunteer and what is known of it. Nothing of who the caller is.

    note: encrypted. done: since when the form is filled in. version: counts its changes, from 0.
    """

    leg: LegId
    call: CallId
    line: LineName
    writer: PersonId
    code: str
    name: str
    began: datetime
    ended: datetime | None
    risk: RiskLevel | None = None
    kind: int | None = None
    note: bytes | None = None
    follow_up: datetime | None = None
    followed_up: datetime | None = None
    result: FollowedUp | None = None
    done: datetime | None = None
    version: int = 0

    @property
    def is_due(self) -> bool:
        """Whether a follow-up is promised and nobody has done it."""
        return self.follow_up is not None and self.followed_up is None


@dataclass(frozen=True)
class Reader:
    """Somebody who wants to see a record. person: None, an account of nobody who volunteers."""

    person: PersonId | None
    supervises: frozenset[LineName]


def is_writer(record: CareRecord, reader: Reader) -> bool:
    """Whether the conversation was theirs: they alone fill its form in."""
    return reader.person is not None and reader.person == record.writer


def may_read(record: CareRecord, reader: Reader) -> bool:
    """Whether they may read the note: who wrote it, and supervisors of the line; nobody else."""
    return is_writer(record, reader) or record.line in reader.supervises


def why_not_filled(note: str, follow_up: datetime | None, now: datetime) -> str | None:
    """What is wrong with a form as it was sent: `long-note`, `past` or `far`; None: nothing."""
    if len(note) > LONGEST_NOTE:
        return "long-note"
    if follow_up is not None and follow_up <= now:
        return "past"
    if follow_up is not None and follow_up > now + FARTHEST:
        return "far"
    return None
