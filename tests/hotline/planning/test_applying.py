"""One click on a repair files the draft that it was shown to make, or nothing."""

from dataclasses import replace
from datetime import datetime

import pytest

from hotline.config.settings import DeskName
from hotline.planning.applying import (
    Applied,
    NotByClickError,
    Order,
    StaleRepairError,
    apply_repair,
    touched_desks,
)
from hotline.planning.finding import found_reasons, with_repairs
from hotline.planning.found import FoundGap, FoundRepair, Moved
from hotline.rosters.by_hand.changing import EditOrder, undo
from hotline.rosters.by_hand.editing import BreachError
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.promised import Promise
from hotline.rosters.reasons.explaining import ExplainedBuild, explained_week
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from scheduling.repairing.changes import ChangeKind
from scheduling.repairing.repairs import RepairLimits, repairs
from scheduling.roster import Status
from scheduling.serial import from_json, to_json
from scheduling.solve import audited
from tests import make
from tests.scheduling import make as engine

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
LONG = make.desk("long", shifts=[make.template()], wants=[make.cover("21:00-08:00", 1)])
SITE = make.settings(desks=[DAY, NIGHT, LONG])


def now() -> datetime:
    return make.utc("2026-11-20 08:00")


def build(store: Store, *desks: str) -> None:
    build_draft(store, SITE, BuildOrder(WEEK, tuple(map(DeskName, desks))), now)


def all_found(store: Store) -> list[tuple[FoundGap, FoundRepair]]:
    with store.reading() as db:
        week = explained_week(db, SITE, WEEK)
    pairs = []
    for build in week.builds:
        gaps = tuple(found_reasons(build))
        tried = repairs(
            build.problem, build.result.roster, [gap.gap for gap in gaps], RepairLimits()
        )
        for gap, repaired in zip(gaps, tried, strict=True):
            closed = with_repairs(gap, repaired)
            pairs += [(closed, repair) for repair in closed.repairs or ()]
    return pairs


def found(store: Store, kind: ChangeKind) -> tuple[FoundGap, FoundRepair]:
    return next(pair for pair in all_found(store) if pair[1].kind is kind)


def applied(store: Store, gap: FoundGap, repair: FoundRepair) -> Applied:
    with store.writing() as db:
        return apply_repair(db, SITE, Order(WEEK, gap, repair, "Dee"), now())


def tried(store: Store, gap: FoundGap, repair: FoundRepair) -> ExplainedBuild:
    """What a repair makes, before it is taken back."""
    with store.reading() as db:
        apply_repair(db, SITE, Order(WEEK, gap, repair, "Dee"), now())
        return explained_week(db, SITE, WEEK).builds[-1]


def explained(store: Store) -> ExplainedBuild:
    with store.reading() as db:
        return explained_week(db, SITE, WEEK).builds[-1]


def drafts(store: Store) -> tuple[Promise, ...]:
    with store.reading() as db:
        held = promises(db, WEEK.horizon(make.SHANGHAI))
    return tuple(each for each in held if each.state is RosterState.DRAFT)


@pytest.fixture
def short(store: Store) -> Store:
    """Ada and Bo give two nights each, of seven."""
    make.hire(store, "Ada", shifts_a_week=2)
    make.hire(store, "Bo", shifts_a_week=2)
    build(store, "day")
    return store


def test_the_draft_is_the_one_that_was_shown(short: Store) -> None:
    before = explained(short)
    gap, repair = found(short, ChangeKind.RELAX)

    done = applied(short, gap, repair)

    after = explained(short)
    assert (after.number, set(after.states)) == (done.build, {"day"})
    assert after.number != before.number
    roster, was = after.result.roster.assignments, before.result.roster.assignments
    gone, come = ({m.assignment for m in moved} for moved in (repair.lost, repair.gained))
    assert set(roster) == set(was) - gone | come
    assert len(after.gaps) < len(before.gaps)
    levels = tuple(level.price for level in after.result.levels)
    assert levels[0] == repair.points[1][0]
    assert after.result.status is Status.FEASIBLE
    assert {(p.person, p.shift) for p in drafts(short)} == {(a.person, a.shift) for a in roster}


