"""What keeps a person out of the telephone's reach: each reason, and when it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from hotline.config.settings import Desk, DeskName, Line, Settings
from hotline.duty.attendance import Attendance, attendance
from hotline.duty.facts import Presence, Rota, Volunteer
from hotline.duty.seats import Seat


class Why(StrEnum):
    """What keeps a person out of the telephone's reach."""

    LINE_PAUSED = "line-paused"
    OTHER_DESK = "other-desk"
    NOT_ROSTERED = "not-rostered"
    REPLACED = "replaced"
    ABSENT = "absent"
    TRAINEE = "trainee"
    UNTRAINED = "untrained"
    EXPIRED = "expired"
    LANGUAGE = "language"
    NOT_CHECKED_IN = "not-checked-in"
    TALKING = "talking"
    RINGING = "ringing"
    COOL_DOWN = "cool-down"
    BREAK = "break"
    WRAP_UP = "wrap-up"
    OUT_OF_REACH = "out-of-reach"


@dataclass(frozen=True)
class KeptOut:
    """One person and the first thing that keeps them out.

    until: when that ends (ABSENT, REPLACED and LINE_PAUSED too), or since when it holds (EXPIRED),
    or when their next duty begins (NOT_ROSTERED); None where the facts do not say. desk: where they
    sit, if rostered.
    """

    volunteer: Volunteer
    why: Why
    until: datetime | None = None
    certificate: str | None = None
    desk: DeskName | None = None


# Whoever is kept out by one of these is there all the same: waiting for them is not in vain.
BUSY: Final = frozenset({Why.TALKING, Why.RINGING, Why.WRAP_UP, Why.OUT_OF_REACH})
# These are there again soon, or not so soon: it depends on how long a caller can wait.
RESTS: Final = frozenset({Why.BREAK, Why.COOL_DOWN})
NOTHING_TOLD: Final = Attendance()


def barred(
    rota: Rota, seat: Seat, place: tuple[Desk, Line], settings: Settings, at: datetime
) -> KeptOut | None:
    """The first thing that keeps a seat's person from answering for a line; None if nothing."""
    desk, line = place
    person = seat.volunteer
    reason = (
        absent(rota, person, at)
        or unfit(person, desk, at)
        or unfit_for_line(person, line, settings.site.zone, at)
        or _away_from_desk(rota, seat, line, at)
        or occupied(person, settings, at)
    )
    if reason is None:
        return None
    return KeptOut(person, reason.why, reason.until, reason.certificate, desk.name)


def absent(rota: Rota, person: Volunteer, at: datetime) -> KeptOut | None:
    """Whether `person` cannot come at `at`, whatever is published."""
    if not rota.away:
        return None
    away = [a.span for a in rota.away if a.person == person.id and a.span.start <= at < a.span.end]
    return KeptOut(person, Why.ABSENT, max(span.end for span in away)) if away else None


def unfit(person: Volunteer, desk: Desk, at: datetime) -> KeptOut | None:
    """Whether `person` may not answer alone at `desk` at `at`: training, certificates."""
    if person.trainee:
        return KeptOut(person, Why.TRAINEE)
    return next(_lacking(person, desk.certificates, at), None) if desk.certificates else None


def unfit_for_line(person: Volunteer, line: Line, zone: ZoneInfo, at: datetime) -> KeptOut | None:
    """Whether `person` lacks what `line` asks for at this hour, or its languages."""
    if line.certificates:
        clock = at.astimezone(zone).time()
        asked = [c.certificate for c in line.certificates if _between(c.start, clock, c.end)]
        if lack := next(_lacking(person, asked, at), None):
            return lack
    if not person.languages.intersection(line.languages):
        return KeptOut(person, Why.LANGUAGE)
    return None


def _lacking(person: Volunteer, certificates: Sequence[str], at: datetime) -> Iterator[KeptOut]:
    for name in certificates:
        until = person.certificates.get(name)
        if until is None:
            yield KeptOut(person, Why.UNTRAINED, certificate=name)
        elif until <= at:
            yield KeptOut(person, Why.EXPIRED, until, name)


def _between(start: time, clock: time, end: time) -> bool:
    """Whether `clock` is in the hours from `start` to `end`, past midnight, or all day if equal."""
    if start < end:
        return start <= clock < end
    return clock >= start or clock < end


def _away_from_desk(rota: Rota, seat: Seat, line: Line, at: datetime) -> KeptOut | None:
    """Who has not come, where the line asks for it; who has gone, everywhere."""
    person, facts = seat.volunteer, seat.volunteer.facts
    if facts is None or not (facts or line.check_in):
        return None
    duties = (d.span for d in rota.duties if d.person == person.id and d.desk == seat.desk)
    told = [attendance(facts, at, span) for span in duties if span.start <= at < span.end]
    if any(each.checked_in for each in told):
        return None
    if line.check_in or any(each.checked_out for each in told):
        return KeptOut(person, Why.NOT_CHECKED_IN)
    return None


def occupied(person: Volunteer, settings: Settings, at: datetime) -> KeptOut | None:
    """What keeps `person` from their telephone for a while, wherever they sit."""
    return _on_the_phone(person, at) or _resting(person, at) or _out_of_reach(person, settings, at)


def _on_the_phone(person: Volunteer, at: datetime) -> KeptOut | None:
    now = person.presence
    if now.leg is not None and (now.until is None or at < now.until):
        why = Why.TALKING if now.talking else Why.RINGING
        return KeptOut(person, why, now.until)
    return None


def _resting(person: Volunteer, at: datetime) -> KeptOut | None:
    """After a high-risk call, on a break, or just after a call."""
    told = attendance(person.facts, at) if person.facts else NOTHING_TOLD
    if told.cools_until:
        return KeptOut(person, Why.COOL_DOWN, told.cools_until)
    if told.break_until:
        return KeptOut(person, Why.BREAK, told.break_until)
    if at < person.presence.free_at:
        return KeptOut(person, Why.WRAP_UP, person.presence.free_at)
    return None


def _out_of_reach(person: Volunteer, settings: Settings, at: datetime) -> KeptOut | None:
    until = aside_until(person.presence, settings, at)
    return KeptOut(person, Why.OUT_OF_REACH, until) if until else None


def aside_until(now: Presence, settings: Settings, at: datetime) -> datetime | None:
    """Until when a telephone is put aside that rang in vain too often, or a refused number."""
    if now.missed_at is None or not (now.refused or now.missed >= settings.rings.misses):
        return None
    until = now.missed_at + timedelta(seconds=settings.rings.aside)
    return until if at < until else None
