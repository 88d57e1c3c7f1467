"""Who could stand in, by the roster's own rules, and who of them is the least burdened?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from hotline.config.settings import Desk, DeskName, Language, Settings
from hotline.duty import PersonId
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.asking import problem_of
from hotline.rosters.question.facts import AskError, Facts, reach
from hotline.rosters.question.shifts import on_weekend, shifts
from hotline.rosters.reasons.told_first import KeptOutGroup, grouped
from hotline.rosters.states import RosterState
from hotline.rosters.week import week_of
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.duty.promises import promises
from hotline.store.duty.standins import Search
from hotline.store.people.everybody import active_people
from hotline.store.talking.crises import crisis_talks
from scheduling.explain import why_not
from scheduling.problem import Problem, Shift, ShiftKind, Span, Standing
from scheduling.roster import Assignment, Roster


class Vacant(Protocol):
    """A duty for which somebody is needed. code: of who does not come, or empty."""

    @property
    def desk(self) -> DeskName:
        """Where."""

    @property
    def shift(self) -> str:
        """Of which shift."""

    @property
    def kind(self) -> ShiftKind:
        """What sort of work."""

    @property
    def span(self) -> Span:
        """From when to when."""

    @property
    def code(self) -> str:
        """Instead of whom."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could come. points: what the roster costs more with them there.

    shifts, nights, length: what is promised to them in that week already.
    """

    person: StoredPerson
    points: int
    shifts: int
    nights: int
    length: timedelta


@dataclass(frozen=True)
class Considered:
    """Everybody who was thought of for a duty. could: the least burdened first."""

    could: tuple[Candidate, ...] = ()
    kept_out: tuple[KeptOutGroup, ...] = ()


def candidates(
    db: Session, settings: Settings, search: Search, now: datetime
) -> tuple[PersonId, ...]:
    """Whom no rule of the roster keeps out of what is left of the duty, least burdened first."""
    found = considered(db, settings, search, now, search.certificate or None)
    return tuple(each.person.id for each in found.could)


def considered(
    db: Session, settings: Settings, search: Vacant, now: datetime, certificate: str | None = None
) -> Considered:
    """Who could come to what is left of the duty, and what keeps everybody else out of it.

    Whom it costs the roster least comes first: the price of each includes what they bore in the
    weeks before; of two who cost the same, who works less that week. certificate: to hold beside
    what the desk asks for. Five queries.
    """
    desk = settings.desk(search.desk)
    people = {person.code: person for person in active_people(db)}
    fit = {code: p for code, p in people.items() if desk and _may_answer(p, desk, settings)}
    if desk is None or not fit:
        return Considered()
    facts = _facts(db, settings, desk, (search, tuple(people.values())), now)
    try:
        problem = problem_of(settings, facts)
    except AskError:  # nobody has sat beside a mentor often enough
        return Considered()
    others = _others(problem, facts.promises, search)
    told = why_not(problem, others, facts.beside[0].id, certificate)
    mine = [each for each in told if each.person in fit and each.person != search.code]
    could = [_candidate(fit[e.person], e.points, facts) for e in mine if e.points is not None]
    return Considered(
        tuple(sorted(could, key=lambda each: (each.points, each.length, each.person.code))),
        grouped(each for each in mine if each.points is None),
    )


def _candidate(person: StoredPerson, points: int, facts: Facts) -> Candidate:
    held = {
        (p.shift, p.span): p
        for p in facts.promises
        if (p.person, p.week, p.state) == (person.code, str(facts.week), RosterState.PUBLISHED)
    }.values()
    nights = sum(p.kind is ShiftKind.NIGHT for p in held)
    length = sum((p.span.length for p in held), timedelta())
    return Candidate(person, points, len(held), nights, length)


def _may_answer(person: StoredPerson, desk: Desk, settings: Settings) -> bool:
    spoken: set[Language] = set()
    spoken.update(*(line.languages for line in settings.lines if desk.name in line.desks))
    alone = person.standing is not Standing.TRAINEE
    return alone and desk.name in person.desks and not spoken.isdisjoint(person.languages)


def _facts(
    db: Session,
    settings: Settings,
    desk: Desk,
    asked: tuple[Vacant, tuple[StoredPerson, ...]],
    now: datetime,
) -> Facts:
    search, people = asked
    week = week_of(search.span.start, settings.site.zone)
    around = reach((week,), settings, people)
    held = promises(db, around)
    return Facts(
        week,
        (desk,),
        people,
        promises=held,
        absences=absences_between(db, around),
        talks=crisis_talks(db, around),
        beside=(_left(search, desk, settings, now), *_unknown(held, search, desk, settings)),
    )


def _unknown(
    held: Iterable[Promise], search: Vacant, desk: Desk, settings: Settings
) -> Iterator[Shift]:
    """Shifts of the week that the configuration has no more: they are worked all the same."""
    week = week_of(search.span.start, settings.site.zone)
    known = {shift.id for shift in shifts(desk, week, settings.site.zone)} | {search.shift}
    for p in held:
        if p.desk == desk.name and p.week == str(week) and p.shift not in known and not p.part:
            yield Shift(p.shift, p.desk, p.kind, p.span, frozenset(desk.certificates))


def _left(search: Vacant, desk: Desk, settings: Settings, now: datetime) -> Shift:
    """The shift as it would be for whoever stands in: what is still to come of it."""
    zone = settings.site.zone
    known = shifts(desk, week_of(search.span.start, zone), zone)
    certificates = frozenset(desk.certificates)
    weekend = on_weekend(search.span.start, zone)
    plain = Shift(search.shift, search.desk, search.kind, search.span, certificates, weekend)
    shift = next((each for each in known if each.id == search.shift), plain)
    return replace(shift, span=Span(max(search.span.start, now), search.span.end))


def _others(problem: Problem, held: Iterable[Promise], search: Vacant) -> Roster:
    """What is published at the desk, less what the search is about."""
    people = {person.id for person in problem.people}
    offered = {shift.id for shift in problem.shifts}
    mine = (
        Assignment(p.shift, p.person)
        for p in held
        if p.state is RosterState.PUBLISHED and p.desk == search.desk and not p.part
        if p.person in people and p.shift in offered
        if (p.person, p.shift) != (search.code, search.shift)
    )
    return Roster(tuple(sorted(set(mine))))
