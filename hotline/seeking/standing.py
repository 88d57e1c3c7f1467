"""Which lines answer now, until when, and when those that do not will: as the telephone would."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from hotline.calls.exit.onward import is_open
from hotline.config.settings import Line, Settings
from hotline.config.tables.lines import Partner
from hotline.duty import Rota, in_reach, next_on_duty, there_at, undisturbed
from hotline.rosters.week import instant

AHEAD: Final = timedelta(days=1)  # who answers all that time answers day and night
A_WEEK: Final = timedelta(days=8)  # how far ahead the next time is looked for
HALF_HOUR: Final = timedelta(minutes=30)


@dataclass(frozen=True)
class LineStands:
    """One line now. until: nobody is there from then on; None: not within a day, or shut now.

    free: somebody talks to nobody now; again: when somebody is there next, if it is known.
    """

    line: Line
    answers: bool
    free: bool = False
    until: datetime | None = None
    again: datetime | None = None


@dataclass(frozen=True)
class PartnerStands:
    """A service of others now. again: when it opens next; None: it is open."""

    partner: Partner
    answers: bool
    until: datetime | None = None
    again: datetime | None = None


@dataclass(frozen=True)
class _Seen:
    """What is known. moments: who is there at each instant at which that may change."""

    there: Rota
    expected: Rota
    moments: Mapping[datetime, Rota]
    settings: Settings
    now: datetime


def lines_stand(
    there: Rota, ahead: Rota, settings: Settings, now: datetime
) -> tuple[LineStands, ...]:
    """Every line, in the order of the file.

    there: who is on duty, with what telephones do; ahead: what is published for `A_WEEK`.
    """
    expected = undisturbed(ahead)
    moments = {at: there_at(expected, at) for at in _changes(expected, settings, now)}
    seen = _Seen(there, expected, moments, settings, now)
    return tuple(_stands(line, seen) for line in settings.lines)


def _stands(line: Line, seen: _Seen) -> LineStands:
    settings = seen.settings
    duty = in_reach(seen.there, line, settings, seen.now)
    if not duty.staffed:
        again = next_on_duty(seen.expected, line, settings, seen.now)
        return LineStands(line, answers=False, again=again)
    ends = (
        at for at, rota in seen.moments.items() if not in_reach(rota, line, settings, at).staffed
    )
    return LineStands(line, answers=True, free=bool(duty.rung), until=next(ends, None))


def _changes(rota: Rota, settings: Settings, now: datetime) -> tuple[datetime, ...]:
    """The instants of the next day at which anybody may come or go, in order."""
    end = now + AHEAD
    spans = (*(each.span for each in rota.duties), *(each.span for each in rota.away))
    spans = (*spans, *(each.span for each in rota.changes))
    found = {at for span in spans for at in (span.start, span.end)}
    found |= {until for person in rota.volunteers for until in person.certificates.values()}
    found |= set(_certificate_hours(settings, now))
    return tuple(sorted(at for at in found if now < at <= end))


def _certificate_hours(settings: Settings, now: datetime) -> Iterator[datetime]:
    """When a line begins or ceases to ask for a training of its own."""
    zone = settings.site.zone
    today = now.astimezone(zone).date()
    clocks: set[time] = set()
    for line in settings.lines:
        for each in line.certificates or ():
            clocks |= {each.start, each.end}
    for clock in clocks:
        for days in range(3):
            yield instant(today + timedelta(days=days), clock, zone)


def partners_stand(settings: Settings, now: datetime) -> tuple[PartnerStands, ...]:
    """Every service of others that callers may be told of, each address once."""
    known = (*_of_lines(settings.lines), *(settings.partners or ()))
    found = {each.address: each for each in known}
    return tuple(_partner_stands(each, settings, now) for each in found.values())


def _of_lines(lines: Iterable[Line]) -> Iterator[Partner]:
    """Those that a line names itself: day and night."""
    for line in lines:
        if line.partner and line.partner_title:
            yield Partner(line.name, line.partner_title, line.partner)


def _partner_stands(partner: Partner, settings: Settings, now: datetime) -> PartnerStands:
    if partner.hours is None:
        return PartnerStands(partner, answers=True)
    zone, hours = settings.site.zone, partner.hours
    answers = is_open(hours, now.astimezone(zone))
    first = now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % HALF_HOUR
    slots = (first + HALF_HOUR * n for n in range(1, A_WEEK // HALF_HOUR))
    turns = next((at for at in slots if is_open(hours, at.astimezone(zone)) is not answers), None)
    if answers:
        return PartnerStands(partner, answers=True, until=turns)
    return PartnerStands(partner, answers=False, again=turns)
