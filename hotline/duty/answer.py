"""Who is on duty: the one answer, for the telephone, the commands, the pages and the export."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import Desk, Line, Settings, seconds
from hotline.duty.facts import Duty, PersonId, Rota, Volunteer
from hotline.duty.leading import Leads, leads
from hotline.duty.lines import line_now, paused_until
from hotline.duty.reasons import (
    BUSY,
    RESTS,
    KeptOut,
    Why,
    absent,
    barred,
    unfit,
    unfit_for_line,
)
from hotline.duty.seats import Seat, ordering, seated, sitting, strategy_of


@dataclass(frozen=True)
class OnDuty:
    """The answer: whom the telephone rings, in order, and why nobody else.

    last: who is put aside, out of reach, and rung all the same when nobody else can be.
    staffed: whether anybody is there at all, busy or not: if not, waiting would be in vain.
    """

    rung: tuple[Seat, ...]
    kept_out: tuple[KeptOut, ...]
    last: tuple[Seat, ...] = ()
    staffed: bool = False


def on_duty(rota: Rota, line: Line, settings: Settings, at: datetime) -> OnDuty:
    """Who answers `line` at `at`: its own desk first, then its overflow chain, fairest first.

    Each person appears once, at the first desk of the chain where they are rostered; whoever is on
    standby there comes after everybody on duty. An absence beats the roster, and a supervisor's
    word on the line beats its chain. at: aware UTC.
    """
    if (until := paused_until(rota, line, at)) is not None:
        kept = (KeptOut(person, Why.LINE_PAUSED, until) for person in rota.volunteers)
        return OnDuty((), tuple(kept))
    here = in_reach(rota, line, settings, at)
    seen = {seat.volunteer.id for seat in here.rung} | {k.volunteer.id for k in here.kept_out}
    chain = line_now(rota, line, at)
    return replace(here, kept_out=(*here.kept_out, *_elsewhere(rota, chain, at, seen)))


def in_reach(rota: Rota, line: Line, settings: Settings, at: datetime) -> OnDuty:
    """The same without those who sit at no desk of the chain now: all that a ring depends on."""
    line = line_now(rota, line, at)
    known = {desk.name: desk for desk in settings.desks}
    rung: list[Seat] = []
    kept: list[tuple[Seat, KeptOut]] = []
    seen: set[PersonId] = set()
    for name in line.desks:
        desk = known[name]
        seats = [s for s in seated(rota, desk, at) if s.volunteer.id not in seen]
        seen.update(seat.volunteer.id for seat in seats)
        free: list[Seat] = []
        for seat in seats:
            reason = barred(rota, seat, (desk, line), settings, at)
            if reason:
                kept.append((seat, reason))
            else:
                free.append(seat)
        rung.extend(sorted(free, key=ordering(strategy_of(line, desk, settings), at)))
    answer = _answer(rung, kept, line, settings, at)
    if not (settings.lead.certificate or rota.leads) or not answer.staffed:
        return answer
    return _lead_last(answer, rota, line, settings, at)


def staffed(rota: Rota, line: Line, settings: Settings, at: datetime) -> bool:
    """The same answer's `staffed`, found at the first who is there.

    Where it is True of people whose telephones were not looked at, it is True whatever they do:
    whoever is busy counts as there.
    """
    line = line_now(rota, line, at)
    known = {desk.name: desk for desk in settings.desks}
    seen: set[PersonId] = set()
    for desk in (known[name] for name in line.desks):
        for person in sitting(rota, desk, at):
            if person.id in seen:
                continue
            seen.add(person.id)
            reason = barred(rota, Seat(person, desk.name), (desk, line), settings, at)
            if reason is None or _there(reason, line, settings, at):
                return True
    return False


def _answer(
    rung: Sequence[Seat],
    kept: Sequence[tuple[Seat, KeptOut]],
    line: Line,
    settings: Settings,
    at: datetime,
) -> OnDuty:
    if not kept:
        return OnDuty(tuple(rung), (), staffed=bool(rung))
    return OnDuty(
        rung=tuple(rung),
        kept_out=tuple(reason for _, reason in kept),
        last=tuple(replace(s, aside=True) for s, why in kept if why.why is Why.OUT_OF_REACH),
        staffed=bool(rung) or any(_there(reason, line, settings, at) for _, reason in kept),
    )


def _there(reason: KeptOut, line: Line, settings: Settings, at: datetime) -> bool:
    """Whether a caller who waits as long as they may can still meet this person."""
    if reason.why in RESTS:
        back = reason.until
        return back is not None and back - at <= seconds(settings.longest_wait(line))
    return reason.why in BUSY


def _lead_last(answer: OnDuty, rota: Rota, line: Line, settings: Settings, at: datetime) -> OnDuty:
    """The duty lead is kept free for those who need one: rung when everybody else has been.

    Not so where they sit alone at their desk. The site's lead people open no line that is closed.
    """
    found = leads(rota, line, settings, at)
    if not found.seats:
        return answer
    if found.named:
        return _with_named(answer, found)
    lead = found.seats[0]
    others = [seat for seat in answer.rung if seat.volunteer.id != lead.volunteer.id]
    if len(others) == len(answer.rung) or not (lead.standby or _has_colleagues(answer, lead)):
        return answer
    return replace(answer, rung=(*others, lead))


def _with_named(answer: OnDuty, found: Leads) -> OnDuty:
    known = {seat.volunteer.id for seat in answer.rung}
    known |= {kept.volunteer.id for kept in answer.kept_out}
    free = [seat for seat in found.free if seat.volunteer.id not in known]
    busy = [kept for kept in found.busy if kept.volunteer.id not in known]
    return replace(answer, rung=(*answer.rung, *free), kept_out=(*answer.kept_out, *busy))


def _has_colleagues(answer: OnDuty, lead: Seat) -> bool:
    """Whether somebody sits beside the lead, free or not."""
    beside = [s for s in answer.rung if s.volunteer.id != lead.volunteer.id and not s.standby]
    busy = [kept for kept in answer.kept_out if kept.why in BUSY | RESTS]
    return lead.desk in {seat.desk for seat in beside} | {kept.desk for kept in busy}


def rostered(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who sits at `desk` at `at` by the published roster and is trained for it, busy or not."""
    return _fit(rota, desk, at, standby=False)


