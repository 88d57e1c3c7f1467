"""A week is explained from what its builds asked and answered, whatever has changed since."""

from collections.abc import Iterable

import pytest

from hotline.config.settings import DeskName, Settings
from hotline.rosters.draft.building import BuildOrder, build_draft
from hotline.rosters.draft.filing import BuiltDraft
from hotline.rosters.draft.publishing import PublishOrder, publish
from hotline.rosters.reasons.explaining import (
    ExplainedWeek,
    ExplainError,
    explained_gaps,
    explained_week,
)
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from scheduling.roster import Gap, Result, Roster, Status
from tests import make
from tests.scheduling import make as engine

WEEK = Week(2026, 48)
DAY, NIGHT = (
    make.desk(name, shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
    for name in ("day", "night")
)
SITE = make.settings(desks=[DAY, NIGHT], supervised_turns=10)


def build(store: Store, *desks: str, site: Settings = SITE) -> BuiltDraft:
    order = BuildOrder(WEEK, tuple(DeskName(desk) for desk in desks))
    return build_draft(store, site, order, lambda: make.utc("2026-11-20 08:00"))


def explained(store: Store, *desks: str, site: Settings = SITE) -> ExplainedWeek:
    with store.reading() as db:
        return explained_week(db, site, WEEK, tuple(DeskName(desk) for desk in desks))


def test_every_gap_of_a_draft_names_its_shift_and_everybody(store: Store) -> None:
    # given
    make.hire(store, "Ada", shifts_a_week=1)
    make.hire(store, "Bo", availability="")
    built = build(store, "day")
    # when
    [told] = explained(store).builds
    # then
    assert (told.problem, told.result) == (built.problem, built.result)
    assert [each.gap for each in told.gaps] == list(built.result.gaps)
    assert len(told.gaps) == 6
    for each in told.gaps:
        [shift] = each.shifts
        assert shift.shift.span == each.gap.span
        assert shift.could == ()
        assert [one.person for one in shift.kept_out] == ["ada", "bo"]


def test_each_desk_is_explained_by_the_build_it_came_from(store: Store) -> None:
    # given
    make.hire(store, "Ada", desks="day night", shifts_a_week=1)
    build(store, "day", "night")
    build(store, "night")
    # when
    first, second = explained(store).builds
    # then
    assert first.states == {"day": RosterState.DRAFT}
    assert second.states == {"night": RosterState.DRAFT}
    assert {each.gap.desk for each in first.gaps} == {"day"}
    assert {each.gap.desk for each in second.gaps} == {"night"}
    assert [build.states for build in explained(store, "night").builds] == [second.states]


def test_the_published_roster_is_explained_until_there_is_a_draft(store: Store) -> None:
    # given
    make.hire(store, "Ada")
    build(store, "day")
    publish(
        store, SITE, PublishOrder(WEEK, accept_gaps="a test"), lambda: make.utc("2026-11-20 09:00")
    )
    [published] = explained(store).builds
    # when
    build(store, "day")
    [draft] = explained(store).builds
    # then
    assert published.states == {"day": RosterState.PUBLISHED}
    assert draft.states == {"day": RosterState.DRAFT}


def test_who_was_not_asked_is_told(store: Store) -> None:
    # given
    make.hire(store, "Ada")
    make.hire(store, "Bo", supervised_turns=9)
    make.hire(store, "Eve", desks="night")
    build(store, "day")
    make.hire(store, "Cem")
    make.hire(store, "Dee", active=False)
    # when
    told = explained(store)
    # then
    assert [person.code for person in told.builds[0].not_asked] == ["bo", "cem"]
    assert told.names["dee"] == "Dee"


def test_a_roster_without_gaps_has_none_to_explain(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo")
    build(store, "day")
    assert explained(store).builds[0].gaps == ()


def test_a_week_without_a_roster_is_refused(store: Store) -> None:
    with pytest.raises(ExplainError, match="There is no roster for 2026-W48 to explain; make one"):
        explained(store)


def test_a_desk_without_a_roster_is_refused(store: Store) -> None:
    make.hire(store, "Ada")
    build(store, "day")
    with pytest.raises(ExplainError, match="Desk night has no roster for 2026-W48 to explain"):
        explained(store, "day", "night")


def test_a_roster_that_nobody_built_is_refused(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, make.span("2026-11-24 14:00", "2026-11-25 00:00")))
    with pytest.raises(ExplainError, match="The roster of desk day for 2026-W48 was not built"):
        explained(store)


def answered(roster: Roster, gaps: Iterable[Gap]) -> Result:
    return Result(Status.OPTIMAL, roster, 0, 0, {}, tuple(gaps), (), 1.0, 1)


def test_gaps_below_the_floor_come_first_and_the_cheapest_person_too() -> None:
    # given
    early, late = engine.shift("early", 8, 12), engine.shift("late", 14, 18)
    people = [engine.person("ada", unwanted=[late.span]), engine.person("bo")]
    problem = engine.problem(people, [early, late], [engine.need(8, 18)])
    above = Gap("nanjing", early.span, 1, below_floor=False)
    below = Gap("nanjing", late.span, 1, below_floor=True)
    elsewhere = Gap("suzhou", early.span, 1, below_floor=True)
    # when
    gaps = explained_gaps(
        problem, answered(engine.roster(), [above, below, elsewhere]), ["nanjing"]
    )
    # then
    assert [each.gap for each in gaps] == [below, above]
    [shift] = gaps[0].shifts
    assert [(one.person, one.points) for one in shift.could] == [("bo", -8000), ("ada", -7985)]


def test_a_gap_for_a_certificate_asks_it_of_everybody() -> None:
    # given
    people = [
        engine.person("ada"),
        engine.person("bo", certificates=[engine.certificate("crisis")]),
    ]
    late = engine.shift("late", 14, 18)
    problem = engine.problem(people, [late], [engine.need(14, 18, certificate="crisis")])
    gap = Gap("nanjing", late.span, 1, below_floor=True, certificate="crisis")
    # when
    [told] = explained_gaps(problem, answered(engine.roster(), [gap]), ["nanjing"])
    # then
    [shift] = told.shifts
    assert [one.person for one in shift.could] == ["bo"]
    assert [refusal.about for refusal in shift.kept_out[0].refusals] == ["crisis"]


def test_a_gap_that_no_shift_meets_has_none() -> None:
    problem = engine.problem([engine.person("ada")], [engine.shift("early", 8, 12)])
    gap = Gap("nanjing", engine.span(12, 14), 1, below_floor=True)
    [told] = explained_gaps(problem, answered(engine.roster(), [gap]), ["nanjing"])
    assert told.shifts == ()
