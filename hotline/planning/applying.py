"""One click on a repair: the draft's next revision, with exactly the change that was shown."""

from dataclasses import dataclass, replace
from datetime import datetime

from hotline.config.settings import DeskName, Settings
from hotline.errors import HotlineError
from hotline.planning.found import FoundGap, FoundRepair
from hotline.rosters.by_hand.changing import EditOrder, make_edit
from hotline.rosters.by_hand.editing import Sheet, edited, nothing_proven
from hotline.rosters.by_hand.stored import answer, question, question_written
from hotline.rosters.draft.filing import Question, file_in
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Session
from hotline.store.planning.drafts import BuildNumber, StoredBuild, builds_of, newest_rosters
from scheduling.repairing.changes import ChangeKind
from scheduling.rules import Staffing
from scheduling.telling.costs import touched
from scheduling.telling.edits import Edit


class StaleRepairError(HotlineError):
    """The roster is not the one any more for which this was found."""


class NotByClickError(HotlineError):
    """No click can do this: a certificate is not in the roster's gift."""


@dataclass(frozen=True)
class Order:
    """Which repair of which gap, and who wants it."""

    week: Week
    gap: FoundGap
    repair: FoundRepair
    by: str


@dataclass(frozen=True)
class Applied:
    """What a repair made: the draft's build, and the desks whose draft it is."""

    build: BuildNumber
    desks: tuple[DeskName, ...]


def apply_repair(db: Session, settings: Settings, order: Order, now: datetime) -> Applied:
    """Change the draft as the repair says, or make one of what is published.

    What no rule yields for is an edit like one by hand, and can be taken back like one. Raises
    StaleRepairError, NotByClickError or BreachError, and changes nothing then.
    """
    if order.repair.kind is ChangeKind.TRAIN:
        raise NotByClickError("Somebody must hold the certificate before a roster can count on it.")
    standing = _standing(db, order)
    desks = _desks(standing, order.repair)
    drafts = {r.desk for r in standing.rosters if r.state is RosterState.DRAFT}
    if not order.repair.eased and touched_desks(order.repair) <= drafts and _is_edit(order.repair):
        return _edited(db, settings, order, standing, now)
    return _filed(db, order, standing, desks, now)


def touched_desks(repair: FoundRepair) -> frozenset[DeskName]:
    """Whose rosters a repair changes."""
    shifts = [each.shift for each in (*repair.gained, *repair.lost)]
    shifts += [shift for shift in (repair.takes, repair.leaves) if shift]
    return frozenset(DeskName(shift.desk) for shift in shifts)


def _standing(db: Session, order: Order) -> StoredBuild:
    builds = builds_of(db, newest_rosters(db, str(order.week)).values())
    asked = (order.gap.build, order.gap.version)
    found = next((each for each in builds if (each.number, each.version) == asked), None)
    if found is None:
        raise StaleRepairError(f"The roster of {order.week} was changed meanwhile.")
    return found


def _desks(standing: StoredBuild, repair: FoundRepair) -> tuple[DeskName, ...]:
    """Who gets a new draft: all who have one of this build, and who is touched."""
    touched = touched_desks(repair)
    mine = {roster.desk: roster.state for roster in standing.rosters}
    if not touched <= mine.keys():
        raise StaleRepairError("One of the desks has another roster by now.")
    return tuple(
        desk for desk, state in mine.items() if state is RosterState.DRAFT or desk in touched
    )


def _is_edit(repair: FoundRepair) -> bool:
    return repair.kind is not ChangeKind.EXTEND


def _edited(
    db: Session, settings: Settings, order: Order, standing: StoredBuild, now: datetime
) -> Applied:
    seen = EditOrder(order.week, standing.number, standing.version, order.by)
    make_edit(db, settings, seen, _edit(order.repair), now)
    return Applied(standing.number, tuple(roster.desk for roster in standing.rosters))


def _edit(repair: FoundRepair) -> Edit:
    return Edit(
        given=tuple(each.assignment for each in repair.gained),
        taken=tuple(each.assignment for each in repair.lost),
    )


def _filed(
    db: Session,
    order: Order,
    standing: StoredBuild,
    desks: tuple[DeskName, ...],
    now: datetime,
) -> Applied:
    """A new draft, of the question as it is when the rule yields."""
    sheet = edited(_yielding(order.repair, standing, desks), _edit(order.repair))
    written = question_written(standing, sheet.problem)
    asked = Question(order.week, desks, sheet.problem, written)
    built = file_in(db, asked, sheet.result, now)
    return Applied(built.number, desks)


def _yielding(repair: FoundRepair, standing: StoredBuild, desks: tuple[DeskName, ...]) -> Sheet:
    """The roster as it stands, judged by the question in which the rule yields.

    As the auditor would: easing changes nothing but what the people asked and their places cost.
    """
    change, result = repair.change(), answer(standing)
    before = Staffing(question(standing), result.roster)
    problem = change.applied(before).problem
    if problem == before.problem:
        return Sheet(frozenset(desks), before.problem, result, before.problem)
    more = touched(before, replace(before, problem=problem), change.part())
    prices = {name: many + more.get(name, 0) for name, many in result.price_by_wish.items()}
    known = replace(
        nothing_proven(problem),
        roster=result.roster,
        price_by_wish=prices,
        gaps=result.gaps,
    )
    return Sheet(frozenset(desks), problem, known, problem)
