"""Whether telephones rang by the roster: yesterday's rings against the roster of each moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from hotline.calls.ledger import Decided, Decision
from hotline.calls.ringing.facts import CallId
from hotline.config.settings import DeskName, Line, LineName, Settings
from hotline.duty import (
    Away,
    Duty,
    LegId,
    LineChange,
    OnDuty,
    Override,
    PersonId,
    Presence,
    Rota,
    Volunteer,
    Why,
    corrected,
    on_duty,
)


@dataclass(frozen=True)
class Told:
    """A fact of the roster, and the time in which it was known. until: None, still."""

    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was known at `at`."""
        return self.since <= at and (self.until is None or at < self.until)


Fact = TypeVar("Fact", Duty, Away, Override)


@dataclass(frozen=True)
class History:
    """Everything published and noted that a stretch of time meets, with when it was known."""

    volunteers: tuple[Volunteer, ...]
    duties: tuple[tuple[Duty, Told], ...]
    away: tuple[tuple[Away, Told], ...]
    overrides: tuple[tuple[Override, Told], ...] = ()
    changes: tuple[LineChange, ...] = ()  # their spans say when they were known

    def as_of(self, at: datetime) -> Rota:
        """What was known at `at` of that moment; telephones are all at rest."""
        overrides = _known(self.overrides, at)
        duties = corrected(_known(self.duties, at), overrides)
        away = _known(self.away, at)
        return Rota(self.volunteers, duties, away, overrides, changes=self.changes)


@dataclass(frozen=True)
class PastRing:
    """A telephone that was rung. ended: None, not yet."""

    leg: LegId
    call: CallId
    line: LineName
    person: PersonId
    desk: DeskName
    planned: datetime
    ended: datetime | None


class Fault(StrEnum):
    """What a difference is."""

    RUNG = "rung"  # somebody whom the roster of that moment keeps out
    TWICE = "twice"  # somebody who was rung already
    TURNED_AWAY = "turned-away"  # a caller was told that nobody is on duty, and somebody was


@dataclass(frozen=True)
class Difference:
    """One place where the telephone did not follow the roster. why: what should have kept out."""

    fault: Fault
    call: CallId
    person: PersonId
    at: datetime
    why: Why | None = None


def differences(
    rings: Sequence[PastRing],
    decisions: Iterable[tuple[datetime, Decision]],
    history: History,
    settings: Settings,
) -> tuple[Difference, ...]:
    """Every place where rings and exits did not follow what was published at that moment.

    A line that is in `settings` no more is left out.
    """
    lines = {line.name: line for line in settings.lines}
    found = (
        *_out_of_roster(rings, history, settings, lines),
        *_twice(rings),
        *_turned_away(decisions, history, settings, lines),
    )
    return tuple(sorted(found, key=lambda each: (each.at, each.call, each.person)))


Lines = Mapping[LineName, Line]


def _known(facts: Iterable[tuple[Fact, Told]], at: datetime) -> tuple[Fact, ...]:
    held = (fact for fact, told in facts if told.holds(at))
    return tuple(fact for fact in held if fact.span.start <= at < fact.span.end)


def _then(history: History, line: Line, settings: Settings, at: datetime) -> OnDuty:
    rota = history.as_of(at)
    rested = tuple(replace(who, presence=Presence()) for who in rota.volunteers)
    named = tuple(who for who in rested if who.code in (settings.lead.people or ()))
    return on_duty(replace(rota, volunteers=rested, leads=named), line, settings, at)


def _out_of_roster(
    rings: Iterable[PastRing], history: History, settings: Settings, lines: Lines
) -> Iterator[Difference]:
    for ring in rings:
        if (line := lines.get(ring.line)) is None:
            continue
        duty = _then(history, line, settings, ring.planned)
        if ring.person in {seat.volunteer.id for seat in duty.rung}:
            continue
        why = next((k.why for k in duty.kept_out if k.volunteer.id == ring.person), None)
        if why not in UNSEEN:
            yield Difference(Fault.RUNG, ring.call, ring.person, ring.planned, why)


# What only the facts of that instant could tell, and the roster does not.
UNSEEN: Final[frozenset[Why | None]] = frozenset({Why.TALKING, Why.RINGING, Why.WRAP_UP})


def _twice(rings: Sequence[PastRing]) -> Iterator[Difference]:
    busy: dict[PersonId, PastRing] = {}
    for ring in sorted(rings, key=lambda ring: (ring.planned, ring.leg)):
        before = busy.get(ring.person)
        if before is not None and (before.ended is None or before.ended > ring.planned):
            yield Difference(Fault.TWICE, ring.call, ring.person, ring.planned)
        busy[ring.person] = ring


def _turned_away(
    decisions: Iterable[tuple[datetime, Decision]],
    history: History,
    settings: Settings,
    lines: Lines,
) -> Iterator[Difference]:
    for at, decision in decisions:
        line = lines.get(decision.line)
        if decision.decided is not Decided.UNSTAFFED or line is None:
            continue
        known = {each.person for each in decision.passed_over}
        known |= {each.person for each in decision.barred}
        for seat in _then(history, line, settings, at).rung:
            if seat.volunteer.id not in known:
                who = seat.volunteer.id
                yield Difference(Fault.TURNED_AWAY, decision.call, who, at)
