"""How a draft is changed by hand, by whoever was first: read once, decide, write once."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.editing import Change, EditError, Sheet, edit_of, edited
from hotline.rosters.states import RosterState
from hotline.rosters.steps import EditKind, LoggedEdit, Steps, steps
from hotline.rosters.stored import answer, pins_written, question
from hotline.rosters.today import Learned, around, as_of_today
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.absences import absences_between
from hotline.store.drafts import BuildNumber, StoredBuild, builds_of, standing_rosters
from hotline.store.edits import NewEdit, follow_edit, keep_edit, logs_of
from hotline.store.promises import promises
from scheduling.edits import Edit
from scheduling.serial import result_to_json


class StaleError(HotlineError):
    """Somebody else changed the draft since it was read. since: what was done, oldest first."""

    def __init__(self, since: tuple[LoggedEdit, ...]) -> None:
        super().__init__("Somebody else changed this draft meanwhile; nothing was done.")
        self.since = since


@dataclass(frozen=True)
class EditOrder:
    """Which draft is changed, by whom. version: of the draft that they saw.

    desks: which they may change; () means all.
    """

    week: Week
    build: BuildNumber
    version: int
    by: str
    desks: tuple[DeskName, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The drafts of one build that are not published: what is on the table, and how it came so."""

    build: StoredBuild
    sheet: Sheet
    log: tuple[LoggedEdit, ...]

    @property
    def steps(self) -> Steps:
        """What can be taken back, and what made again."""
        return steps(self.log)

    def since(self, version: int) -> tuple[LoggedEdit, ...]:
        """What was done after a version, oldest first."""
        return tuple(each for each in self.log if each.version > version)


def read_draft(db: Session, settings: Settings, order: EditOrder) -> Draft:
    """The draft as it is now. Raises EditError if it is none any more."""
    standing = standing_rosters(db, str(order.week))
    drafts = [r for r in standing if r.state is RosterState.DRAFT]
    build = next((b for b in builds_of(db, drafts) if b.number == order.build), None)
    if build is None:
        raise EditError("This draft was published, or replaced by a newer one; nothing was done.")
    sheet = sheet_of(build, learned(db, settings, order.week), order.desks)
    return Draft(build, sheet, logs_of(db, [build.number])[build.number])


def learned(db: Session, settings: Settings, week: Week) -> Learned:
    """What is known today around a week."""
    near = around(week, settings.site.zone)
    return Learned(week, settings.site.zone, promises(db, near), absences_between(db, near))


def sheet_of(build: StoredBuild, known: Learned, desks: Collection[DeskName] = ()) -> Sheet:
    """What is on the table. desks: that may be changed; () means all of the build's."""
    own = frozenset(roster.desk for roster in build.rosters)
    problem = question(build)
    today = as_of_today(problem, own, known)
    return Sheet(own & frozenset(desks) if desks else own, problem, answer(build), today)


def change_draft(
    db: Session, settings: Settings, order: EditOrder, change: Change, now: datetime
) -> Draft:
    """Change a draft, and the draft as it is then.

    Raises StaleError, EditError, or BreachError, and changes nothing then.
    """
    draft = _as_seen(db, settings, order)
    return _kept(db, draft, order, EditKind.CHANGE, edit_of(draft.sheet, change), now)


def make_edit(
    db: Session, settings: Settings, order: EditOrder, edit: Edit, now: datetime
) -> Draft:
    """Make a change that was worked out elsewhere, like a repair. Raises as `change_draft`."""
    return _kept(db, _as_seen(db, settings, order), order, EditKind.CHANGE, edit, now)


def undo(db: Session, settings: Settings, order: EditOrder, now: datetime) -> Draft:
    """Take the last change back, whoever made it. Raises as `change_draft`."""
    draft = _as_seen(db, settings, order)
    return _kept(db, draft, order, EditKind.UNDO, draft.steps.undo, now)


def redo(db: Session, settings: Settings, order: EditOrder, now: datetime) -> Draft:
    """Make again what was taken back last. Raises as `change_draft`."""
    draft = _as_seen(db, settings, order)
    return _kept(db, draft, order, EditKind.REDO, draft.steps.redo, now)


def _as_seen(db: Session, settings: Settings, order: EditOrder) -> Draft:
    draft = read_draft(db, settings, order)
    if draft.build.version != order.version:
        raise StaleError(draft.since(order.version))
    return draft


def _kept(
    db: Session, draft: Draft, order: EditOrder, kind: EditKind, edit: Edit, now: datetime
) -> Draft:
    if any(shift not in draft.sheet.shifts for shift in edit.shifts):
        raise EditError("That change was made at a desk that is not yours, or is published now.")
    sheet = edited(draft.sheet, edit)
    step = LoggedEdit(order.version + 1, kind, edit, now, order.by)
    pins, result = pins_written(sheet.problem), result_to_json(sheet.result)
    if not keep_edit(db, NewEdit(order.build, step, pins, result)):
        raise StaleError(())
    rosters = {str(roster.desk): roster.id for roster in draft.build.rosters}
    follow_edit(db, edit, rosters, sheet.shifts)
    build = replace(draft.build, version=step.version, pins=pins, answered=result)
    return Draft(build, sheet, (*draft.log, step))
