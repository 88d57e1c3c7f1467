"""Gaps by number, and what closes them, across the builds of a week."""

import pytest

from hotline.config.settings import DeskName
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.reasons.explaining import ExplainError, explained_week
from hotline.rosters.reasons.repairing import RepairedWeek, RepairError, RepairOrder, repaired_week
from hotline.rosters.reasons.weeks import PersonError, refuse_strangers, told_floors, told_people
from hotline.rosters.week import Week
from hotline.store import Store
from scheduling.repairing.changes import ChangeKind
from tests import make

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
SITE = make.settings(desks=[DAY, NIGHT])


def build(store: Store, *desks: str) -> None:
    order = BuildOrder(WEEK, tuple(DeskName(desk) for desk in desks))
    build_draft(store, SITE, order, lambda: make.utc("2026-11-20 08:00"))


def repaired(
    store: Store, *desks: str, gap: int | None = None, seconds: float = 60
) -> RepairedWeek:
    names = tuple(DeskName(desk) for desk in desks)
    return repaired_week(store, SITE, RepairOrder(WEEK, names, gap, seconds))


def test_each_gap_has_a_number_and_its_repairs(store: Store) -> None:
    # given: Bo has agreed to no more than one
    make.hire(store, "Ada")
    make.hire(store, "Bo", shifts_a_week=1)
    build(store, "day")
    # when
    week = repaired(store)
    # then
    assert [each.number for each in week.gaps] == list(range(1, len(week.gaps) + 1))
    kinds = {r.change.kind for each in week.gaps for r in each.repaired.repairs}
    assert ChangeKind.RELAX in kinds
    assert week.names == {"ada": "Ada", "bo": "Bo"}


def test_gaps_of_several_builds_are_numbered_in_one_row(store: Store) -> None:
    make.hire(store, "Ada", desks="day", shifts_a_week=6)
    make.hire(store, "Bo", desks="night", shifts_a_week=5)
    build(store, "day")
    build(store, "night")
    week = repaired(store)
    assert {each.repaired.gap.desk for each in week.gaps} == {"day", "night"}
    spans = [each.repaired.gap.span for each in week.gaps]
    assert spans == sorted(spans)


def test_one_gap_is_asked_for_by_its_number(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    build(store, "day")
    every = repaired(store, "day")
    [one] = repaired(store, "day", gap=2).gaps
    assert one.repaired.gap == every.gaps[1].repaired.gap
    assert one.number == 2


def test_a_number_that_no_gap_has_is_refused(store: Store) -> None:
    make.hire(store, "Ada")
    build(store, "day")
    with pytest.raises(RepairError, match=r"There is no gap 99 in 2026-W48: it has \d+ gaps\."):
        repaired(store, gap=99)


def test_without_time_nothing_is_tried_and_it_is_said(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    build(store, "day")
    week = repaired(store, seconds=0)
    assert all(each.repaired.repairs == () for each in week.gaps)
    assert any(each.repaired.left_out for each in week.gaps)


def test_a_week_without_a_roster_is_refused(store: Store) -> None:
    with pytest.raises(ExplainError, match="There is no roster for 2026-W48"):
        repaired(store)


def test_everybody_who_was_asked_is_told_why_this_week(store: Store) -> None:
    # given
    make.hire(store, "Ada")
    make.hire(store, "Bo", availability="")
    build(store, "day")
    with store.reading() as db:
        week = explained_week(db, SITE, WEEK)
    [build_] = week.builds
    # when
    ada, bo = told_people(build_)
    # then
    assert (ada.week.person, bo.week.person) == ("ada", "bo")
    assert all(each.without for each in ada.week.shifts)
    assert bo.week.shifts == ()
    assert [told.week.person for told in told_people(build_, ["bo"])] == ["bo"]


def test_who_was_not_asked_is_named_with_the_nearest(store: Store) -> None:
    make.hire(store, "Ada")
    build(store, "day")
    with store.reading() as db:
        week = explained_week(db, SITE, WEEK)
    refuse_strangers(week, ["ada"])
    with pytest.raises(PersonError, match=r"'adda' was asked in 2026-W48; did you mean ada\?"):
        refuse_strangers(week, ["adda"])
    with pytest.raises(PersonError, match=r"'zzz' was asked in 2026-W48\.$"):
        refuse_strangers(week, ["zzz"])


def test_each_floor_has_a_price(store: Store) -> None:
    make.hire(store, "Ada")
    build(store, "day")
    with store.reading() as db:
        [build_] = explained_week(db, SITE, WEEK).builds
    [cost] = told_floors(build_, SITE)
    assert (cost.desk, cost.certificate) == ("day", None)
    assert cost.saved > (0, 0, 0, 0)
