"""How drafts are filed: a build, and a draft for each of its desks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from hotline.config.settings import DeskName
from hotline.rosters.states import RosterEvent, RosterState, advance
from hotline.store.planning.drafts import BuildNumber, RosterId, standing_rosters
from hotline.store.tables import AssignmentRow, BuildRow, PersonRow, RosterRow
from scheduling.problem import ShiftKind, Span


@dataclass(frozen=True)
class NewBuild:
    """One run of the solver. problem, result: as JSON."""

    week: str
    built_at: datetime
    status: str
    price: int
    bound: int
    problem: str
    result: str


@dataclass(frozen=True)
class NewAssignment:
    """A person, by code, in a shift of a new draft."""

    person: str
    shift: str
    kind: ShiftKind
    span: Span
    pinned: bool


def file_draft(
    db: Session, build: NewBuild, rosters: Mapping[DeskName, Sequence[NewAssignment]]
) -> BuildNumber:
    """Keep a build and one draft for each desk; earlier drafts of desk and week are archived."""
    drafts = (r for r in standing_rosters(db, build.week) if r.state is RosterState.DRAFT)
    _replace(db, [roster.id for roster in drafts if roster.desk in rosters], build.built_at)
    number = _insert_build(db, build)
    people, ids = _ids(db), _insert_drafts(db, build, number, tuple(rosters))
    rows = [
        _row(ids[desk], people[each.person], each)
        for desk, assignments in rosters.items()
        for each in assignments
    ]
    if rows:
        db.connection().execute(insert(AssignmentRow), rows)
    return number


def _replace(db: Session, drafts: Collection[RosterId], at: datetime) -> None:
    """Archive drafts that newer ones follow. They are locked since they were read."""
    becomes = advance(RosterState.DRAFT, RosterEvent.REPLACED)
    theirs = update(RosterRow).where(col(RosterRow.id).in_(drafts))
    db.connection().execute(theirs.values(state=becomes.value, archived_at=at))


def _insert_build(db: Session, build: NewBuild) -> BuildNumber:
    made = insert(BuildRow).values(**vars(build)).returning(col(BuildRow.id))
    number = db.connection().execute(made).scalar_one()
    assert number is not None
    return BuildNumber(number)


def _insert_drafts(
    db: Session, build: NewBuild, number: BuildNumber, desks: Sequence[DeskName]
) -> Mapping[DeskName, int]:
    """A draft of each desk, empty yet: its number by desk."""
    draft = {
        "week": build.week,
        "state": RosterState.DRAFT.value,
        "created_at": build.built_at,
        "build_id": number,
    }
    made = insert(RosterRow).values([{**draft, "desk": desk} for desk in desks])
    rows = db.connection().execute(made.returning(col(RosterRow.desk), col(RosterRow.id)))
    return {DeskName(row.desk): row.id for row in rows}


def _ids(db: Session) -> Mapping[str, int]:
    rows = db.connection().execute(select(col(PersonRow.code), col(PersonRow.id)))
    return {row.code: row.id for row in rows}


def _row(roster_id: int, person_id: int, each: NewAssignment) -> dict[str, object]:
    return {
        "roster_id": roster_id,
        "person_id": person_id,
        "shift": each.shift,
        "kind": each.kind.value,
        "starts": each.span.start,
        "ends": each.span.end,
        "pinned": each.pinned,
    }