def test_what_a_repair_makes_is_what_the_auditor_says_of_it(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=2, desks="long")
    make.hire(store, "Bo", desks="long", availability="Mon-Thu 20:00-09:00")
    build(store, "long")
    asked = [pair for pair in all_found(store) if pair[1].eased or pair[1].takes]
    assert {ChangeKind.RELAX, ChangeKind.EXTEND} <= {repair.kind for _, repair in asked}

    for gap, repair in asked:
        made = tried(store, gap, repair)
        after = audited(made.problem, made.result.roster)
        assert (made.result.price_by_wish, made.result.gaps) == (after.price_by_wish, after.gaps)
        assert (made.result.price, after.breaches) == (after.price, ())


def test_a_repair_travels_as_json_without_loss(short: Store) -> None:
    _, repair = found(short, ChangeKind.RELAX)

    back = from_json(FoundRepair, to_json(repair))

    assert back == repair
    assert back.change() == repair.change()
    assert back.change().eased[0].becomes == 3


def test_a_repair_of_a_roster_that_changed_meanwhile_changes_nothing(short: Store) -> None:
    gap, repair = found(short, ChangeKind.RELAX)
    applied(short, gap, repair)
    before = drafts(short)

    with pytest.raises(StaleRepairError):
        applied(short, gap, repair)

    assert drafts(short) == before


def test_a_repair_that_would_break_a_rule_changes_nothing(short: Store) -> None:
    gap, repair = found(short, ChangeKind.RELAX)
    before = drafts(short)

    with pytest.raises(BreachError):
        applied(short, gap, replace(repair, eased=()))

    assert drafts(short) == before


def test_a_repair_of_a_published_roster_makes_a_draft(short: Store) -> None:
    make.publish_all(short, SITE, WEEK)
    gap, repair = found(short, ChangeKind.RELAX)

    done = applied(short, gap, repair)

    assert done.desks == ("day",)
    assert {promise.desk for promise in drafts(short)} == {"day"}


def test_a_desk_that_has_another_roster_by_now_keeps_it(store: Store) -> None:
    # given: both desks were built together, then one of them again
    make.hire(store, "Ada", shifts_a_week=2, desks="day night")
    make.hire(store, "Bo", shifts_a_week=2, desks="day night")
    build(store, "day", "night")
    gap, repair = next(pair for pair in all_found(store) if "night" in touched_desks(pair[1]))
    build(store, "night")
    # when
    with pytest.raises(StaleRepairError):
        applied(store, gap, repair)


def test_who_stays_longer_is_counted_at_the_desk_of_the_shift() -> None:
    longer = engine.shift("day/x+60min-longer", 8, 17, desk="day")
    repair = FoundRepair(
        ChangeKind.EXTEND, ("ada",), longer, None, (), False, (), (), (), (), ((), ()), ()
    )
    assert touched_desks(repair) == {"day"}


def test_a_repair_within_all_rules_is_an_edit_that_can_be_taken_back(short: Store) -> None:
    # given: Cem came after the build, and is free
    before = drafts(short)
    gap, relaxed = found(short, ChangeKind.RELAX)
    left = before[0]
    repair = replace(relaxed, kind=ChangeKind.MOVE, eased=(), gained=(), takes=None, leaves=None)
    shift = next(s for s in explained(short).problem.shifts if s.id == left.shift)
    repair = replace(repair, lost=(Moved(left.person, shift),))
    # when
    done = applied(short, gap, repair)
    # then
    assert done.build == gap.build
    assert len(drafts(short)) == len(before) - 1
    with short.writing() as db:
        undo(db, SITE, EditOrder(WEEK, done.build, 1, "Dee"), now())
    assert drafts(short) == before


def test_nobody_is_trained_by_a_click(short: Store) -> None:
    gap, repair = found(short, ChangeKind.RELAX)

    with pytest.raises(NotByClickError):
        applied(short, gap, replace(repair, kind=ChangeKind.TRAIN))
