"""How a draft to change by hand is begun: from what is published, or from nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.asking import problem_of
from hotline.rosters.building import BuildOrder, Question, facts_of, file_in
from hotline.rosters.editing import judged
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.drafts import BuildNumber, StoredRoster, standing_rosters
from scheduling import audit
from scheduling.levels import Level
from scheduling.problem import Problem
from scheduling.roster import Assignment, Breach, LevelPrice, Result, Roster, Status


class ReopenError(HotlineError):
    """There is a draft already, or what is published changed meanwhile; nothing was done."""


@dataclass(frozen=True)
class Begun:
    """A draft that can be stored. left_out: what was published and a rule forbids today."""

    question: Question
    result: Result
    left_out: tuple[Assignment, ...]
    published: tuple[StoredRoster, ...]


def begin(
    store: Store, settings: Settings, week: Week, desks: tuple[DeskName, ...], now: datetime
) -> Begun:
    """Ask anew what the desks need, and answer with what is published. Nothing is stored.

    Raises AskError or ForecastError where there is nothing to ask.
    """
    facts = facts_of(store, settings, BuildOrder(week, desks), now)
    problem = problem_of(settings, facts)
    promised = problem.published or ()
    roster = Roster(tuple(sorted(Assignment(pin.shift, pin.person) for pin in promised)))
    kept = legal(problem, roster)
    there = {(each.person, each.shift) for each in kept.assignments}
    pins = tuple(pin for pin in problem.pins if (pin.person, pin.shift) in there)
    problem = replace(problem, pins=pins)
    with store.reading() as db:
        published = _published(db, week, desks)
    gone = tuple(each for each in roster.assignments if each not in kept.assignments)
    result = judged(problem, kept, _nothing_proven(problem))
    return Begun(Question(week, desks, problem), result, gone, published)


def file_begun(db: Session, begun: Begun, now: datetime) -> BuildNumber:
    """Store what was begun. Raises ReopenError if the week is not any more as it was read."""
    week, desks = begun.question.week, begun.question.desks
    drafts = [r for r in standing_rosters(db, str(week)) if r.state is RosterState.DRAFT]
    if any(roster.desk in desks for roster in drafts):
        raise ReopenError("Somebody has begun a draft of this week already; change that one.")
    if _published(db, week, desks) != begun.published:
        raise ReopenError("Somebody has published this week meanwhile; look, and begin again.")
    return file_in(db, begun.question, begun.result, now).number


def legal(problem: Problem, roster: Roster) -> Roster:
    """The roster without what breaks a rule today: of each breach the latest shift goes first.

    A week stays legal when a shift is taken out of it, so that this ends.
    """
    asked = replace(problem, pins=())
    while broken := audit.breaches(asked, roster):
        worst = next(iter(_meant(asked, roster, broken[0])))
        roster = Roster(tuple(each for each in roster.assignments if each != worst))
    return roster


def _meant(problem: Problem, roster: Roster, breach: Breach) -> Iterator[Assignment]:
    """What could go so that a breach is none any more: what helps at once before the rest."""
    starts = {shift.id: shift.span for shift in problem.shifts}
    mine = [a for a in roster.assignments if breach.person in (None, a.person)]
    mine.sort(key=lambda each: (starts[each.shift], each.person), reverse=True)
    for each in mine:
        left = Roster(tuple(other for other in roster.assignments if other != each))
        if breach not in audit.breaches(problem, left):
            yield each
    yield from mine


def _published(db: Session, week: Week, desks: tuple[DeskName, ...]) -> tuple[StoredRoster, ...]:
    standing = standing_rosters(db, str(week))
    return tuple(r for r in standing if r.desk in desks and r.state is RosterState.PUBLISHED)


def _nothing_proven(problem: Problem) -> Result:
    """A result with the bounds that hold for any roster: no head missing, every wish kept."""
    best = min(0, problem.prices.preferred, problem.prices.unwanted)
    wishes = best * sum(person.limits.shifts for person in problem.people)
    bounds = {level: wishes if level is Level.WISHES else 0 for level in Level}
    levels = tuple(LevelPrice(level.title, 0, bound) for level, bound in bounds.items())
    return Result(Status.FEASIBLE, Roster(()), 0, 0, {}, (), (), 0.0, 0, levels)
