"""The telephone's own decision, asked by a rehearsal: no database, no clock, the same answer."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.calls.ringing.facts import CallId, LiveLeg, WaitingCall
from hotline.calls.ringing.routing import Exit, exit_due, next_waves
from hotline.calls.states import LegState
from hotline.config.settings import LineName, Settings
from hotline.duty import (
    LONG_AGO,
    LegId,
    PersonId,
    Presence,
    Rota,
    Volunteer,
    on_duty,
    undisturbed,
)
from hotline.rosters.week import instant
from scheduling.problem import Span
from scheduling.rehearsal.stage import Call, Leg, Outcome, Phone, Post, Ring, Stand

NEVER: Final = -1
UNUSED: Final = Phone("")  # of who is never rung
STATES: Final = {Stand.RINGING: LegState.DIALLED, Stand.WHISPERED: LegState.ANSWERED}
OUTCOMES: Final = {Exit.UNSTAFFED: Outcome.UNSTAFFED, Exit.CEILING: Outcome.CEILING}


@dataclass(frozen=True)
class Stretch:
    """Who is on duty from one change to the next, as the telephone reads it.

    staffed: the lines for which anybody is there, busy or not.
    """

    rota: Rota
    staffed: frozenset[str]


class Roster:
    """A rota cut into stretches, worked out once for all plays. People go by their codes."""

    def __init__(self, settings: Settings, rota: Rota) -> None:
        self.settings = settings
        self.ids = {person.code: person.id for person in rota.volunteers}
        self.posts = tuple(_posts(rota))
        self.longest_waits = {
            str(line.name): settings.longest_wait(line) for line in settings.lines
        }
        self._cuts = sorted({*_cuts(rota), *_hours(settings, rota)})
        self._stretches = (_stretch(settings, rota, LONG_AGO), *self._worked_out(rota))

    def _worked_out(self, rota: Rota) -> Iterator[Stretch]:
        return (_stretch(self.settings, rota, at) for at in self._cuts)

    def at(self, at: datetime) -> Stretch:
        """Who is on duty."""
        return self._stretches[bisect_right(self._cuts, at)]

    def telephone(self, phones: Mapping[str, Phone]) -> "Switchboard":
        """The decision for one play."""
        return Switchboard(self, phones)


class Switchboard:
    """Asks `next_waves` and `exit_due` as the telephone does."""

    def __init__(self, roster: Roster, phones: Mapping[str, Phone]) -> None:
        self._roster, self._phones = roster, phones
        self._known: dict[str, tuple[int, Volunteer]] = {}

    def rings(self, waiting: Iterable[Call], legs: Iterable[Leg], at: datetime) -> Sequence[Ring]:
        """Whom to ring now."""
        ids = self._roster.ids
        rota = self._present(self._roster.at(at).rota)
        calls = [_waiting(call, ids) for call in waiting]
        # Whoever talks is out of reach by their telephone; no second leg is to be had from a talk.
        live = [_live(leg, ids) for leg in legs if leg.stand is not Stand.TALKING]
        rung = next_waves(calls, live, rota, self._roster.settings, at)
        return [Ring(r.call, r.seat.volunteer.code, r.seat.desk, r.takes_over) for r in rung]

    def exit_due(self, line: str, since: datetime, at: datetime) -> Outcome | None:
        """Whether a wait ends now, and why."""
        staffed = line in self._roster.at(at).staffed
        due = exit_due(since, staffed, self._roster.longest_waits[line], at)
        return None if due is None else OUTCOMES[due]

    def _present(self, rota: Rota) -> Rota:
        """With what everybody's telephone does now; made anew only for whom it has changed."""
        people = []
        for person in rota.volunteers:
            phone = self._phones.get(person.code, UNUSED)
            changes, known = self._known.get(person.code, (NEVER, person))
            if changes != phone.changes:
                known = replace(person, presence=_presence(phone))
                self._known[person.code] = (phone.changes, known)
            people.append(known)
        return Rota(tuple(people), rota.duties, rota.away)


def _presence(phone: Phone) -> Presence:
    return Presence(
        leg=None if phone.leg is None else LegId(phone.leg),
        talking=phone.talking,
        free_at=phone.free_at,
        last_ended=phone.last_ended,
        talk_seconds=phone.talk_seconds,
        missed=phone.missed,
        missed_at=phone.missed_at,
    )


def _waiting(call: Call, ids: Mapping[str, PersonId]) -> WaitingCall:
    tried = {ids[person]: at for person, at in call.tried.items()}
    return WaitingCall(
        CallId(call.id), LineName(call.line), call.arrived, False, tried, rung=call.rung
    )


def _live(leg: Leg, ids: Mapping[str, PersonId]) -> LiveLeg:
    state = STATES[leg.stand]
    return LiveLeg(LegId(leg.id), CallId(leg.call.id), ids[leg.person], state, False)


def _posts(rota: Rota) -> Iterator[Post]:
    """Every duty, less what absences take of it; trainees are beside somebody, and none."""
    people = {person.id: person for person in rota.volunteers}
    for duty in rota.duties:
        away = [each.span for each in rota.away if each.person == duty.person]
        if not people[duty.person].trainee:
            for span in _less(duty.span, away):
                yield Post(people[duty.person].code, duty.desk, span, duty.standby)


def _less(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """What is left of `span`."""
    start = span.start
    for each in sorted(taken):
        if start < min(each.start, span.end):
            yield Span(start, min(each.start, span.end))
        start = max(start, each.end)
    if start < span.end:
        yield Span(start, span.end)


def _cuts(rota: Rota) -> Iterator[datetime]:
    """When somebody comes or goes, or a certificate ends."""
    for span in (*(d.span for d in rota.duties), *(a.span for a in rota.away)):
        yield from (span.start, span.end)
    for person in rota.volunteers:
        yield from person.certificates.values()


def _hours(settings: Settings, rota: Rota) -> Iterator[datetime]:
    """When a line begins or ceases to ask for a certificate, on each day of the rota."""
    zone = settings.site.zone
    asked = [each for line in settings.lines for each in line.certificates or ()]
    first = min((duty.span.start for duty in rota.duties), default=None)
    if first is None or not asked:
        return
    last = max(duty.span.end for duty in rota.duties).astimezone(zone).date()
    day = first.astimezone(zone).date()
    while day <= last:
        for each in asked:
            yield from (instant(day, each.start, zone), instant(day, each.end, zone))
        day += timedelta(days=1)


def _stretch(settings: Settings, rota: Rota, at: datetime) -> Stretch:
    duties = tuple(duty for duty in rota.duties if duty.span.start <= at < duty.span.end)
    people = {duty.person for duty in duties}
    there = tuple(person for person in rota.volunteers if person.id in people)
    away = tuple(a for a in rota.away if a.person in people and a.span.start <= at < a.span.end)
    now = undisturbed(Rota(there, duties, away))
    staffed = (line.name for line in settings.lines if on_duty(now, line, settings, at).staffed)
    return Stretch(now, frozenset(staffed))
