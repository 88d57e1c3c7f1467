"""Weeks built as one come out fair together, and are explained and published one by one."""

from collections import Counter
from datetime import datetime

import pytest

from hotline.rosters.draft.building import BuildOrder
from hotline.rosters.draft.several import BuiltWeeks, CountError, build_weeks, refuse_count
from hotline.rosters.question.pins import PinChanges, PinError
from hotline.rosters.reasons.explaining import explained_week
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from scheduling.problem import Pin, ShiftKind
from scheduling.roster import Status
from scheduling.solve import SolveLimits
from tests import make

WEEK = Week(2026, 49)
DUTY = make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24)
CAMPUS = make.desk("campus", shifts=[DUTY], wants=[make.cover("08:00-08:00", 1)])
SITE = make.settings(desks=[CAMPUS])


def now() -> datetime:
    return make.utc("2026-11-20 08:00")


def build(store: Store, weeks: int, changes: PinChanges | None = None) -> BuiltWeeks:
    order = BuildOrder(WEEK, pins=changes or PinChanges(), weeks=weeks)
    return build_weeks(store, SITE, order, now, SolveLimits(work=60))


def hire_eight(store: Store) -> None:
    for name in ("Ada", "Bo", "Cem", "Dan", "Fay", "Gus", "Hal", "Ida"):
        make.hire(store, name, desks="campus", shifts_a_week=1)


def test_a_month_of_24_hour_duty_is_shared_evenly_and_proven_so(store: Store) -> None:
    hire_eight(store)

    built = build(store, 4)

    assert built.result.status is Status.OPTIMAL
    duties = Counter(given.person for given in built.result.roster.assignments)
    assert sorted(duties.values()) == [3, 3, 3, 3, 4, 4, 4, 4]
    assert built.result.gaps == ()


def test_each_week_has_its_own_draft_which_stands_by_itself(store: Store) -> None:
    hire_eight(store)

    built = build(store, 2)

    assert [str(draft.week) for draft in built.drafts] == ["2026-W49", "2026-W50"]
    whole = set(built.result.roster.assignments)
    parts = [set(draft.result.roster.assignments) for draft in built.drafts]
    assert parts[0] | parts[1] == whole
    assert not parts[0] & parts[1]
    for draft in built.drafts:
        assert draft.result.breaches == ()
        assert draft.result.bound <= draft.result.price
        make.publish_all(store, SITE, draft.week)
    with store.reading() as db:
        held = promises(db, WEEK.horizon(make.SHANGHAI))
        told = explained_week(db, SITE, WEEK)
    assert {p.state for p in held if p.week == str(WEEK)} == {RosterState.PUBLISHED}
    assert [gap.gap for build in told.builds for gap in build.gaps] == []


def test_the_other_weeks_are_promises_in_the_question_of_one(store: Store) -> None:
    hire_eight(store)

    second = build(store, 2).drafts[1]

    before = {shift.id for person in second.problem.people for shift in person.history}
    assert "campus/2026-12-06/duty" in before
    assert all(shift.id.split("/")[1] >= "2026-12-07" for shift in second.problem.shifts)


def test_pins_of_any_of_the_weeks_are_kept_in_its_own_draft(store: Store) -> None:
    hire_eight(store)
    pin = Pin("ada", "campus/2026-12-09/duty")

    first, second = build(store, 2, PinChanges(added=(pin,))).drafts

    assert (first.problem.pins, second.problem.pins) == ((), (pin,))
    assert "campus/2026-12-09/duty" in {a.shift for a in second.result.roster.assignments}


def test_building_again_keeps_what_was_published_of_each_week(store: Store) -> None:
    hire_eight(store)
    for draft in build(store, 2).drafts:
        make.publish_all(store, SITE, draft.week)

    again = build(store, 2)

    assert again.problem.published is not None
    promised = {(pin.person, pin.shift) for pin in again.problem.published}
    assert {(a.person, a.shift) for a in again.result.roster.assignments} == promised
    assert [len(draft.problem.published or ()) for draft in again.drafts] == [7, 7]


def test_a_pin_that_is_nowhere_cannot_be_let_go(store: Store) -> None:
    hire_eight(store)

    with pytest.raises(PinError, match="is not pinned in 2026-W49 to 2026-W50"):
        build(store, 2, PinChanges(removed=(Pin("ada", "campus/2026-12-09/duty"),)))


@pytest.mark.parametrize("weeks", [0, 14, -1])
def test_no_weeks_or_more_than_a_quarter_are_refused(weeks: int) -> None:
    with pytest.raises(CountError, match=f"From 1 to 13 weeks are built together, not {weeks}"):
        refuse_count(weeks)
