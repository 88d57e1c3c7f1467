"""How a draft to change by hand is begun: from what is published, or from nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.by_hand.editing import judged, nothing_proven
from hotline.rosters.draft.building import BuildOrder, facts_of, facts_with
from hotline.rosters.draft.filing import Question, file_in
from hotline.rosters.question.asked import targets_asked
from hotline.rosters.question.asking import problem_of
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.planning.drafts import BuildNumber, StoredRoster, standing_rosters
from scheduling.problem import Person, Problem
from scheduling.roster import Assignment, Breach, Result, Roster
from scheduling.rules import PERSONAL_RULES, TEAM_RULES, Refusal, Staffing


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

    Targets by the forecast are those that the published rosters were asked for. Raises AskError or
    ForecastError where there is nothing to ask.
    """
    order = BuildOrder(week, desks)
    with store.reading() as db:
        published = _published(db, week, desks)
    if len(published) == len(desks):
        span = week.horizon(settings.site.zone)
        facts = facts_with(store, settings, order, lambda db: targets_asked(db, settings, span))
    else:
        facts = facts_of(store, settings, order, now)
    problem = problem_of(settings, facts)
    promised = problem.published or ()
    roster = Roster(tuple(sorted(Assignment(pin.shift, pin.person) for pin in promised)))
    kept = legal(problem, roster)
    there = {(each.person, each.shift) for each in kept.assignments}
    pins = tuple(pin for pin in problem.pins if (pin.person, pin.shift) in there)
    problem = replace(problem, pins=pins)
    gone = tuple(each for each in roster.assignments if each not in kept.assignments)
    result = judged(problem, kept, nothing_proven(problem))
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
    """The roster without what breaks a rule today: of two that clash the later shift goes.

    A week stays legal when a shift is taken out of it, and so does a shift with fewer people, or
    with fewer who learn: this ends.
    """
    mine = set(roster.assignments)
    kept = {given for person in problem.people for given in _weeks_kept(problem, person, mine)}
    while broken := tuple(_team_breaches(problem, kept)):
        kept.remove(_worst(problem, kept, broken[0]))
    return Roster(tuple(sorted(kept)))


def _weeks_kept(
    problem: Problem, person: Person, given: Collection[Assignment]
) -> Iterator[Assignment]:
    """What of a person's week breaks no rule of their own, from its first shift on."""
    weeks = [rule.start(problem, person) for rule in PERSONAL_RULES]
    theirs = [s for s in problem.shifts if Assignment(s.id, person.id) in given]
    for shift in sorted(theirs, key=lambda shift: (shift.span, shift.id)):
        after = [week.extend(shift) for week in weeks]
        if not any(isinstance(each, Refusal) for each in after):
            weeks = [each for each in after if not isinstance(each, Refusal)]
            yield Assignment(shift.id, person.id)


def _team_breaches(problem: Problem, given: Collection[Assignment]) -> Iterator[Breach]:
    pins = tuple(p for p in problem.pins if Assignment(p.shift, p.person) in given)
    staffing = Staffing(replace(problem, pins=pins), Roster(tuple(sorted(given))))
    return (breach for rule in TEAM_RULES for breach in rule.breaches(staffing))


def _worst(problem: Problem, given: Collection[Assignment], breach: Breach) -> Assignment:
    """What goes so that a breach is none any more; the latest of all that would help."""
    starts = {shift.id: shift.span for shift in problem.shifts}
    named = [each for each in given if each.shift in breach.shifts]
    named.sort(key=lambda each: (starts[each.shift], each.person), reverse=True)
    helps = (a for a in named if breach not in _team_breaches(problem, set(given) - {a}))
    return next(helps, named[0])


def _published(db: Session, week: Week, desks: tuple[DeskName, ...]) -> tuple[StoredRoster, ...]:
    standing = standing_rosters(db, str(week))
    return tuple(r for r in standing if r.desk in desks and r.state is RosterState.PUBLISHED)
