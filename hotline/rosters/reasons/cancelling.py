"""Somebody cannot come: who takes over, with everybody else's promises kept if at all possible?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.config.settings import Settings
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.draft.building import BuildOrder, facts_of
from hotline.rosters.draft.filing import BuiltDraft, Question, filed
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.asking import problem_of
from hotline.rosters.question.pins import PinChanges
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.planning.drafts import newest_rosters
from scheduling.choosing.budget import never
from scheduling.places import Enough
from scheduling.problem import Pin, Problem, Shift, Span
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.solve import Progress, SolveLimits, build_roster
from scheduling.telling.difference import Difference, difference

AFTERWARDS = timedelta(days=4)  # a shift that starts in the week lasts no longer, handover included


class CancelError(HotlineError):
    """What was written names nobody's shift, or one that has begun."""


@dataclass(frozen=True)
class Cancellation:
    """Who cannot come, by code. shift: None means all that is still to come of the week."""

    person: str
    shift: str | None = None


@dataclass(frozen=True)
class CancelOrder:
    """A week and who cannot come."""

    week: Week
    cancelled: tuple[Cancellation, ...]


@dataclass(frozen=True)
class Rebuilt:
    """The new draft, and how it differs from what people were told; names: by code."""

    built: BuiltDraft
    difference: Difference
    shifts: tuple[Shift, ...]
    names: dict[str, str]


def cancellation_written(text: str) -> Cancellation:
    """What PERSON=SHIFT or PERSON writes. Raises CancelError when it is neither."""
    person, sign, shift = text.partition("=")
    if not person or (sign and not shift):
        raise CancelError(
            f"{text!r} names nobody; write PERSON=SHIFT, like p07=night/2026-11-24/late, or "
            "PERSON for the whole week."
        )
    return Cancellation(person, shift or None)


def rebuild_without(
    store: Store,
    settings: Settings,
    order: CancelOrder,
    clock: Clock,
    limits: SolveLimits | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    enough: Enough = never,
) -> Rebuilt:
    """Build and store a draft in which nobody who cancelled comes, and what that changes.

    What has begun stays as it is; other promises are broken only where the prices say so. enough:
    asked often, whether the best found so far will do. Raises CancelError, AskError or
    PinClashError, and stores nothing then.
    """
    now = clock()
    held = _told(store, settings, order.week)
    gone = tuple(_cancelled(held, order, now))
    unpinned = tuple(Pin(p.person, p.shift) for p in gone if p.pinned)
    desks = tuple(dict.fromkeys(promise.desk for promise in held))
    changes = PinChanges(removed=unpinned)
    facts = facts_of(store, settings, BuildOrder(order.week, desks, changes), now)
    told = _known(problem_of(settings, facts), held)
    lost = {Assignment(promise.shift, promise.person) for promise in gone}
    kept = Roster(tuple(each for each in told.roster.assignments if each not in lost))
    away = _away(held, order, now, told.problem.horizon.end + AFTERWARDS)
    problem = _still_open(_keeping_away(told.problem, away), kept, now)
    question = Question(order.week, facts.desk_names, problem)
    limits = limits or SolveLimits(settings.scheduling.seconds, settings.scheduling.seed)
    result = build_roster(problem, limits, on_progress, hint=kept, cancelled=enough)
    built = filed(store, question, result, clock)
    changed = difference(told, Staffing(problem, built.result.roster))
    names = {person.code: person.name for person in facts.people}
    return Rebuilt(built, changed, problem.shifts, names)


def _told(store: Store, settings: Settings, week: Week) -> tuple[Promise, ...]:
    """What the newest rosters of the week hold, drafts before what is published."""
    with store.reading() as db:
        newest = {roster.id for roster in newest_rosters(db, str(week)).values()}
        held = promises(db, week.horizon(settings.site.zone))
    mine = tuple(promise for promise in held if promise.roster in newest and not promise.part)
    if not mine:
        build = f"hotline roster build --week {week}"
        raise CancelError(f"There is no roster for {week} to repair; make one with: {build}")
    return mine


def _cancelled(held: Iterable[Promise], order: CancelOrder, now: datetime) -> Iterator[Promise]:
    for each in order.cancelled:
        mine = [p for p in held if p.person == each.person and each.shift in (None, p.shift)]
        what = (
            f"{each.person} has no shift"
            if each.shift is None
            else (f"{each.person} is not in {each.shift}")
        )
        if not mine:
            raise CancelError(
                f"{what} in {order.week}; look: hotline roster show --week {order.week}"
            )
        coming = [promise for promise in mine if promise.span.start > now]
        if not coming:
            raise CancelError(
                f"{mine[-1].shift} has begun, so no roster can change it; ring somebody."
            )
        yield from coming


def _known(problem: Problem, held: Iterable[Promise]) -> Staffing:
    """What was told, as far as today's question knows the people and the shifts."""
    people = {person.id for person in problem.people}
    shifts = {shift.id for shift in problem.shifts}
    told = (Assignment(p.shift, p.person) for p in held if p.person in people and p.shift in shifts)
    return Staffing(problem, Roster(tuple(sorted(told))))


def _away(
    held: Iterable[Promise], order: CancelOrder, now: datetime, until: datetime
) -> dict[str, list[Span]]:
    """When each of them cannot come: during the shifts named, or from now on."""
    away: dict[str, list[Span]] = {each.person: [] for each in order.cancelled}
    for each in order.cancelled:
        mine = [promise.span for promise in held if promise.person == each.person]
        if each.shift is None:
            begins = max([now, *(span.end for span in mine if span.start <= now)])
            away[each.person].append(Span(begins, until))
        named = (p.span for p in held if (p.person, p.shift) == (each.person, each.shift))
        away[each.person].extend(named)
    return away


def _keeping_away(problem: Problem, away: Mapping[str, Sequence[Span]]) -> Problem:
    """The same question, with everybody absent when they cannot come."""
    people = (
        replace(person, absent=(*person.absent, *away.get(person.id, ())))
        for person in problem.people
    )
    return replace(problem, people=tuple(people))


def _still_open(problem: Problem, kept: Roster, now: datetime) -> Problem:
    """The same question of what has not begun, with all that is kept as promised.

    Who is absent from a shift that runs already leaves it, and nobody is sent into it.
    """
    begun = {shift.id: shift.span for shift in problem.shifts if shift.span.start <= now}
    absent = {person.id: person.absent for person in problem.people}
    promised = tuple(Pin(each.person, each.shift) for each in kept.assignments)
    stays = tuple(
        pin
        for pin in promised
        if pin.shift in begun
        and not any(span.meets(begun[pin.shift]) for span in absent[pin.person])
    )
    inside = Counter(pin.shift for pin in stays)
    shifts = (replace(s, most=inside[s.id]) if s.id in begun else s for s in problem.shifts)
    return replace(
        problem,
        shifts=tuple(shifts),
        pins=(*(pin for pin in problem.pins if pin.shift not in begun), *stays),
        published=promised,
    )
