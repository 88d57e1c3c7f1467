"""What was decided for a caller and why: everybody who was considered, kept with the call."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from hotline.calls.ringing.facts import CallId, Ring, WaitingCall
from hotline.calls.wait.wishes import fits
from hotline.config.settings import DeskName, LineName
from hotline.duty import KeptOut, LegId, OnDuty, PersonId, Volunteer, Why


class Decided(StrEnum):
    """What a decision came to."""

    RINGS = "rings"  # telephones ring
    NOBODY_FREE = "nobody-free"  # everybody on duty is busy, or was tried just now
    UNSTAFFED = "unstaffed"  # the honest exit: nobody is on duty
    CEILING = "ceiling"  # the honest exit: nobody came in time
    BLOCKED = "blocked"  # a supervisor has blocked the caller
    NO_QUEUE = "no-queue"  # the honest exit: the carrier's queue failed


class Passed(StrEnum):
    """Why a person who could be rung was not rung for this caller now."""

    TRIED = "tried"  # did not take this call a moment ago
    TAKEN = "taken"  # is rung for another caller
    WISH = "wish"  # is not what the caller asked for
    ENOUGH = "enough"  # comes later in the order than the wave is large


@dataclass(frozen=True)
class Rung:
    """A person whose telephone rings. takes_over: the leg of another caller that ends for it."""

    person: PersonId
    desk: DeskName
    takes_over: LegId | None = None


@dataclass(frozen=True)
class PassedOver:
    """A person who could be rung, and why not now."""

    person: PersonId
    why: Passed


@dataclass(frozen=True)
class Barred:
    """A person at a desk of the line whom the facts keep out; until: when that ends, if known."""

    person: PersonId
    why: Why
    until: datetime | None = None


@dataclass(frozen=True)
class Decision:
    """One decision for one caller. Whoever is in none of the three sat at no desk of the line."""

    call: CallId
    line: LineName
    decided: Decided
    rung: tuple[Rung, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    barred: tuple[Barred, ...] = ()

    @property
    def mark(self) -> str:
        """The same for decisions that differ in nothing but how long something lasts."""
        barred = sorted((b.person, b.why.value) for b in self.barred)
        passed = sorted((p.person, p.why.value) for p in self.passed_over)
        rung = [(r.person, r.desk, r.takes_over) for r in self.rung]
        return blake2b(
            repr((self.decided.value, rung, passed, barred)).encode(), digest_size=8
        ).hexdigest()


def decisions(
    waiting: Sequence[WaitingCall],
    rings: Sequence[Ring],
    reach: Callable[[LineName], OnDuty],
    ring_again: timedelta,
    at: datetime,
) -> tuple[Decision, ...]:
    """What one look at everybody who waits came to, caller by caller.

    Without those who wait where nobody is on duty: their exit is a decision of its own.

    reach: whom each line reaches now; ring_again: how long a person counts as tried.
    """
    taken = frozenset(ring.seat.volunteer.id for ring in rings)
    by_call: dict[CallId, list[Ring]] = {}
    for ring in rings:
        by_call.setdefault(ring.call, []).append(ring)
    look = _Look(taken, at - ring_again, at)
    in_vain: dict[object, Decision] = {}  # hundreds may wait alike: that is worked out once
    found: list[Decision] = []
    for call in waiting:
        duty = reach(call.line)
        if call.id in by_call:
            found.append(_decision(call, by_call[call.id], duty, look))
        elif duty.staffed:
            alike = (call.line, call.wish, look.tried(call))
            made = in_vain.get(alike) or _decision(call, (), duty, look)
            in_vain[alike] = made
            found.append(replace(made, call=call.id))
    return tuple(found)


def exit_decided(call: CallId, line: LineName, decided: Decided, duty: OnDuty) -> Decision:
    """The honest exit, with what kept everybody out; who could be rung had been tried."""
    passed = tuple(PassedOver(seat.volunteer.id, Passed.TRIED) for seat in duty.rung)
    return Decision(call, line, decided, (), passed, tuple(_barred(duty.kept_out)))


@dataclass(frozen=True)
class _Look:
    taken: frozenset[PersonId]
    tried_since: datetime
    at: datetime

    def tried(self, call: WaitingCall) -> frozenset[PersonId]:
        """Who did not take this call a moment ago."""
        return frozenset(who for who, last in call.tried.items() if last > self.tried_since)

    def why(self, person: Volunteer, call: WaitingCall) -> Passed:
        """What keeps a person who could be rung from ringing for this caller."""
        if not fits(person, call.wish, self.at):
            return Passed.WISH
        if person.id in self.tried(call):
            return Passed.TRIED
        return Passed.TAKEN if person.id in self.taken else Passed.ENOUGH


def _decision(call: WaitingCall, rings: Sequence[Ring], duty: OnDuty, look: _Look) -> Decision:
    rung = tuple(Rung(ring.seat.volunteer.id, ring.seat.desk, ring.takes_over) for ring in rings)
    mine = {each.person for each in rung}
    return Decision(
        call.id,
        call.line,
        Decided.RINGS if rung else Decided.NOBODY_FREE,
        rung,
        tuple(
            PassedOver(seat.volunteer.id, look.why(seat.volunteer, call))
            for seat in duty.rung
            if seat.volunteer.id not in mine
        ),
        tuple(each for each in _barred(duty.kept_out) if each.person not in mine),
    )


def _barred(kept_out: Iterable[KeptOut]) -> Iterator[Barred]:
    return (Barred(kept.volunteer.id, kept.why, kept.until) for kept in kept_out)
