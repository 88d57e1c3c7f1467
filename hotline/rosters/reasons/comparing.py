"""What would publishing change: the newest draft against what is published, or two builds?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.by_hand.stored import answer, question
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.promises import promises
from hotline.store.people.everybody import names_by_code
from hotline.store.planning.drafts import (
    BuildNumber,
    StoredBuild,
    builds_of,
    numbered_builds,
    standing_rosters,
)
from scheduling.problem import Pin, Shift
from scheduling.roster import Assignment, Roster
from scheduling.rules import Staffing
from scheduling.telling.difference import Difference, difference


class CompareError(HotlineError):
    """There are no two rosters to compare."""


@dataclass(frozen=True)
class Compared:
    """One build against what was before, both under the question of that build.

    What was before counts as promised.

    before: the number of the earlier build; None: what is published. unknown: assignments of
    before of which this question knows the person or the shift no more; they are lost, unpriced.
    was, becomes: the two rosters beside that question.
    """

    desks: tuple[DeskName, ...]
    before: BuildNumber | None
    after: BuildNumber
    unknown: tuple[Assignment, ...]
    was: Staffing
    becomes: Staffing

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """All that there is to take."""
        return self.becomes.problem.shifts

    @cached_property
    def difference(self) -> Difference:
        """All of it, with the price: a tenth of a second for the desks of a province."""
        return difference(self.was, self.becomes)


@dataclass(frozen=True)
class ComparedWeek:
    """A week as `hotline roster diff` tells it. names: of everybody, by code."""

    week: Week
    compared: tuple[Compared, ...]
    names: Mapping[str, str]


def compared_drafts(
    db: Session, settings: Settings, week: Week, desks: Sequence[DeskName] = ()
) -> ComparedWeek:
    """The newest drafts against what is published. desks: () means all with a draft.

    Raises CompareError where there is none.
    """
    standing = standing_rosters(db, str(week))
    drafts = {r.desk: r for r in standing if r.state is RosterState.DRAFT}  # the newest one wins
    published = {r.id for r in standing if r.state is RosterState.PUBLISHED}
    _refuse_missing(week, drafts, desks)
    held = promises(db, week.horizon(settings.site.zone))
    told = [
        (p.desk, Assignment(p.shift, p.person))
        for p in held
        if p.roster in published and not p.part
    ]
    builds = builds_of(db, [drafts[desk] for desk in desks or drafts])
    names = names_by_code(db)
    return ComparedWeek(week, tuple(_against(build, told) for build in builds), names)


def compared_builds(db: Session, week: Week, one: int, other: int) -> ComparedWeek:
    """Build `other` against build `one`. Raises CompareError for a number the week has not."""
    builds = numbered_builds(db, str(week))
    for number in (one, other):
        if number not in builds:
            known = ", ".join(map(str, builds)) or "none"
            raise CompareError(f"There is no build {number} of {week}; builds of it: {known}.")
    before, after = builds[BuildNumber(one)], builds[BuildNumber(other)]
    given = answer(before).roster.assignments
    compared = _compared(after, given, before.number)
    names = names_by_code(db)
    return ComparedWeek(week, (compared,), names)


def _refuse_missing(
    week: Week, drafts: Mapping[DeskName, object], desks: Sequence[DeskName]
) -> None:
    build = f"hotline roster build --week {week}"
    if not drafts:
        raise CompareError(f"There is no draft for {week} to compare; make one with: {build}")
    for desk in desks:
        if desk not in drafts:
            raise CompareError(
                f"Desk {desk} has no draft for {week} to compare; make one with: {build}"
            )


def _against(build: StoredBuild, told: Iterable[tuple[DeskName, Assignment]]) -> Compared:
    """The drafts of a build against what is published at their desks; other desks stay."""
    desks = {roster.desk for roster in build.rosters}
    elsewhere = answer(build).roster.assignments
    shifts = {shift.id: shift.desk for shift in question(build).shifts}
    before = [given for desk, given in told if desk in desks]
    before += [given for given in elsewhere if shifts[given.shift] not in desks]
    return _compared(build, before, None, tuple(roster.desk for roster in build.rosters))


def _compared(
    build: StoredBuild,
    before: Iterable[Assignment],
    number: BuildNumber | None,
    desks: tuple[DeskName, ...] = (),
) -> Compared:
    problem, result = question(build), answer(build)
    people = {person.id for person in problem.people}
    shifts = {shift.id for shift in problem.shifts}
    given = tuple(sorted(set(before)))
    known = tuple(each for each in given if each.person in people and each.shift in shifts)
    promised = tuple(Pin(each.person, each.shift) for each in known)
    problem = replace(problem, published=promised or None)
    was, becomes = Staffing(problem, Roster(known)), Staffing(problem, result.roster)
    unknown = tuple(each for each in given if each not in known)
    told = desks or tuple(dict.fromkeys(DeskName(shift.desk) for shift in problem.shifts))
    return Compared(told, number, build.number, unknown, was, becomes)
