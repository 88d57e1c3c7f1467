"""How a draft is changed by hand, by whoever was first: read once, decide, write once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.rosters.by_hand.editing import Change, EditError, Sheet, edit_of, edited
from hotline.rosters.by_hand.steps import EditKind, LoggedEdit, Steps, steps
from hotline.rosters.by_hand.stored import answer, pins_written, question
from hotline.rosters.question.today import Learned, around, as_of_today
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.duty.absences import absences_between
from hotline.store.duty.promises import promises_near
from hotline.store.planning.drafts import BuildNumber, StoredBuild, builds_of, standing_rosters
from hotline.store.planning.edits import NewEdit, follow_edit, keep_edit, logs_of
from scheduling.serial import result_to_json
from scheduling.telling.edits import Edit


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


def read_draft(db: Session, settings: Settings, order: EditOrder) -> Draft:
    """The draft as it is now. Raises EditError if it is none any more."""
    build = _standing(db, order)
    desks = frozenset(roster.desk for roster in build.rosters)
    known = learned_near(db, settings, order.week, desks, [build])
    return Draft(
        build, sheet_of(build, known, order.desks), logs_of(db, [build.number])[build.number]
    )


def learned_near(
    db: Session,
    settings: Settings,
    week: Week,
    desks: frozenset[str],
    builds: Iterable[StoredBuild],
) -> Learned:
    """What is known today of whoever those builds asked for these desks. Three queries."""
    near = around(week, settings.site.zone)
    people = frozenset(
        person.id for build in builds for person in question(build).people if person.desks & desks
    )
    held = promises_near(db, near, desks, people)
    return Learned(week, settings.site.zone, held, absences_between(db, near), people)


def sheet_of(build: StoredBuild, known: Learned, desks: Collection[DeskName] = ()) -> Sheet:
    """What is on the table. desks: that may be changed; () means all of the build's."""
    own = frozenset(roster.desk for roster in build.rosters)
    problem = question(build)
    today = as_of_today(problem, own, known)
    return Sheet(own & frozenset(desks) if desks else own, problem, answer(build), today)


def change_draft(
    db: Session, settings: Settings, order: EditOrder, change: Change, now: datetime
) -> Draft:
    """Change a draft, and the draft as it is then, as far as the change can matter.

    Raises StaleError, EditError, or BreachError, and changes nothing then.
    """
    draft = _as_seen(db, settings, order, lambda _: change.shifts)
    return _kept(db, draft, order, EditKind.CHANGE, edit_of(draft.sheet, change), now)


def make_edit(
    db: Session, settings: Settings, order: EditOrder, edit: Edit, now: datetime
) -> Draft:
    """Make a change that was worked out elsewhere, like a repair. Raises as `change_draft`."""
    draft = _as_seen(db, settings, order, lambda _: edit.shifts)
    return _kept(db, draft, order, EditKind.CHANGE, edit, now)


def undo(db: Session, settings: Settings, order: EditOrder, now: datetime) -> Draft:
    """Take the last change back, whoever made it. Raises as `change_draft`."""
    draft = _as_seen(db, settings, order, lambda known: known.undo.shifts)
    return _kept(db, draft, order, EditKind.UNDO, draft.steps.undo, now)


def redo(db: Session, settings: Settings, order: EditOrder, now: datetime) -> Draft:
    """Make again what was taken back last. Raises as `change_draft`."""
    draft = _as_seen(db, settings, order, lambda known: known.redo.shifts)
    return _kept(db, draft, order, EditKind.REDO, draft.steps.redo, now)


def _standing(db: Session, order: EditOrder) -> StoredBuild:
    rosters = standing_rosters(db, str(order.week))
    drafts = [r for r in rosters if r.state is RosterState.DRAFT and r.build == order.build]
    if not drafts:
        raise EditError("This draft was published, or replaced by a newer one; nothing was done.")
    [build] = builds_of(db, drafts)
    return build


def _as_seen(
    db: Session,
    settings: Settings,
    order: EditOrder,
    touched: Callable[[Steps], Iterable[str]],
) -> Draft:
    """The draft, as far as what happens in the shifts touched can matter.

    All that a province's people have by now is ten times as much to read.
    """
    build = _standing(db, order)
    log = logs_of(db, [build.number])[build.number]
    if build.version != order.version:
        raise StaleError(tuple(each for each in log if each.version > order.version))
    mine = set(touched(steps(log)))
    desks = frozenset(shift.desk for shift in question(build).shifts if shift.id in mine)
    known = learned_near(db, settings, order.week, desks, [build])
    return Draft(build, sheet_of(build, known, order.desks), log)


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
