"""Who had more than their share of unpopular work in the weeks before, and who less.

Each published week is a page of the ledger (`scheduling.telling.ledger`). A person shares in it
from the week in which they first worked, or from the day their agreement says, in proportion to
the days on which they were not absent.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.shifts import on_weekend
from hotline.rosters.week import Week, instant, week_of
from hotline.store.duty.absences import Absence
from hotline.store.talking.crises import CrisisTalk
from scheduling.problem import Person, Rota, Shift, ShiftKind, Span, Weights
from scheduling.rules.reading.staffing import HALF_HOUR
from scheduling.telling.ledger import Burden, Coming, Page, Scale, Sharer, Worked, carrying_over

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Past:
    """The weeks that fairness looks back on: what was published and who was absent.

    published: promises of these weeks; talks: conversations in a crisis.
    """

    weeks: tuple[Week, ...]
    published: tuple[Promise, ...]
    absences: tuple[Absence, ...]
    talks: tuple[CrisisTalk, ...]
    zone: ZoneInfo


def with_burdens(
    people: Sequence[Person],
    stored: Iterable[StoredPerson],
    offered: Iterable[Shift],
    past: Past,
    weights: Weights,
) -> tuple[Person, ...]:
    """The same people, each with what they did beyond their share in the weeks looked back on.

    Only those who could take such a shift of `offered` share in it: nobody is asked to make up
    for a person who left, and nobody who never can is counted as owing.
    """
    burdens = _burdens(people, tuple(offered))
    since = _since(stored, past)
    weeks = _by_week(past)
    pages = [_page(week, burdens, since, (past, weeks)) for week in past.weeks]
    scale = Scale(weights, Fraction(weights.after_crisis))
    return tuple(carrying_over(people, pages, scale, Coming()))


def _by_week(past: Past) -> Mapping[str, Sequence[Promise]]:
    """Each week's promises: a year of a province is gone through once, and not once a week."""
    weeks: dict[str, list[Promise]] = {}
    for promise in past.published:
        weeks.setdefault(promise.week, []).append(promise)
    return weeks


def _page(
    week: Week,
    burdens: Mapping[str, frozenset[Burden]],
    since: Mapping[str, date],
    known: tuple[Past, Mapping[str, Sequence[Promise]]],
) -> Page:
    past, weeks = known
    shifts: dict[tuple[str, str], list[Promise]] = {}
    for promise in weeks.get(str(week), ()):
        shifts.setdefault((promise.person, promise.shift), []).append(promise)
    worked = tuple(_worked(parts, past) for parts in shifts.values())
    sharers = (
        Sharer(person, _days(person, since[person], week, past), mine)
        for person, mine in burdens.items()
        if person in since
    )
    return Page(worked, tuple(sharers))


def _worked(parts: Sequence[Promise], past: Past) -> Worked:
    """A shift; of one that an override has cut, what was left to this person."""
    person, spans = parts[0].person, [part.span for part in parts]
    return Worked(
        person,
        parts[0].kind,
        -(-sum((span.length for span in spans), timedelta()) // HALF_HOUR),
        on_weekend(spans[0].start, past.zone),
        any(t.person == person and any(_within(t.at, s) for s in spans) for t in past.talks),
    )


def _within(at: datetime, span: Span) -> bool:
    return span.start <= at < span.end


def _days(person: str, since: date, week: Week, past: Past) -> int:
    """On how many days of a week somebody belonged to it and was not absent all day."""
    away = [absence.span for absence in past.absences if absence.person == person]
    days = (_day(day, past.zone) for day in week.days if day >= since)
    return sum(not any(span.holds(day) for span in away) for day in days)


def _day(day: date, zone: ZoneInfo) -> Span:
    midnight = datetime.min.time()
    return Span(instant(day, midnight, zone), instant(day + A_DAY, midnight, zone))


def _since(stored: Iterable[StoredPerson], past: Past) -> Mapping[str, date]:
    """From when each person shares: as agreed, else from the Monday they first worked."""
    first: dict[str, date] = {}
    for promise in past.published:
        monday = week_of(promise.span.start, past.zone).monday
        first[promise.person] = min(monday, first.get(promise.person, monday))
    agreed = {p.code: p.agreement.since for p in stored if p.agreement.since is not None}
    return {**first, **agreed}


def _burdens(
    people: Sequence[Person], offered: tuple[Shift, ...]
) -> Mapping[str, frozenset[Burden]]:
    sorts = {
        Burden.NIGHTS: [shift for shift in offered if shift.kind is ShiftKind.NIGHT],
        Burden.FULL_DAYS: [shift for shift in offered if shift.kind is ShiftKind.FULL_DAY],
        Burden.WEEKENDS: [shift for shift in offered if shift.weekend],
        Burden.LOAD: list(offered),
    }
    return {person.id: frozenset(_shared(person, sorts)) for person in people}


def _shared(person: Person, sorts: Mapping[Burden, Sequence[Shift]]) -> Iterator[Burden]:
    """What a person takes their share of."""
    spared = {Burden.NIGHTS: Rota.NIGHTS, Burden.FULL_DAYS: Rota.FULL_DAYS}
    for burden, shifts in sorts.items():
        exempt = spared.get(burden) in person.exempt
        no_nights = burden in spared and not person.limits.nights
        if not exempt and not no_nights and _could_take_one(person, shifts):
            yield burden


def _could_take_one(person: Person, shifts: Iterable[Shift]) -> bool:
    return any(
        shift.desk in person.desks and any(span.holds(shift.whole) for span in person.available)
        for shift in shifts
    )
