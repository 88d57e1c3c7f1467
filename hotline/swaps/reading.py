"""What is read to judge a change: the published weeks as overrides have corrected them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hotline.config.settings import Desk, DeskName, Language, Settings
from hotline.people import StoredPerson
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.asking import problem_of
from hotline.rosters.question.facts import Facts, reach, weeks_from
from hotline.rosters.question.shifts import on_weekend, shifts
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week, week_of
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.duty.promises import promises_near
from hotline.store.people.listed import people_at
from hotline.store.talking.crises import crisis_talks
from hotline.swaps.swap import HeldShift, Party
from scheduling.problem import Person, Problem, Shift, Span, Standing
from scheduling.roster import Assignment, Roster


@dataclass(frozen=True)
class Weeks:
    """Some weeks of some desks: the question, and what is published in answer.

    people: who sits at one of these desks, by code; published: what is promised there, and to them.
    """

    problem: Problem
    held: Roster
    people: dict[str, StoredPerson]
    published: tuple[Promise, ...]

    @cached_property
    def asked(self) -> dict[str, Person]:
        """Who may take a shift of these desks, as the engine sees them, by code."""
        return {person.id: person for person in self.problem.people}

    @cached_property
    def offered(self) -> dict[str, Shift]:
        """The shifts of these desks, by name."""
        return {shift.id: shift for shift in self.problem.shifts}

    @cached_property
    def whole(self) -> tuple[Promise, ...]:
        """What can change hands: whole shifts that are held."""
        given = {(each.person, each.shift) for each in self.held.assignments}
        return tuple(p for p in self.published if not p.part and (p.person, p.shift) in given)

    def party(self, code: str) -> Party:
        """Who that is. Raises KeyError for somebody who does not volunteer any more."""
        person = self.people[code]
        return Party(person.id, person.code, person.name)

    def held_by(self, code: str, desk: DeskName, start: datetime) -> HeldShift | None:
        """The whole shift that somebody holds at a desk from `start` on."""
        for p in self.whole:
            if (p.person, p.desk, p.span.start) == (code, desk, start):
                return held_shift(p)
        return None


def held_shift(promise: Promise) -> HeldShift:
    """A promise as what can change hands."""
    return HeldShift(promise.desk, promise.shift, promise.kind, promise.span)


def weeks_around(db: Session, settings: Settings, desks: Iterable[DeskName], span: Span) -> Weeks:
    """All that matters for changes at `desks` within `span`. Six queries. Raises AskError."""
    zone = settings.site.zone
    first, last = week_of(span.start, zone), week_of(span.end, zone)
    weeks = weeks_from(first, (last.monday - first.monday).days // 7 + 1)
    named = set(desks)
    people = people_at(db, named)
    around = reach(weeks, settings, people)
    held = promises_near(db, around, named, [person.code for person in people])
    known = tuple(desk for desk in settings.desks if desk.name in named)
    facts = Facts(
        first,
        known,
        people,
        promises=held,
        absences=absences_between(db, around),
        talks=crisis_talks(db, around),
        count=len(weeks),
        beside=tuple(_unknown(held, known, weeks, settings)),
    )
    problem = problem_of(settings, facts)
    published = tuple(p for p in held if p.state is RosterState.PUBLISHED)
    by_code = {person.code: person for person in people}
    return Weeks(problem, _held(problem, published), by_code, published)


def may_answer(person: StoredPerson, desk: Desk, settings: Settings) -> bool:
    """Whether somebody answers calls at a desk alone, in a language of its lines."""
    spoken: set[Language] = set()
    spoken.update(*(line.languages for line in settings.lines if desk.name in line.desks))
    alone = person.standing is not Standing.TRAINEE
    return alone and desk.name in person.desks and not spoken.isdisjoint(person.languages)


def _unknown(
    held: Iterable[Promise], desks: Sequence[Desk], weeks: Sequence[Week], settings: Settings
) -> Iterator[Shift]:
    """Shifts of these weeks that the configuration has no more: they are worked all the same."""
    zone, named = settings.site.zone, {str(week) for week in weeks}
    for desk in desks:
        known = {shift.id for week in weeks for shift in shifts(desk, week, zone)}
        for p in held:
            if p.desk == desk.name and p.week in named and p.shift not in known and not p.part:
                weekend = on_weekend(p.span.start, zone)
                certificates = frozenset(desk.certificates)
                yield Shift(p.shift, p.desk, p.kind, p.span, certificates, weekend)


def _held(problem: Problem, published: Iterable[Promise]) -> Roster:
    people = {person.id for person in problem.people}
    offered = {shift.id for shift in problem.shifts}
    mine = {
        Assignment(p.shift, p.person)
        for p in published
        if not p.part and p.person in people and p.shift in offered
    }
    return Roster(tuple(sorted(mine)))
