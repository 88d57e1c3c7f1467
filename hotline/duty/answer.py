"""Who is on duty: the one answer, for the telephone, the commands, the pages and the export."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.config.settings import Desk, DeskName, Line
from hotline.duty.facts import LONG_AGO, PersonId, Rota, Volunteer
from hotline.duty.reasons import BUSY, KeptOut, Why, absent, barred, unfit

# Longer without a call, and the count of who had how much to do starts anew (longest shift: 24 h
# of duty has calls more often than that, so a stretch of work is one count).
STRETCH_ENDS_AFTER = timedelta(hours=8)


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
        return bool(self.rung) or any(k.why in BUSY for k in self.kept_out)


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
        told = [(seat, barred(rota, seat.volunteer, (known[name], line), at)) for seat in seats]
        kept.extend(reason for _, reason in told if reason)
        rung.extend(sorted((seat for seat, reason in told if not reason), key=_fairness(at)))
    return OnDuty(tuple(rung), tuple(kept))


def rostered(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who sits at `desk` at `at` by the published roster and is trained for it, busy or not."""
    return _fit(rota, desk, at, standby=False)


def on_standby(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who is on standby for `desk` at `at` and trained for it, and at no desk meanwhile."""
    return _fit(rota, desk, at, standby=True)


def _fit(rota: Rota, desk: Desk, at: datetime, *, standby: bool) -> tuple[Volunteer, ...]:
    people = (s.volunteer for s in _seated(rota, desk, at) if s.standby is standby)
    return tuple(who for who in people if not absent(rota, who, at) and not unfit(who, desk, at))


def _seated(rota: Rota, desk: Desk, at: datetime) -> list[Seat]:
    here: dict[PersonId, bool] = {}
    for duty in rota.duties:
        if duty.desk == desk.name and duty.span.start <= at < duty.span.end:
            here[duty.person] = duty.standby and here.get(duty.person, True)
    people = (person for person in rota.volunteers if person.id in here)
    return [Seat(person, desk.name, here[person.id]) for person in people]


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
            yield _replaced(rota, person, line, at) or _not_rostered(rota, person, line, at)


def _replaced(rota: Rota, person: Volunteer, line: Line, at: datetime) -> KeptOut | None:
    for each in rota.overrides:
        runs = each.span.start <= at < each.span.end
        if runs and each.replaces == person.id and each.desk in line.desks:
            return KeptOut(person, Why.REPLACED, each.span.end)
    return None


def _not_rostered(rota: Rota, person: Volunteer, line: Line, at: datetime) -> KeptOut:
    return KeptOut(person, Why.NOT_ROSTERED, _next_start(rota, person.id, line, at))


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
            and absent(rota, people[duty.person], duty.span.start) is None
            and unfit(people[duty.person], known[duty.desk], duty.span.start) is None
            and people[duty.person].languages.intersection(line.languages)
        ),
        default=None,
    )
