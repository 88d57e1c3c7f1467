"""Who is on duty: the one answer, for the telephone, the commands, the pages and the export."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

from hotline.config.settings import Desk, DeskName, Language, Line
from scheduling.problem import Span

PersonId = NewType("PersonId", int)
LegId = NewType("LegId", int)

# Longer without a call, and the count of who had how much to do starts anew (longest shift: 24 h
# of duty has calls more often than that, so a stretch of work is one count).
STRETCH_ENDS_AFTER = timedelta(hours=8)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Presence:
    """What a person's telephone is doing. A reservation past `until` has healed."""

    leg: LegId | None = None
    until: datetime | None = None
    talking: bool = False
    free_at: datetime = LONG_AGO
    last_ended: datetime | None = None
    talk_seconds: int = 0
    missed: int = 0  # calls in a row rung out unanswered


@dataclass(frozen=True)
class Volunteer:
    """A person who may answer. `certificates`: name -> first instant it is no longer valid."""

    id: PersonId
    code: str
    name: str
    address: str
    languages: frozenset[Language]
    desks: frozenset[DeskName]
    certificates: Mapping[str, datetime]
    presence: Presence = Presence()
    trainee: bool = False  # sits beside a mentor, and answers no call alone


@dataclass(frozen=True)
class Duty:
    """A published assignment. standby: rung after everybody on duty at the desk, and no head."""

    person: PersonId
    desk: DeskName
    span: Span
    standby: bool = False


@dataclass(frozen=True)
class Away:
    """A time in which a person cannot come, whatever is published."""

    person: PersonId
    span: Span


@dataclass(frozen=True)
class Rota:
    """The facts about one stretch of time: everybody who matters, and what is published."""

    volunteers: tuple[Volunteer, ...]
    duties: tuple[Duty, ...]
    away: tuple[Away, ...] = ()


class Why(StrEnum):
    """What keeps a person out of the telephone's reach."""

    OTHER_DESK = "other-desk"
    NOT_ROSTERED = "not-rostered"
    ABSENT = "absent"
    TRAINEE = "trainee"
    UNTRAINED = "untrained"
    EXPIRED = "expired"
    LANGUAGE = "language"
    TALKING = "talking"
    RINGING = "ringing"
    WRAP_UP = "wrap-up"


@dataclass(frozen=True)
class KeptOut:
    """One person and the first thing that keeps them out.

    until: when that ends (ABSENT too), or since when it holds (EXPIRED), or when their next duty
    begins (NOT_ROSTERED); None where the facts do not say. desk: where they sit, if rostered.
    """

    volunteer: Volunteer
    why: Why
    until: datetime | None = None
    certificate: str | None = None
    desk: DeskName | None = None


@dataclass(frozen=True)
class Seat:
    """A person who answers now, and at which desk."""

    volunteer: Volunteer
    desk: DeskName
    standby: bool = False


@dataclass(frozen=True)
class OnDuty:
    """The answer: whom the telephone rings, in order, and why nobody else."""

    rung: tuple[Seat, ...]
    kept_out: tuple[KeptOut, ...]

    @property
    def staffed(self) -> bool:
        """Whether anybody is there at all, busy or not: if not, waiting would be in vain."""
        return bool(self.rung) or any(k.why in _BUSY for k in self.kept_out)


_BUSY = frozenset({Why.TALKING, Why.RINGING, Why.WRAP_UP})


def on_duty(rota: Rota, line: Line, desks: Sequence[Desk], at: datetime) -> OnDuty:
    """Who answers `line` at `at`: its own desk first, then its overflow chain, fairest first.

    Each person appears once, at the first desk of the chain where they are rostered; whoever is on
    standby there comes after everybody on duty. An absence beats the roster.
    desks: all desks of the site; at: aware UTC.
    """
    here = in_reach(rota, line, desks, at)
    seen = {seat.volunteer.id for seat in here.rung} | {k.volunteer.id for k in here.kept_out}
    return OnDuty(here.rung, (*here.kept_out, *_elsewhere(rota, line, at, seen)))


def in_reach(rota: Rota, line: Line, desks: Sequence[Desk], at: datetime) -> OnDuty:
    """The same without those who sit at no desk of the chain now: all that a ring depends on."""
    known = {desk.name: desk for desk in desks}
    rung: list[Seat] = []
    kept: list[KeptOut] = []
    seen: set[PersonId] = set()
    for name in line.desks:
        seats = [s for s in _seated(rota, known[name], at) if s.volunteer.id not in seen]
        seen.update(seat.volunteer.id for seat in seats)
        barred = [(seat, _barred(rota, seat.volunteer, (known[name], line), at)) for seat in seats]
        kept.extend(reason for _, reason in barred if reason)
        rung.extend(sorted((seat for seat, reason in barred if not reason), key=_fairness(at)))
    return OnDuty(tuple(rung), tuple(kept))


