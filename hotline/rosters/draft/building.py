"""How a draft is built: read once, solve outside of any transaction, write once."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hotline.config.settings import Desk, DeskName, Settings
from hotline.demand.wanted import wanted_of
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.draft.filing import BuiltDraft, Question, filed, refuse_clashes
from hotline.rosters.question.asking import problem_of
from hotline.rosters.question.facts import AskError, Facts, Lack, reach, weeks_from
from hotline.rosters.question.pins import PinChanges, pins_after
from hotline.rosters.question.raising import Raised
from hotline.rosters.question.seams import answered_for
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.duty.absences import absences_between
from hotline.store.duty.promises import promises
from hotline.store.people.everybody import active_people
from hotline.store.talking.crises import crisis_talks
from scheduling.choosing.budget import never
from scheduling.choosing.desks import Means, build_desks
from scheduling.places import Enough, PlaceError
from scheduling.problem import Problem
from scheduling.roster import Result
from scheduling.solve import Progress, SolveLimits


class OutOfReachError(HotlineError):
    """Those who should solve are not there; nothing was stored."""


@dataclass(frozen=True)
class BuildOrder:
    """Which drafts to build. desks: none named means every desk that has shifts."""

    week: Week
    desks: tuple[DeskName, ...] = ()
    pins: PinChanges = field(default_factory=PinChanges)
    weeks: int = 1  # so many weeks running, solved as one


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


def _desks(settings: Settings, named: Sequence[DeskName]) -> tuple[Desk, ...]:
    if named:
        return tuple(desk for desk in settings.desks if desk.name in named)
    with_shifts = tuple(desk for desk in settings.desks if desk.shifts)
    if not with_shifts:
        raise AskError(Lack.SHIFTS, "", "No desk has shifts in the configuration.")
    return with_shifts
