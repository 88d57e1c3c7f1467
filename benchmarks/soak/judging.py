"""What became of the calls of each fault: the figures that must be 0, and the longest wait."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from hotline.ports import CallSid
from hotline.practice import (
    CallRecord,
    EndedBy,
    LegRecord,
    PracticeCarrier,
    double_booked,
    phones_ringing_for_nobody,
    transcript,
)
from hotline.store import Store
from hotline.store.calling.moves import outcomes_by_sid
from hotline.store.tables import TABLES

FOR_NOBODY: Final = timedelta(seconds=10)
UTC_ZONE: Final = ZoneInfo("UTC")
# Two answers that do not come within the carrier's 15 s: a machine that does too much else.
LONGEST_SILENCE: Final = timedelta(seconds=30)


@dataclass(frozen=True)
class Figures:
    """One row. longest_wait: seconds to a person, or to the end without one."""

    fault: str
    calls: int
    stranded: int
    double_booked: int
    ringing_for_nobody: int
    outcomes_missing: int
    longest_wait: float

    @property
    def sound(self) -> bool:
        """Nothing that must not happen has happened."""
        return not (
            self.stranded or self.double_booked or self.ringing_for_nobody or self.outcomes_missing
        )

    def as_json(self) -> Mapping[str, object]:
        """For a program to read."""
        return asdict(self)


class Evidence:
    """All that the carrier saw, and what the hotline wrote down."""

    def __init__(
        self, carrier: PracticeCarrier, store: Store, faults: Mapping[CallSid, str]
    ) -> None:
        """faults: during which fault each caller dialled."""
        self.faults = faults
        self.calls = {call.sid: call for call in carrier.calls() if call.sid in faults}
        self.legs = carrier.phone_record()
        self.ended = with_outcome(store)
        self._caller_of = _callers(store)

    def rows(self) -> tuple[Figures, ...]:
        """A row for each fault."""
        return tuple(self._row(fault) for fault in dict.fromkeys(self.faults.values()))

    def stories(self) -> Iterator[str]:
        """Word for word what those met who were let down, and the telephones that rang in vain."""
        for sid, call in self.calls.items():
            if is_stranded(call) or sid not in self.ended:
                yield f"{self.faults[sid]}: a caller\n{transcript(call, UTC_ZONE)}\n"
        for fault in dict.fromkeys(self.faults.values()):
            for leg in self._in_vain(fault):
                caller = self._caller(leg)
                told = transcript(caller, UTC_ZONE) if caller else "for a call that nobody noted"
                yield f"{fault}: rang in vain\n{transcript(leg, UTC_ZONE)}\nfor {told}\n"

        for first, second in double_booked(self.legs):
            told = "\n".join(transcript(leg, UTC_ZONE) for leg in (first, second))
            yield f"{self._fault(first)}: on one telephone at one time\n{told}\n"

    def _row(self, fault: str) -> Figures:
        calls = [call for sid, call in self.calls.items() if self.faults[sid] == fault]
        waits = [call.waited.total_seconds() for call in calls if call.waited is not None]
        twice = [first for first, _ in double_booked(self.legs) if self._fault(first) == fault]
        return Figures(
            fault,
            len(calls),
            sum(is_stranded(call) for call in calls),
            len(twice),
            len(self._in_vain(fault)),
            sum(call.sid not in self.ended for call in calls),
            max(waits, default=0.0),
        )

    def _in_vain(self, fault: str) -> Sequence[LegRecord]:
        """Telephones that rang or whispered on for a caller who was gone or talked with another."""
        mine = [leg for leg in self.legs if self._fault(leg) == fault]
        return [
            leg
            for leg in mine
            if phones_ringing_for_nobody(self._for(leg), [_until_told(leg)], FOR_NOBODY)
        ]

    def _for(self, leg: LegRecord) -> Sequence[CallRecord]:
        caller = self._caller(leg)
        return [caller] if caller else list(self.calls.values())

    def _caller(self, leg: LegRecord) -> CallRecord | None:
        sid = leg.parent or self._caller_of.get(leg.sid)
        return self.calls.get(sid) if sid else None

    def _fault(self, leg: LegRecord) -> str:
        """That of its caller; of a leg that nobody noted, that of who dialled last before it."""
        caller = self._caller(leg)
        if caller is not None:
            return self.faults[caller.sid]
        before = [call for call in self.calls.values() if call.arrived <= leg.asked_at]
        return self.faults[max(before, key=lambda call: call.arrived).sid]


def _until_told(leg: LegRecord) -> LegRecord:
    """The leg up to our last words, by which whoever answered knows that nobody is there."""
    last = [said.at for said in leg.transcript if said.who == "hotline"][-1:]
    told = leg.ended_by is EndedBy.HOTLINE and last
    return replace(leg, ended_at=last[0]) if told else leg


def with_outcome(store: Store) -> frozenset[CallSid]:
    """The calls that have an outcome."""
    with store.reading() as db:
        return frozenset(outcomes_by_sid(db))


def bound_people(store: Store) -> int:
    """How many people are still reserved for a leg."""
    presence = TABLES["presence"]
    with store.reading() as db:
        rows = db.connection().execute(select(presence.c.leg_id)).all()
    return sum(row.leg_id is not None for row in rows)


def is_stranded(call: CallRecord) -> bool:
    """Given up by the carrier, left in silence, never ended, or sent away without a word of why."""
    alone = call.ended_at is None or call.longest_silence > LONGEST_SILENCE
    return call.stranded or alone or _sent_away(call)


def _sent_away(call: CallRecord) -> bool:
    """Hung up on while waiting. Every honest exit, and every apology, says that we are sorry."""
    words = " ".join(said.text for said in call.transcript if said.who == "hotline")
    kept = call.talk is not None or "很抱歉" in words or "会给您回电" in words
    return call.ended_by is EndedBy.HOTLINE and not kept


def _callers(store: Store) -> Mapping[CallSid, CallSid]:
    """Whose call each leg belongs to, by the carrier's ids."""
    call, leg = TABLES["call"], TABLES["leg"]
    pairs = select(leg.c.sid, call.c.sid.label("caller")).join(call, call.c.id == leg.c.call_id)
    with store.reading() as db:
        rows = db.connection().execute(pairs.where(leg.c.sid.is_not(None))).all()
    return {CallSid(row.sid): CallSid(row.caller) for row in rows}