def rostered(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who sits at `desk` at `at` by the published roster and is trained for it, busy or not."""
    return _fit(rota, desk, at, standby=False)


def on_standby(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who is on standby for `desk` at `at` and trained for it, and at no desk meanwhile."""
    return _fit(rota, desk, at, standby=True)


def _fit(rota: Rota, desk: Desk, at: datetime, *, standby: bool) -> tuple[Volunteer, ...]:
    people = (s.volunteer for s in _seated(rota, desk, at) if s.standby is standby)
    return tuple(who for who in people if not _absent(rota, who, at) and not _unfit(who, desk, at))


def _seated(rota: Rota, desk: Desk, at: datetime) -> list[Seat]:
    here: dict[PersonId, bool] = {}
    for duty in rota.duties:
        if duty.desk == desk.name and duty.span.start <= at < duty.span.end:
            here[duty.person] = duty.standby and here.get(duty.person, True)
    people = (person for person in rota.volunteers if person.id in here)
    return [Seat(person, desk.name, here[person.id]) for person in people]


def _barred(
    rota: Rota, person: Volunteer, place: tuple[Desk, Line], at: datetime
) -> KeptOut | None:
    desk, line = place
    if unfit := _absent(rota, person, at) or _unfit(person, desk, at):
        return replace(unfit, desk=desk.name)
    if not person.languages.intersection(line.languages):
        return KeptOut(person, Why.LANGUAGE, desk=desk.name)
    return _occupied(person, desk, at)


def _absent(rota: Rota, person: Volunteer, at: datetime) -> KeptOut | None:
    away = [a.span for a in rota.away if a.person == person.id and a.span.start <= at < a.span.end]
    return KeptOut(person, Why.ABSENT, max(span.end for span in away)) if away else None


def _unfit(person: Volunteer, desk: Desk, at: datetime) -> KeptOut | None:
    if person.trainee:
        return KeptOut(person, Why.TRAINEE)
    for name in desk.certificates:
        until = person.certificates.get(name)
        if until is None:
            return KeptOut(person, Why.UNTRAINED, certificate=name)
        if until <= at:
            return KeptOut(person, Why.EXPIRED, until, name)
    return None


def _occupied(person: Volunteer, desk: Desk, at: datetime) -> KeptOut | None:
    now = person.presence
    if now.leg is not None and (now.until is None or at < now.until):
        why = Why.TALKING if now.talking else Why.RINGING
        return KeptOut(person, why, now.until, desk=desk.name)
    if at < now.free_at:
        return KeptOut(person, Why.WRAP_UP, now.free_at, desk=desk.name)
    return None


def _fairness(at: datetime) -> Callable[[Seat], tuple[bool, int, int, datetime, str]]:
    """Sorts by who is on duty, not on standby, then who missed nothing, talked least, idled."""

    def key(seat: Seat) -> tuple[bool, int, int, datetime, str]:
        now = seat.volunteer.presence
        last = now.last_ended or LONG_AGO
        talked = now.talk_seconds if last + STRETCH_ENDS_AFTER > at else 0
        return (seat.standby, now.missed, talked, last, seat.volunteer.code)

    return key


def _elsewhere(rota: Rota, line: Line, at: datetime, seen: Iterable[PersonId]) -> Iterator[KeptOut]:
    for person in rota.volunteers:
        if person.id in seen:
            continue
        if person.desks.isdisjoint(line.desks):
            yield KeptOut(person, Why.OTHER_DESK)
        else:
            yield KeptOut(person, Why.NOT_ROSTERED, _next_start(rota, person.id, line, at))


def _next_start(rota: Rota, person: PersonId, line: Line, at: datetime) -> datetime | None:
    return min(
        (
            duty.span.start
            for duty in rota.duties
            if duty.person == person and duty.desk in line.desks and duty.span.start > at
        ),
        default=None,
    )


def next_on_duty(rota: Rota, line: Line, desks: Sequence[Desk], after: datetime) -> datetime | None:
    """When somebody fit for `line` next begins a duty, by what `rota` holds; None: not known."""
    known = {desk.name: desk for desk in desks}
    people = {person.id: person for person in rota.volunteers}
    return min(
        (
            duty.span.start
            for duty in rota.duties
            if duty.span.start > after
            and duty.desk in line.desks
            and _absent(rota, people[duty.person], duty.span.start) is None
            and _unfit(people[duty.person], known[duty.desk], duty.span.start) is None
            and people[duty.person].languages.intersection(line.languages)
        ),
        default=None,
    )
