"""Why is there a gap? Who could have taken it, and what kept each other person out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.people import StoredPerson
from hotline.rosters.by_hand.stored import answer, question
from hotline.rosters.reasons.told_first import hardest_first
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.people.everybody import all_people
from hotline.store.planning.drafts import (
    BuildNumber,
    StoredBuild,
    StoredRoster,
    builds_of,
    newest_rosters,
)
from scheduling.explain import WhyNot, why_not
from scheduling.problem import Problem, Shift
from scheduling.roster import Gap, Result


class ExplainError(HotlineError):
    """There is no roster to explain."""


@dataclass(frozen=True)
class ExplainedShift:
    """A shift that would close a gap, or a part of it, and everybody who is not in it.

    could: the cheapest first; kept_out: in order of code, each with every refusal, hardest first.
    """

    shift: Shift
    could: tuple[WhyNot, ...]
    kept_out: tuple[WhyNot, ...]


@dataclass(frozen=True)
class ExplainedGap:
    """A gap and the shifts that meet it; none: no shift of the desk covers that time."""

    gap: Gap
    shifts: tuple[ExplainedShift, ...]


@dataclass(frozen=True)
class ExplainedBuild:
    """One run of the solver, and every gap of those of its rosters that are asked for.

    number, version: of the build and its edits; states: of each desk asked for; gaps below the
    floor first, then by time; not_asked: who volunteers at these desks today and was not thought
    of, like those who still learn.
    """

    number: BuildNumber
    version: int
    states: Mapping[DeskName, RosterState]
    built_at: datetime
    problem: Problem
    result: Result
    gaps: tuple[ExplainedGap, ...]
    not_asked: tuple[StoredPerson, ...] = ()


@dataclass(frozen=True)
class ExplainedWeek:
    """A week as `hotline roster explain` tells it. names: of everybody, by code."""

    week: Week
    builds: tuple[ExplainedBuild, ...]
    names: Mapping[str, str]


def explained_week(
    db: Session, settings: Settings, week: Week, desks: Sequence[DeskName] = ()
) -> ExplainedWeek:
    """Every gap of the newest rosters of a week, from what their builds asked and answered.

    desks: () means all that have a roster. Raises ExplainError where there is none.
    """
    rosters = newest_rosters(db, str(week))
    asked = desks or tuple(desk.name for desk in settings.desks if desk.name in rosters)
    builds = builds_of(db, [rosters[desk] for desk in asked if desk in rosters])
    built = {roster.desk for build in builds for roster in build.rosters}
    _refuse_nothing(week, asked, rosters, built)
    people = all_people(db)
    names = {person.code: person.name for person in people}
    return ExplainedWeek(week, tuple(_explained_build(build, people) for build in builds), names)


def explained_gaps(
    problem: Problem, result: Result, desks: Iterable[str]
) -> tuple[ExplainedGap, ...]:
    """Every gap of these desks with who could have taken it; those below the floor first."""
    mine = [gap for gap in result.gaps if gap.desk in set(desks)]
    mine.sort(key=lambda gap: (not gap.below_floor, gap.span, gap.desk, gap.certificate or ""))
    found = [(gap, [s for s in problem.shifts if _meets(s, gap)]) for gap in mine]
    asked = {(shift, gap.certificate) for gap, shifts in found for shift in shifts}
    told = {each: _shift(problem, result, *each) for each in asked}
    return tuple(
        ExplainedGap(gap, tuple(told[shift, gap.certificate] for shift in shifts))
        for gap, shifts in found
    )


def _refuse_nothing(
    week: Week,
    asked: Sequence[DeskName],
    rosters: Mapping[DeskName, StoredRoster],
    built: Iterable[DeskName],
) -> None:
    build = f"hotline roster build --week {week}"
    if not asked:
        raise ExplainError(f"There is no roster for {week} to explain; make one with: {build}")
    for desk in asked:
        if desk not in rosters:
            raise ExplainError(
                f"Desk {desk} has no roster for {week} to explain; make one with: {build}"
            )
        if desk not in set(built):
            raise ExplainError(
                f"The roster of desk {desk} for {week} was not built here, so nobody knows why it "
                f"has gaps; make one with: {build}"
            )


def _explained_build(build: StoredBuild, people: Iterable[StoredPerson]) -> ExplainedBuild:
    problem, result = question(build), answer(build)
    states = {roster.desk: roster.state for roster in build.rosters}
    gaps = explained_gaps(problem, result, states)
    asked = {person.id for person in problem.people}
    new = [p for p in people if p.active and p.code not in asked and p.desks & states.keys()]
    return ExplainedBuild(
        build.number, build.version, states, build.built_at, problem, result, gaps, tuple(new)
    )


def _meets(shift: Shift, gap: Gap) -> bool:
    return shift.desk == gap.desk and shift.span.meets(gap.span)


def _shift(
    problem: Problem, result: Result, shift: Shift, certificate: str | None
) -> ExplainedShift:
    answers = why_not(problem, result.roster, shift.id, certificate)
    could = [answer for answer in answers if answer.points is not None]
    could.sort(key=lambda answer: (answer.points, answer.person))
    kept_out = [
        replace(answer, refusals=hardest_first(answer.refusals))
        for answer in answers
        if answer.refusals
    ]
    return ExplainedShift(shift, tuple(could), tuple(kept_out))
