"""How a draft is built: read once, solve outside of any transaction, write once."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.config.settings import Desk, DeskName, Settings
from hotline.demand.wanted import wanted_of
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.asking import AskError, Facts, problem_of, reach, weeks_from
from hotline.rosters.pins import PinChanges, pins_after
from hotline.rosters.raising import Raised
from hotline.rosters.seams import answered_for
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.absences import absences_between
from hotline.store.crises import crisis_talks
from hotline.store.drafts import BuildNumber, NewAssignment, NewBuild, file_draft
from hotline.store.people import active_people
from hotline.store.promises import promises
from scheduling.budget import never
from scheduling.desks import Means, build_desks
from scheduling.places import Enough, PlaceError
from scheduling.problem import Problem
from scheduling.roster import Result, Roster, Status
from scheduling.serial import problem_to_json, result_to_json
from scheduling.solve import Progress, SolveLimits


class PinClashError(HotlineError):
    """The pins contradict a rule or each other; nothing was stored."""


class OutOfReachError(HotlineError):
    """Those who should solve are not there; nothing was stored."""


@dataclass(frozen=True)
class BuildOrder:
    """Which drafts to build. desks: none named means every desk that has shifts."""

    week: Week
    desks: tuple[DeskName, ...] = ()
    pins: PinChanges = field(default_factory=PinChanges)
    weeks: int = 1  # so many weeks running, solved as one


@dataclass(frozen=True)
class BuiltDraft:
    """The draft that is now stored, with the question and the answer it came from."""

    number: BuildNumber
    week: Week
    desks: tuple[DeskName, ...]
    problem: Problem
    result: Result


@dataclass(frozen=True)
class Question:
    """What is asked for a week. desks: those that get a draft, of all that are asked for."""

    week: Week
    desks: tuple[DeskName, ...]
    problem: Problem


def build_draft(
    store: Store,
    settings: Settings,
    order: BuildOrder,
    clock: Clock,
    limits: SolveLimits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    means: Means | None = None,
    enough: Enough = never,
) -> BuiltDraft:
    """Build and store one draft for each desk; earlier drafts of them are archived.

    limits, means: by default those of config.toml; limits are for all desks together; enough: asked
    often, whether the best found so far will do. Raises PinClashError, PinError, AskError or
    OutOfReachError, and stores nothing then.
    """
    facts = facts_of(store, settings, order, clock())
    question = Question(order.week, facts.desk_names, problem_of(settings, facts))
    result = solved(settings, question.problem, limits, on_progress, means, enough)
    return filed(store, question, result, clock)


def solved(
    settings: Settings,
    problem: Problem,
    limits: SolveLimits | None,
    on_progress: Callable[[Progress], None] | None,
    means: Means | None,
    enough: Enough = never,
) -> Result:
    """The answer of those who solve for this site. Raises OutOfReachError and PinClashError."""
    limits = limits or SolveLimits(settings.scheduling.seconds, settings.scheduling.seed)
    try:
        place = (means or _means(settings)).place
        result = build_desks(problem, limits, place, on_progress, enough)
    except PlaceError as error:
        raise OutOfReachError(str(error)) from None
    refuse_clashes(result)
    return result


def _means(settings: Settings) -> Means:
    """What config.toml lets solve."""
    asked = settings.scheduling
    return Means(asked.workers or os.cpu_count() or 1, asked.cluster)


def facts_of(store: Store, settings: Settings, order: BuildOrder, now: datetime) -> Facts:
    """What the question is made from. Raises AskError or PinError."""
    weeks, desks = weeks_from(order.week, order.weeks), _desks(settings, order.desks)
    span = answered_for(weeks, settings.site.zone)
    return facts_with(store, settings, order, lambda db: wanted_of(db, settings, desks, span, now))


def facts_with(
    store: Store, settings: Settings, order: BuildOrder, wanted: Callable[[Session], Raised]
) -> Facts:
    """The same, with targets that are known from elsewhere."""
    desks = _desks(settings, order.desks)
    weeks = weeks_from(order.week, order.weeks)
    with store.reading() as db:
        people = active_people(db)
        around = reach(weeks, settings, people)
        held = promises(db, around)
        absent = absences_between(db, around)
        talks = crisis_talks(db, around)
        asked = wanted(db)
    kept = pins_after(order.pins, held, weeks, tuple(desk.name for desk in desks))
    return Facts(order.week, desks, people, held, kept, absent, talks, asked, order.weeks)


def filed(store: Store, question: Question, result: Result, clock: Clock) -> BuiltDraft:
    """Store what was solved, a draft for each desk. Raises PinClashError, and stores nothing."""
    refuse_clashes(result)
    with store.writing() as db:
        return file_in(db, question, result, clock())


def file_in(db: Session, question: Question, result: Result, now: datetime) -> BuiltDraft:
    """The same in a transaction of the caller's."""
    build = _build(question, result, now)
    number = file_draft(db, build, _assignments(question, result.roster))
    return BuiltDraft(number, question.week, question.desks, question.problem, result)


def refuse_clashes(result: Result) -> None:
    """Raise PinClashError where pins cannot all be kept."""
    if result.status is Status.IMPOSSIBLE:
        raise PinClashError(_clash(result))


def _desks(settings: Settings, named: Sequence[DeskName]) -> tuple[Desk, ...]:
    if named:
        return tuple(desk for desk in settings.desks if desk.name in named)
    with_shifts = tuple(desk for desk in settings.desks if desk.shifts)
    if not with_shifts:
        raise AskError("No desk has shifts in the configuration.")
    return with_shifts


def _clash(result: Result) -> str:
    sentences = "; ".join(breach.sentence for breach in result.breaches)
    return f"The pins cannot all be kept: {sentences}."


def _build(question: Question, result: Result, now: datetime) -> NewBuild:
    return NewBuild(
        week=str(question.week),
        built_at=now,
        status=result.status.value,
        price=result.price,
        bound=result.bound,
        problem=problem_to_json(question.problem),
        result=result_to_json(result),
    )


def _assignments(question: Question, roster: Roster) -> Mapping[DeskName, Sequence[NewAssignment]]:
    shifts = {shift.id: shift for shift in question.problem.shifts}
    pinned = {(pin.person, pin.shift) for pin in question.problem.pins}
    rosters: dict[DeskName, list[NewAssignment]] = {desk: [] for desk in question.desks}
    here = (given for given in roster.assignments if shifts[given.shift].desk in rosters)
    for given in here:
        shift = shifts[given.shift]
        rosters[DeskName(shift.desk)].append(
            NewAssignment(
                person=given.person,
                shift=shift.id,
                kind=shift.kind,
                span=shift.span,
                pinned=(given.person, shift.id) in pinned,
            )
        )
    return rosters
