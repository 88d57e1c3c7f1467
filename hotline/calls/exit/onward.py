"""Where the exit can lead now: another line where somebody is free, a partner in their hours."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hotline.calls.wait.wishes import Wish, fits
from hotline.config.settings import Line, LineName, Settings, Title, Weekday
from hotline.config.tables.lines import OpenHours, Partner
from hotline.duty import Rota, in_reach

DAYS = tuple(Weekday)


@dataclass(frozen=True)
class Onward:
    """One way out of the exit. key: what it is remembered by, once it was tried."""

    key: str
    title: Title
    line: LineName | None = None
    address: str | None = None


@dataclass(frozen=True)
class Seeker:
    """Who is at the exit. tried: keys of the ways that they were led to already."""

    line: Line
    wish: Wish
    tried: Collection[str] = ()


def way_onward(seeker: Seeker, rota: Rota, settings: Settings, at: datetime) -> Onward | None:
    """The first way of the line's chain that is open now and was not tried; None: there is none.

    rota: who is on duty now, at every desk.
    """
    ways = (way for way in _chain(seeker, rota, settings, at) if way.key not in seeker.tried)
    return next(ways, None)


def _chain(seeker: Seeker, rota: Rota, settings: Settings, at: datetime) -> Iterator[Onward]:
    for name in seeker.line.onward or ():
        other, partner = settings.line(name), settings.partner(name)
        if other and _somebody_free(seeker, other, rota, settings, at):
            yield Onward(f"line:{other.name}", other.title, line=other.name)
        if partner and _open(partner, settings, at):
            yield Onward(partner.address, partner.title, address=partner.address)
    last = seeker.line
    if last.partner and last.partner_title:
        yield Onward(last.partner, last.partner_title, address=last.partner)


def _somebody_free(
    seeker: Seeker, other: Line, rota: Rota, settings: Settings, at: datetime
) -> bool:
    """Whether `other` can ring somebody now whom the seeker's own line cannot."""
    own = in_reach(rota, seeker.line, settings, at)
    known = {seat.volunteer.id for seat in own.rung}
    there = in_reach(rota, other, settings, at).rung
    people = (seat.volunteer for seat in there if seat.volunteer.id not in known)
    return any(fits(person, seeker.wish, at) for person in people)


def _open(partner: Partner, settings: Settings, at: datetime) -> bool:
    if partner.hours is None:
        return True
    return is_open(partner.hours, at.astimezone(settings.site.zone))


def is_open(hours: Sequence[OpenHours], local: datetime) -> bool:
    """Whether one of `hours` holds at a time of the site's own clock."""
    today, yesterday = DAYS[local.weekday()], DAYS[(local - timedelta(days=1)).weekday()]
    return any(
        (today in each.days and _since(each, local.time()))
        or (yesterday in each.days and each.end <= each.start and local.time() < each.end)
        for each in hours
    )


def _since(hours: OpenHours, clock: time) -> bool:
    """On a day on which the stretch starts."""
    return clock >= hours.start and (hours.end <= hours.start or clock < hours.end)
