"""How what was asked and answered is filed: a build, and a draft for each desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.config.settings import DeskName
from hotline.errors import HotlineError
from hotline.ports import Clock
from hotline.rosters.week import Week
from hotline.store import Session, Store
from hotline.store.planning.drafts import BuildNumber
from hotline.store.planning.filing import NewAssignment, NewBuild, file_draft
from scheduling.problem import Problem
from scheduling.roster import Result, Roster, Status
from scheduling.serial import problem_to_json, result_to_json


class PinClashError(HotlineError):
    """The pins contradict a rule or each other; nothing was stored."""


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
    """What is asked for a week. desks: those that get a draft, of all that are asked for.

    written: the problem as JSON, where that is known: a province's takes a while to write.
    """

    week: Week
    desks: tuple[DeskName, ...]
    problem: Problem
    written: str | None = None


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
        problem=question.written or problem_to_json(question.problem),
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
