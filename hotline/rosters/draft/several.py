"""How weeks running are built as one: solved together, then a draft for each, to be kept apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.draft.building import BuildOrder, facts_of, solved
from hotline.rosters.draft.filing import BuiltDraft, Question, file_in
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.asking import problem_of
from hotline.rosters.question.facts import Facts
from hotline.rosters.states import RosterState
from hotline.rosters.week import MOST_TOGETHER, Week
from hotline.store import Store
from scheduling import audit
from scheduling.choosing.budget import never
from scheduling.choosing.desks import Means
from scheduling.places import Enough
from scheduling.problem import Problem
from scheduling.roster import Result, Roster
from scheduling.solve import Progress, SolveLimits, judged


class CountError(HotlineError):
    """So many weeks are not built together."""


@dataclass(frozen=True)
class BuiltWeeks:
    """The drafts that are now stored, one for each week; the whole question and its answer."""

    drafts: tuple[BuiltDraft, ...]
    problem: Problem
    result: Result


def build_weeks(
    store: Store,
    settings: Settings,
    order: BuildOrder,
    clock: Clock,
    limits: SolveLimits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    means: Means | None = None,
    enough: Enough = never,
) -> BuiltWeeks:
    """Build `order.weeks` weeks together, so that months come out fair within themselves.

    Each week's draft is stored with the question of that week alone, the others promised, and so
    can be explained, repaired and published by itself. Raises as `build_draft` does, and stores
    nothing then.
    """
    facts = facts_of(store, settings, order, clock())
    problem = problem_of(settings, facts)
    result = solved(settings, problem, limits, on_progress, means, enough)
    parts = list(taken_apart(settings, facts, problem, result.roster))
    with store.writing() as db:
        drafts = [file_in(db, question, answer, clock()) for question, answer in parts]
    return BuiltWeeks(tuple(drafts), problem, result)


def refuse_count(weeks: int) -> None:
    """Raise CountError unless so many weeks can be built together."""
    if not 1 <= weeks <= MOST_TOGETHER:
        raise CountError(f"From 1 to {MOST_TOGETHER} weeks are built together, not {weeks}.")


def taken_apart(
    settings: Settings, facts: Facts, whole: Problem, roster: Roster
) -> Iterator[tuple[Question, Result]]:
    """Each week's own question, and what the roster of all weeks answers to it."""
    held = tuple(p for p in facts.promises if not _asked_for(p, facts))
    made = tuple(_promised(whole, roster, facts))
    for week in facts.weeks:
        others = (*held, *(p for p in made if p.week != str(week)))
        pins = tuple(pin for pin in facts.pins if _starts_in(whole, pin.shift, week))
        now = tuple(p for p in facts.promises if _asked_for(p, facts) and p.week == str(week))
        own = replace(facts, week=week, count=1, pins=pins, promises=(*others, *now))
        problem = problem_of(settings, own)
        ids = {shift.id for shift in problem.shifts}
        mine = Roster(tuple(given for given in roster.assignments if given.shift in ids))
        answer = judged(problem, mine)
        assert not audit.breaches(problem, mine), "a week of a legal roster is legal"
        yield Question(week, facts.desk_names, problem), answer


def _asked_for(promise: Promise, facts: Facts) -> bool:
    return promise.desk in facts.desk_names and promise.week in set(map(str, facts.weeks))


def _promised(whole: Problem, roster: Roster, facts: Facts) -> Iterator[Promise]:
    """The roster of all weeks as promises that the single weeks make to each other."""
    shifts = {shift.id: shift for shift in whole.shifts}
    names = {person.code: person.name for person in facts.people}
    weeks = {day.toordinal(): str(week) for week in facts.weeks for day in week.days}
    for given in roster.assignments:
        shift = shifts[given.shift]
        yield Promise(
            person=given.person,
            name=names[given.person],
            roster=0,
            desk=DeskName(shift.desk),
            week=weeks[shift.on],
            state=RosterState.DRAFT,
            shift=shift.id,
            kind=shift.kind,
            span=shift.span,
            pinned=False,
        )


def _starts_in(whole: Problem, shift_id: str, week: Week) -> bool:
    shift = next(shift for shift in whole.shifts if shift.id == shift_id)
    return week.days[0].toordinal() <= shift.on <= week.days[-1].toordinal()
