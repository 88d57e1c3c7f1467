"""Changes by hand to drafts: what was made is appended, and drafts follow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update
from sqlmodel import Session

from hotline.rosters.by_hand.steps import EditKind, LoggedEdit
from hotline.store.planning.drafts import BuildNumber, RosterId
from hotline.store.tables import TABLES
from scheduling.problem import Pin, Shift
from scheduling.roster import Assignment
from scheduling.serial import from_json, to_json
from scheduling.telling.edits import Edit

_BUILD: Final = TABLES["build"]
_EDIT: Final = TABLES["roster_edit"]
_ASSIGNMENT: Final = TABLES["assignment"]
_PERSON: Final = TABLES["person"]


@dataclass(frozen=True)
class NewEdit:
    """One step of a build's drafts. pins, result: of the build afterwards, as JSON."""

    build: BuildNumber
    step: LoggedEdit
    pins: str
    result: str


def logs_of(
    db: Session, builds: Sequence[BuildNumber]
) -> Mapping[BuildNumber, tuple[LoggedEdit, ...]]:
    """All that happened to the drafts of each build, oldest first. One query."""
    found = select(_EDIT).where(_EDIT.c.build_id.in_(builds)).order_by(_EDIT.c.version)
    logs: dict[BuildNumber, list[LoggedEdit]] = {build: [] for build in builds}
    for row in db.connection().execute(found):
        logs[row.build_id].append(_logged(row))
    return {build: tuple(log) for build, log in logs.items()}


def keep_edit(db: Session, new: NewEdit) -> bool:
    """True if this request made the step; False if another was first, and nothing is kept."""
    step = new.step
    mine = (
        update(_BUILD)
        .where(_BUILD.c.id == new.build, _BUILD.c.version == step.version - 1)
        .values(version=step.version, edited_pins=new.pins, edited_result=new.result)
        .returning(_BUILD.c.id)
    )
    if db.connection().execute(mine).first() is None:
        return False
    made = {"version": step.version, "kind": step.kind.value, "at": step.at, "by": step.by}
    row = {**made, "build_id": new.build, "made": to_json(step.edit)}
    db.connection().execute(insert(_EDIT).values(**row))
    return True


def follow_edit(
    db: Session, edit: Edit, rosters: Mapping[str, RosterId], shifts: Mapping[str, Shift]
) -> None:
    """Change the assignments of drafts as the edit says. rosters: by desk; shifts: by id."""
    people = _ids(db, edit.people)
    for each in edit.taken:
        db.connection().execute(
            delete(_ASSIGNMENT).where(*_at(rosters[shifts[each.shift].desk], people, each))
        )
    rows = [
        _row(rosters[shifts[each.shift].desk], people[each.person], shifts[each.shift])
        for each in edit.given
    ]
    if rows:
        db.connection().execute(insert(_ASSIGNMENT), rows)
    for pinned, pins in ((True, edit.pinned), (False, edit.unpinned)):
        for pin in pins:
            found = _at(rosters[shifts[pin.shift].desk], people, pin)
            db.connection().execute(update(_ASSIGNMENT).where(*found).values(pinned=pinned))


def _at(roster: RosterId, people: Mapping[str, int], each: Assignment | Pin) -> Iterator[Any]:
    yield _ASSIGNMENT.c.roster_id == roster
    yield _ASSIGNMENT.c.person_id == people[each.person]
    yield _ASSIGNMENT.c.shift == each.shift


def _ids(db: Session, codes: Iterable[str]) -> Mapping[str, int]:
    known = select(_PERSON.c.code, _PERSON.c.id).where(_PERSON.c.code.in_(tuple(codes)))
    return {row.code: row.id for row in db.connection().execute(known)}


def _row(roster: RosterId, person: int, shift: Shift) -> dict[str, object]:
    return {
        "roster_id": roster,
        "person_id": person,
        "shift": shift.id,
        "kind": shift.kind.value,
        "starts": shift.span.start,
        "ends": shift.span.end,
        "pinned": False,
    }


def _logged(row: Row[Any]) -> LoggedEdit:
    return LoggedEdit(row.version, EditKind(row.kind), from_json(Edit, row.made), row.at, row.by)
