"""What came of a played stretch of calls: how each ended, and whether anybody was let down."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hotline.calls.states import Outcome
from hotline.ports import CallSid
from hotline.practice import CallRecord, LegRecord, PracticeCarrier, double_booked
from hotline.store import Store
from hotline.store.calling.moves import outcomes_by_sid
from hotline.store.people.everybody import active_people

LONGEST_SILENCE: Final = timedelta(seconds=15)


@dataclass(frozen=True)
class Played:
    """One caller's record at the carrier, and the outcome that the hotline wrote down."""

    record: CallRecord
    outcome: Outcome | None

    @property
    def stranded(self) -> bool:
        """Given up by the carrier, left in silence, never ended, or without an outcome."""
        alone = self.record.stranded or self.record.longest_silence > LONGEST_SILENCE
        return alone or self.record.ended_at is None or self.outcome is None


@dataclass(frozen=True)
class Verdict:
    """Every call, and the pairs of legs that were on one telephone at one time."""

    calls: Sequence[Played]
    double_booked: Sequence[tuple[LegRecord, LegRecord]]

    @property
    def stranded(self) -> list[Played]:
        """Callers who were let down."""
        return [call for call in self.calls if call.stranded]

    @property
    def sound(self) -> bool:
        """Nobody stranded, nobody rung for two calls at once."""
        return not self.stranded and not self.double_booked

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How many calls ended how."""
        return Counter(call.outcome for call in self.calls if call.outcome)


def verdict(carrier: PracticeCarrier, store: Store) -> Verdict:
    """Compare what the carrier saw with what the hotline wrote down."""
    with store.reading() as db:
        outcomes: Mapping[CallSid, Outcome] = outcomes_by_sid(db)
        people = {person.address for person in active_people(db)}
    calls = [Played(record, outcomes.get(record.sid)) for record in carrier.calls()]
    # A partner's number takes many calls at once; a volunteer's telephone one.
    legs = [leg for leg in carrier.phone_record() if leg.address in people]
    return Verdict(calls, double_booked(legs))
