"""Whom the engine is asked about: with what they agreed to, and what is promised to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hotline.config.settings import Scheduling, Settings, TeamSettings
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.facts import NEIGHBOURS, Facts, memory
from hotline.rosters.question.fairness import Past
from hotline.rosters.question.seams import BEYOND
from hotline.rosters.question.shifts import on_weekend
from hotline.rosters.states import RosterState
from hotline.written.availability import spans
from scheduling.problem import Certificate, Limits, Pair, Person, Shift, Span, Standing, Team


def trained(settings: Settings, facts: Facts) -> tuple[StoredPerson, ...]:
    """Who may take a shift of these desks: trainees, and whose supervised turns are behind them."""
    names = {desk.name for desk in facts.desks}
    least = settings.scheduling.supervised_turns
    return tuple(
        person
        for person in facts.people
        if person.desks & names
        and (person.supervised_turns >= least or person.standing is Standing.TRAINEE)
    )


def people_asked(
    people: Iterable[StoredPerson], horizon: Span, facts: Facts, zone: ZoneInfo
) -> Iterator[Person]:
    """Each of them, with all that is promised near the week or held at other desks in it."""
    held: dict[str, list[Promise]] = defaultdict(list)
    for promise in _counting(facts):
        held[promise.person].append(promise)
    for person in people:
        history = tuple(_history(person, horizon, held[person.code], zone))
        yield replace(_person(person, horizon, facts, zone), history=history)


def promised_shift(promise: Promise, zone: ZoneInfo) -> Shift:
    """A promise as what somebody works beside the week that is asked for."""
    return Shift(
        promise.shift,
        promise.desk,
        promise.kind,
        promise.span,
        weekend=on_weekend(promise.span.start, zone),
        day=promise.span.start.astimezone(zone).toordinal(),
    )


def team_of(scheduling: Scheduling, people: Iterable[StoredPerson]) -> Team:
    """The site's limits, and every pair of which both are asked; each pair once."""
    agreements = {person.code: person.agreement for person in people}
    pairs = {
        Pair(min(code, other), max(code, other), together)
        for code, agreed in agreements.items()
        for together, others in ((False, agreed.never), (True, agreed.always))
        for other in others & agreements.keys()
    }
    ordered = tuple(sorted(pairs, key=lambda pair: (pair.one, pair.other, pair.together)))
    site = scheduling.team or TeamSettings()
    return Team(site.newcomers_a_shift, site.newcomers_a_mentor, ordered)


def past_of(facts: Facts, settings: Settings) -> Past:
    """What was published for the weeks that fairness looks back on, oldest first."""
    count = settings.scheduling.look_back_weeks
    weeks = tuple(facts.week.shifted(-n) for n in range(count, 0, -1))
    named = {str(week) for week in weeks}
    published = (p for p in facts.promises if p.state is RosterState.PUBLISHED and p.week in named)
    return Past(weeks, tuple(published), facts.absences, facts.talks, settings.site.zone)


def _person(person: StoredPerson, horizon: Span, facts: Facts, zone: ZoneInfo) -> Person:
    around = Span(horizon.start, horizon.end + BEYOND)
    agreed = person.agreement
    return Person(
        id=person.code,
        desks=frozenset(person.desks),
        certificates=tuple(
            Certificate(name, until) for name, until in sorted(person.certificates.items())
        ),
        available=spans(person.availability, around, zone),
        limits=Limits(
            shifts=person.shifts_a_week,
            hours=timedelta(hours=person.hours_a_week),
            nights=person.nights_a_week,
            nights_running=person.nights_running,
            days_running=agreed.days_running,
            days_off=agreed.days_off,
            least_days_running=agreed.least_days_running,
            least_nights_running=agreed.least_nights_running,
            caps=agreed.caps,
        ),
        preferred=spans(person.preferred, around, zone),
        unwanted=spans(person.unwanted, around, zone),
        standing=person.standing,
        absent=tuple(a.span for a in facts.absences if a.person == person.code),
        exempt=agreed.exempt,
    )


def _history(
    person: StoredPerson, horizon: Span, held: Iterable[Promise], zone: ZoneInfo
) -> Iterator[Shift]:
    """What is promised to a person near the week or, inside it, at desks that are not built now."""
    near = Span(horizon.start - memory(person), horizon.end + NEIGHBOURS)
    mine = (promise for promise in held if promise.span.meets(near))
    yield from {(p.shift, p.span): promised_shift(p, zone) for p in mine}.values()


def _counting(facts: Facts) -> Iterator[Promise]:
    """The published roster of a neighbouring week, or its draft where none is published yet.

    Inside the weeks asked for all that other desks hold counts, so that either can be published,
    and so does the part of a shift that an override sends somebody into.
    """
    published = {(p.desk, p.week) for p in facts.promises if p.of_a_roster}
    built, weeks = set(facts.desk_names), set(map(str, facts.weeks))
    for promise in facts.promises:
        if promise.week in weeks:
            if promise.desk not in built or promise.part:
                yield promise
        elif promise.state is RosterState.PUBLISHED or (
            (promise.desk, promise.week) not in published
        ):
            yield promise
