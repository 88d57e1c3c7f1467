"""What happened to every caller and on every volunteer's phone?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from hotline.ports import CallSid

GRACE = timedelta(seconds=2)


class EndedBy(StrEnum):
    """Who ended a leg."""

    CALLER = "caller"
    PHONE = "phone"
    HOTLINE = "hotline"
    CARRIER_ERROR = "carrier error"  # the caller heard "an application error": stranded


@dataclass(frozen=True)
class Said:
    """One thing heard or done. who: hotline, caller, phone or carrier."""

    at: datetime
    who: str
    text: str


@dataclass(frozen=True)
class Trouble:
    """Something Twilio would have refused or warned of. code 0: a remark of our own."""

    at: datetime
    sid: CallSid | None
    code: int
    sentence: str


@dataclass(frozen=True)
class TextRecord:
    """An SMS that the carrier took, either way. sender, to: as Twilio writes numbers."""

    sid: str
    at: datetime
    sender: str
    to: str
    words: str


@dataclass(frozen=True)
class Talk:
    """A stretch of talking with one other address. `person`: not a mailbox."""

    address: str
    started: datetime
    ended: datetime | None
    person: bool


@dataclass(frozen=True)
class CallRecord:
    """One caller's contact with the hotline."""

    sid: CallSid
    line: str  # as dialled
    arrived: datetime
    answered_at: datetime | None
    first_words_at: datetime | None
    talks: tuple[Talk, ...]
    ended_at: datetime | None
    ended_by: EndedBy | None
    transcript: tuple[Said, ...]
    longest_silence: timedelta
    message: timedelta | None  # what was left on voicemail
    errors: tuple[Trouble, ...]
    # Silence while whoever a Dial of theirs reached heard the whisper.
    longest_whisper: timedelta = timedelta(0)

    @property
    def talk(self) -> Talk | None:
        """The first talk with a person."""
        return next((talk for talk in self.talks if talk.person), None)

    @property
    def first_words_after(self) -> timedelta | None:
        """From arrival to the first words heard."""
        return self.first_words_at - self.arrived if self.first_words_at else None

    @property
    def waited(self) -> timedelta | None:
        """From arrival to a person, or to the end without one; None while waiting."""
        until = self.talk.started if self.talk else self.ended_at
        return until - self.arrived if until else None

    @property
    def stranded(self) -> bool:
        """Whether the carrier had to give the caller up."""
        return self.ended_by is EndedBy.CARRIER_ERROR


@dataclass(frozen=True)
class LegRecord:
    """One leg on a volunteer's phone. rung_at None: it never left the carrier's queue."""

    sid: CallSid
    address: str
    shown: str  # the number on the display
    parent: CallSid | None  # the call that dialled it; None if it came over REST
    asked_at: datetime
    rung_at: datetime | None
    answered_at: datetime | None
    talks: tuple[Talk, ...]
    ended_at: datetime | None
    ended_by: EndedBy | None
    outcome: str  # the last CallStatus
    behaviour: str
    keys: str
    rung_while_busy: bool
    transcript: tuple[Said, ...]
    errors: tuple[Trouble, ...]

    @property
    def accepted(self) -> bool:
        """Whether the leg was bridged to somebody."""
        return bool(self.talks)


def double_booked(records: Iterable[LegRecord]) -> list[tuple[LegRecord, LegRecord]]:
    """Pairs of legs that were on one phone at one time."""
    by_address: dict[str, list[tuple[datetime, LegRecord]]] = {}
    for leg in records:
        if leg.rung_at is not None:
            by_address.setdefault(leg.address, []).append((leg.rung_at, leg))
    return [pair for legs in by_address.values() for pair in _overlapping(legs)]


def _overlapping(legs: list[tuple[datetime, LegRecord]]) -> Iterator[tuple[LegRecord, LegRecord]]:
    legs.sort(key=lambda timed: timed[0])
    until: datetime | None = None
    holder: LegRecord | None = None
    for rung, leg in legs:
        if holder is not None and (until is None or rung < until):
            yield holder, leg
        if holder is None or (until is not None and (leg.ended_at is None or leg.ended_at > until)):
            holder, until = leg, leg.ended_at


def phones_ringing_for_nobody(
    calls: Iterable[CallRecord], legs: Iterable[LegRecord], grace: timedelta = GRACE
) -> list[LegRecord]:
    """Legs that rang or whispered longer than `grace` while no caller at all was waiting."""
    waits = _joined(sorted(_waits(calls)))
    return [leg for leg in legs if _longest_alone(leg, waits) > grace]


_Span = tuple[datetime, datetime]


def _waits(calls: Iterable[CallRecord]) -> Iterator[_Span]:
    """When each caller was connected and talked to no person."""
    for call in calls:
        end = call.ended_at or _FAR
        talks = sorted((t.started, t.ended or end) for t in call.talks if t.person)
        starts = [call.arrived, *(ended for _, ended in talks)]
        stops = [*(started for started, _ in talks), end]
        yield from ((a, b) for a, b in zip(starts, stops, strict=True) if a < b)


_FAR = datetime.max.replace(tzinfo=UTC)


def _joined(spans: Iterable[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _longest_alone(leg: LegRecord, waits: list[_Span]) -> timedelta:
    """The longest stretch of a leg's ringing and whispering that no wait covers."""
    if leg.rung_at is None:
        return timedelta(0)
    until = leg.talks[0].started if leg.talks else leg.ended_at
    if until is None:
        return timedelta(0)
    within = [
        (max(a, leg.rung_at), min(b, until)) for a, b in waits if a < until and b > leg.rung_at
    ]
    edges = [(leg.rung_at, leg.rung_at), *within, (until, until)]
    return max(later[0] - earlier[1] for earlier, later in pairwise(edges))
