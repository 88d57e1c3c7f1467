"""On paper, confirmed, checked in, reachable: four facts about a duty, told by one function."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.config.settings import DeskName, Settings
from hotline.duty import Duty, PersonId, Rota, Volunteer, attendance
from scheduling.problem import Span


class Reach(StrEnum):
    """Whether a person's telephone reaches them."""

    YES = "yes"  # they answered it lately
    NO = "no"  # rung in vain too often, or a number that the carrier refused
    UNKNOWN = "unknown"  # neither


@dataclass(frozen=True)
class Standing:
    """What is known of one duty. on_paper: promised, and no absence in its way.

    confirmed, checked_in, checked_out: since when. demands_check_in: a line of the desk does.
    """

    volunteer: Volunteer
    desk: DeskName
    span: Span
    on_paper: bool
    confirmed: datetime | None
    checked_in: datetime | None
    checked_out: datetime | None
    reachable: Reach
    demands_check_in: bool
    standby: bool = False


def standings(
    rota: Rota, settings: Settings, answered: Mapping[PersonId, datetime], at: datetime
) -> tuple[Standing, ...]:
    """The four facts of each duty in `rota` that is not over, by start.

    answered: when each person last pressed a key in a call of ours that belonged to no caller.
    """
    people = {person.id: person for person in rota.volunteers}
    found = [
        _standing(rota, duty, people[duty.person], _Asked(settings, answered), at)
        for duty in rota.duties
        if duty.person in people and at < duty.span.end
    ]
    return tuple(sorted(found, key=lambda each: (each.span.start, each.desk, each.volunteer.code)))


def reach(person: Volunteer, settings: Settings, answered: datetime | None, at: datetime) -> Reach:
    """Whether a person is reachable: by what became of the last calls to their telephone."""
    now, lately = person.presence, at - timedelta(hours=settings.shake.reachable_hours)
    in_vain = now.refused or now.missed >= settings.rings.misses
    if in_vain and now.missed_at is not None and now.missed_at > lately:
        return Reach.NO
    talks = now.talking and (now.until is None or at < now.until)
    last = max((when for when in (answered, now.last_ended) if when is not None), default=lately)
    return Reach.YES if talks or last > lately else Reach.UNKNOWN


@dataclass(frozen=True)
class _Asked:
    settings: Settings
    answered: Mapping[PersonId, datetime]


def _standing(rota: Rota, duty: Duty, person: Volunteer, asked: _Asked, at: datetime) -> Standing:
    lines = asked.settings.lines
    told = [attendance(person.facts or (), at, span) for span in _spans(rota, duty)]
    return Standing(
        volunteer=person,
        desk=duty.desk,
        span=duty.span,
        on_paper=not _away(rota, duty, at),
        confirmed=next((each.confirmed for each in told if each.confirmed), None),
        checked_in=next((each.checked_in for each in told if each.checked_in), None),
        checked_out=next((each.checked_out for each in told if each.checked_out), None),
        reachable=reach(person, asked.settings, asked.answered.get(person.id), at),
        demands_check_in=any(line.check_in and duty.desk in line.desks for line in lines),
        standby=duty.standby,
    )


def _spans(rota: Rota, duty: Duty) -> Iterator[Span]:
    """The duty, and the shift that it was before overrides took hours out of it.

    Whoever confirmed or checked in for the shift has done so for what is left of it.
    """
    start, end = duty.span.start, duty.span.end
    yield duty.span
    taken = [o.span for o in rota.overrides if (o.replaces, o.desk) == (duty.person, duty.desk)]
    mine = [d.span for d in rota.duties if (d.person, d.desk) == (duty.person, duty.desk)]
    before = sorted({*taken, *mine}, key=lambda span: span.end, reverse=True)
    for span in before:
        if span.end == start:
            start = span.start
            yield Span(start, end)


def _away(rota: Rota, duty: Duty, at: datetime) -> bool:
    """Whether an absence takes all that is still to come of a duty."""
    left = Span(max(at, duty.span.start), duty.span.end)
    return any(away.person == duty.person and away.span.holds(left) for away in rota.away)