def on_standby(rota: Rota, desk: Desk, at: datetime) -> tuple[Volunteer, ...]:
    """Who is on standby for `desk` at `at` and trained for it, and at no desk meanwhile."""
    return _fit(rota, desk, at, standby=True)


def _fit(rota: Rota, desk: Desk, at: datetime, *, standby: bool) -> tuple[Volunteer, ...]:
    people = (s.volunteer for s in seated(rota, desk, at) if s.standby is standby)
    return tuple(who for who in people if not absent(rota, who, at) and not unfit(who, desk, at))


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


def next_on_duty(rota: Rota, line: Line, settings: Settings, after: datetime) -> datetime | None:
    """When somebody fit for `line` next begins a duty or comes back to one; None: not known.

    While the line is paused: when that is over, if somebody is there then.
    """
    if (over := paused_until(rota, line, after)) is not None:
        there = in_reach(rota, line, settings, over).staffed
        return over if there else next_on_duty(rota, line, settings, over)
    line = line_now(rota, line, after)
    known = {desk.name: desk for desk in settings.desks}
    people = {person.id: person for person in rota.volunteers}
    desks = frozenset(line.desks)
    coming = [d for d in rota.duties if d.desk in desks and d.span.start > after]
    first = (
        duty.span.start
        for duty in sorted(coming, key=lambda duty: duty.span.start)
        if _will_be_fit(rota, people[duty.person], (known[duty.desk], line), settings, duty)
    )
    starts = [at for at in (next(first, None),) if at is not None]
    now = in_reach(rota, line, settings, after)
    backs = [kept.until for kept in now.kept_out if kept.why in RESTS and kept.until is not None]
    return min((*starts, *backs), default=None)


def _will_be_fit(
    rota: Rota, person: Volunteer, place: tuple[Desk, Line], settings: Settings, duty: Duty
) -> bool:
    desk, line = place
    start = duty.span.start
    return not (
        absent(rota, person, start)
        or unfit(person, desk, start)
        or unfit_for_line(person, line, settings.site.zone, start)
    )
