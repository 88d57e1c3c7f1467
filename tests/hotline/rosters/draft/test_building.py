"""A draft is built from what is known, stored whole or not at all, and routes nobody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import col, select

from hotline.config.settings import DeskName, Settings, Weekday
from hotline.config.tables.demand import Targets
from hotline.demand.foretelling import ForecastError, outlook
from hotline.demand.seating import desks_seats
from hotline.rosters.draft.building import BuildOrder, OutOfReachError, build_draft
from hotline.rosters.draft.filing import BuiltDraft, PinClashError
from hotline.rosters.draft.promised import Promise
from hotline.rosters.question.facts import AskError
from hotline.rosters.question.pins import PinChanges, PinError
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.duty.promises import promises
from hotline.store.duty.rosters import rota_between
from hotline.store.tables import BuildRow, RosterRow
from scheduling.audit import breaches
from scheduling.choosing.desks import Means
from scheduling.demand.counts import half_hours
from scheduling.problem import Pin, Prices, Problem, ShiftKind, Span
from scheduling.roster import Status
from scheduling.serial import problem_from_json, result_from_json
from tests import make

WEEK = Week(2026, 48)
HORIZON = WEEK.horizon(make.SHANGHAI)
NIGHTS = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
MONDAY, TUESDAY, WEDNESDAY = (f"day/2026-11-{day}/night" for day in (23, 24, 25))
MONDAY_MORNING = make.desk(
    "morning",
    shifts=[make.template("early", ShiftKind.DAY, start="08:00", hours=4, days=[Weekday.MON])],
    wants=[make.cover("08:00-12:00", 1, days=[Weekday.MON])],
)
SITE = make.settings(desks=[NIGHTS])


def now() -> datetime:
    return make.utc("2026-11-20 08:00")


def build(
    store: Store,
    site: Settings = SITE,
    *,
    desks: Iterable[str] = (),
    pins: Iterable[Pin] = (),
    unpins: Iterable[Pin] = (),
    week: Week = WEEK,
    means: Means | None = None,
) -> BuiltDraft:
    changes = PinChanges(tuple(pins), tuple(unpins))
    order = BuildOrder(week, tuple(DeskName(desk) for desk in desks), changes)
    return build_draft(store, site, order, now, means=means)


def drafts(store: Store, around: Span = HORIZON) -> tuple[Promise, ...]:
    with store.reading() as db:
        return tuple(p for p in promises(db, around) if p.state is RosterState.DRAFT)


def test_a_draft_is_stored_and_routes_nobody(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo")

    built = build(store)

    assert built.result.status is Status.OPTIMAL
    stored = {(p.person, p.shift) for p in drafts(store)}
    assert stored == {(a.person, a.shift) for a in built.result.roster.assignments}
    assert stored
    with store.reading() as db:
        assert rota_between(db, HORIZON).duties == ()


def test_a_roster_can_be_rebuilt_and_explained_from_what_is_stored(store: Store) -> None:
    make.hire(store, "Ada")

    built = build(store)

    with store.reading() as db:
        row = db.exec(select(BuildRow)).one()
    assert problem_from_json(row.problem) == built.problem
    assert result_from_json(row.result).roster == built.result.roster
    assert (row.week, row.price, row.bound) == ("2026-W48", built.result.price, built.result.bound)
    assert row.built_at == now()
    assert breaches(built.problem, built.result.roster) == ()


def test_a_second_build_archives_the_draft_before_it(store: Store) -> None:
    make.hire(store, "Ada")
    build(store)

    build(store)

    with store.reading() as db:
        states = db.exec(select(RosterRow.state).order_by(col(RosterRow.id))).all()
    assert states == ["archived", "draft"]


def test_building_again_leaves_what_is_published_alone(store: Store) -> None:
    ada = make.hire(store, "Ada")
    night = make.span("2026-11-24 14:00", "2026-11-25 00:00")
    make.store_roster(store, (ada, night))

    build(store)

    with store.reading() as db:
        assert len(rota_between(db, HORIZON).duties) == 1


def test_a_pin_is_kept_and_lives_on_in_the_next_build(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    pin = Pin("ada", WEDNESDAY)

    build(store, pins=[pin])
    again = build(store)

    assert again.problem.pins == (pin,)
    assert [(p.shift, p.pinned) for p in drafts(store)] == [(WEDNESDAY, True)]


def test_a_pin_that_is_let_go_binds_no_longer(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    pin, other = Pin("ada", WEDNESDAY), Pin("ada", MONDAY)
    build(store, pins=[pin])

    build(store, pins=[other], unpins=[pin])

    assert [(p.shift, p.pinned) for p in drafts(store)] == [(MONDAY, True)]


def test_pins_of_the_published_roster_hold_when_there_is_no_draft(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    build(store, pins=[Pin("ada", WEDNESDAY)])
    make.publish_all(store, SITE, WEEK)

    assert build(store).problem.pins == (Pin("ada", WEDNESDAY),)


def test_pins_that_contradict_a_rule_are_named_and_nothing_is_stored(store: Store) -> None:
    make.hire(store, "Ada")

    with pytest.raises(PinClashError, match=r"cannot all be kept.*ada"):
        build(store, pins=[Pin("ada", MONDAY), Pin("ada", TUESDAY)])  # 24 h of rest after a night

    assert drafts(store) == ()


def test_a_pin_of_nobody_or_no_shift_names_the_nearest(store: Store) -> None:
    make.hire(store, "Ada")

    with pytest.raises(PinError, match=r"person 'adda'.*did you mean ada"):
        build(store, pins=[Pin("adda", MONDAY)])
    with pytest.raises(PinError, match="did you mean day/2026-11-23/night"):
        build(store, pins=[Pin("ada", "day/2026-11-23/nigth")])
    with pytest.raises(PinError, match="look at what"):
        build(store, pins=[Pin("zz", MONDAY)])
    with pytest.raises(PinError, match="is not pinned"):
        build(store, unpins=[Pin("ada", MONDAY)])


def test_the_night_of_sunday_gives_rest_on_monday(store: Store) -> None:
    ada, bo = make.hire(store, "Ada", desks="day morning"), make.hire(store, "Bo", desks="morning")
    sunday = make.span("2026-11-22 14:00", "2026-11-23 00:00")
    make.store_roster(store, (ada, sunday), week="2026-W47")
    site = make.settings(desks=[NIGHTS, MONDAY_MORNING])

    built = build(store, site)

    given = {a.shift: a.person for a in built.result.roster.assignments}
    assert given["morning/2026-11-23/early"] == bo.code
    assert MONDAY not in given  # Ada alone could take it, and rests until Tuesday 08:00


def test_a_week_is_not_charged_for_the_morning_that_only_the_week_before_can_staff(
    store: Store,
) -> None:
    make.hire(store, "Ada")

    gaps = build(store).result.gaps

    assert [gap for gap in gaps if gap.span.start < make.local("2026-11-23 22:00")] == []


def test_the_night_of_sunday_is_worth_as_much_as_any_other(store: Store) -> None:
    make.hire(store, "Ada", shifts_a_week=1, availability="Sun 22:00-24:00; Mon 00:00-08:00")

    built = build(store)

    assert [given.shift for given in built.result.roster.assignments] == ["day/2026-11-29/night"]
    below_floor = Prices().below_floor
    assert built.result.price_by_wish["below floor"] == 6 * 20 * below_floor


def test_the_draft_of_the_week_before_counts_while_none_is_published(store: Store) -> None:
    ada = make.hire(store, "Ada")
    sunday = make.span("2026-11-22 14:00", "2026-11-23 00:00")
    make.store_roster(store, (ada, sunday), week="2026-W47", state=RosterState.DRAFT)

    [person] = build(store).problem.people

    assert [shift.span for shift in person.history] == [sunday]


def test_a_published_week_before_counts_instead_of_its_draft(store: Store) -> None:
    ada = make.hire(store, "Ada")
    sunday = make.span("2026-11-22 14:00", "2026-11-23 00:00")
    saturday = make.span("2026-11-21 14:00", "2026-11-22 00:00")
    make.store_roster(store, (ada, saturday), week="2026-W47")
    make.store_roster(store, (ada, sunday), week="2026-W47", state=RosterState.DRAFT)

    [person] = build(store).problem.people

    assert [shift.span for shift in person.history] == [saturday]


def test_the_monday_of_a_published_next_week_gives_rest_on_sunday(store: Store) -> None:
    ada = make.hire(store, "Ada")
    monday = make.span("2026-11-30 00:00", "2026-11-30 04:00")  # 08:00 in Shanghai
    make.store_roster(store, (ada, monday), week="2026-W49", kind=ShiftKind.DAY)

    built = build(store)

    nights = {a.shift for a in built.result.roster.assignments}
    assert "day/2026-11-29/night" not in nights
    assert nights


def test_whoever_sits_at_another_desk_is_not_asked_to_sit_at_two(store: Store) -> None:
    ada = make.hire(store, "Ada", desks="day night")
    others = [make.span(f"2026-11-{day} 14:00", f"2026-11-{day + 1} 00:00") for day in (24, 26)]
    make.store_roster(store, (ada, others[0]), desk="night", state=RosterState.DRAFT)
    make.store_roster(store, (ada, others[1]), desk="night")
    site = make.settings(desks=[NIGHTS, make.desk("night", shifts=[make.template()])])

    built = build(store, site, desks=["day"])

    assert built.desks == ("day",)
    taken = [p.span for p in drafts(store) if p.desk == "day"]
    assert taken
    assert not any(span.meets(other) for span in taken for other in others)


def test_who_worked_more_nights_than_their_share_is_given_fewer(store: Store) -> None:
    ada, bo = make.hire(store, "Ada"), make.hire(store, "Bo")
    worked = [make.span(f"2026-11-{day:02} 14:00", f"2026-11-{day + 1:02} 00:00") for day in (3, 5)]
    make.store_roster(store, *((ada, night) for night in worked), week="2026-W45")
    afternoon = make.span("2026-11-03 06:00", "2026-11-03 10:00")
    make.store_roster(store, (bo, afternoon), desk="b", week="2026-W45", kind=ShiftKind.DAY)

    built = build(store)

    before = {person.id: person.nights_before for person in built.problem.people}
    assert before == {ada.code: 1, bo.code: -1}
    nights = [a.person for a in built.result.roster.assignments]
    assert nights.count("ada") < nights.count("bo")


def test_nights_before_the_weeks_looked_back_on_are_forgotten(store: Store) -> None:
    ada = make.hire(store, "Ada")
    make.hire(store, "Bo")
    long_ago = make.span("2026-10-20 14:00", "2026-10-21 00:00")
    make.store_roster(store, (ada, long_ago), week="2026-W43")

    assert {person.nights_before for person in build(store).problem.people} == {0}


def test_who_has_too_few_supervised_turns_is_not_rostered(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Eve", supervised_turns=2)
    site = make.settings(desks=[NIGHTS], supervised_turns=10)

    assert [person.id for person in build(store, site).problem.people] == ["ada"]


def test_a_desk_without_shifts_or_people_is_refused_in_a_sentence(store: Store) -> None:
    site = make.settings(desks=[NIGHTS, make.desk("empty")])

    with pytest.raises(AskError, match=r"Nobody may sit at desk day.*import people"):
        build(store, site)
    make.hire(store, "Ada")
    with pytest.raises(AskError, match="Desk empty has no shifts"):
        build(store, site, desks=["empty"])
    assert build(store, site).desks == ("day",)


def test_a_desk_that_nobody_belongs_to_stays_empty_beside_the_others(store: Store) -> None:
    make.hire(store, "Ada")
    site = make.settings(desks=[NIGHTS, replace(NIGHTS, name=DeskName("lone"))])

    both = build(store, site)

    assert both.desks == ("day", "lone")
    assert {given.person for given in both.result.roster.assignments} == {"ada"}
    assert {gap.desk for gap in both.result.gaps if gap.below_floor} >= {"lone"}
    with pytest.raises(AskError, match="Nobody may sit at desk lone"):
        build(store, site, desks=["lone"])


def test_a_site_whose_desks_have_no_shifts_at_all_is_refused(store: Store) -> None:
    with pytest.raises(AskError, match="No desk has shifts"):
        build(store, make.settings(desks=[make.desk()]))


def test_desks_without_a_common_person_are_built_side_by_side_into_one_build(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo", desks="morning")
    site = make.settings(desks=[NIGHTS, MONDAY_MORNING])

    built = build(store, site, means=Means(workers=2, worth_starting=0))

    assert built.desks == ("day", "morning")
    given = {p.desk: p.person for p in drafts(store)}
    assert given == {"day": "ada", "morning": "bo"}
    with store.reading() as db:
        row = db.exec(select(BuildRow)).one()
    assert problem_from_json(row.problem) == built.problem
    assert result_from_json(row.result).roster == built.result.roster
    assert built.result.status is Status.OPTIMAL
    assert built.result.roster == build(store, site).result.roster


def test_a_cluster_out_of_reach_is_told_and_nothing_is_stored(store: Store) -> None:
    make.hire(store, "Ada")
    make.hire(store, "Bo", desks="morning")
    site = make.settings(desks=[NIGHTS, MONDAY_MORNING])

    with pytest.raises(OutOfReachError, match=r"^No Dask scheduler answers at nowhere://at all\.$"):
        build(store, site, means=Means(cluster="nowhere://at all", worth_starting=0))

    assert drafts(store) == ()


@pytest.mark.parametrize(("week", "hours"), [(Week(2026, 13), 9), (Week(2026, 43), 11)])
def test_the_night_clocks_change_is_one_shift_of_its_real_length(
    store: Store, week: Week, hours: int
) -> None:
    make.hire(store, "Ada", shifts_a_week=1)
    saturday = week.days[5]
    site = make.settings(desks=[NIGHTS], zone=make.LONDON)

    build(store, site, week=week, pins=[Pin("ada", f"day/{saturday}/night")])

    [promise] = drafts(store, week.horizon(make.LONDON))
    assert promise.span.length.total_seconds() == hours * 3600


def expecting(calls_a_day: float) -> Settings:
    nights = make.desk(
        "day",
        shifts=[make.template(most=4)],
        wants=[make.cover("22:00-08:00", 1)],
        targets=Targets.FORECAST,
    )
    return make.settings(
        desks=[nights], lines=[make.line()], expecting=make.demand(calls_a_day=calls_a_day)
    )


def targets(problem: Problem) -> set[int]:
    return {need.target for need in problem.needs}


def test_expected_calls_raise_targets_and_never_floors(store: Store) -> None:
    make.hire(store, "Ada")

    few, many = build(store, expecting(1.0)).problem, build(store, expecting(60.0)).problem

    assert max(targets(few)) < max(targets(many)) == 4  # no more than the shift holds
    assert {need.floor for need in few.needs + many.needs} == {1}
    assert few.needs[0].span.start == many.needs[0].span.start == make.local("2026-11-23 22:00")
    assert few.needs[-1].span.end == many.needs[-1].span.end == make.local("2026-11-30 08:00")


def test_a_roster_is_asked_for_what_the_demand_shows(store: Store) -> None:
    make.hire(store, "Ada")
    site = expecting(30.0)

    built = build(store, site)

    with store.reading() as db:
        [seats] = desks_seats(site, outlook(db, site, HORIZON, now()))
    asked = {at: need.target for need in built.problem.needs for at in half_hours(need.span)}
    shown = {half.start: seats.target(half) for half in seats.halves if half.start in asked}
    assert shown == {at: target for at, target in asked.items() if at < HORIZON.end}
    assert len(set(shown.values())) > 1


def test_calls_that_came_count_in_the_next_build_and_not_in_a_stored_one(store: Store) -> None:
    make.hire(store, "Ada")
    before = build(store, expecting(1.0))
    nights = [make.local(f"2026-11-{day:02} 23:10") for day in range(1, 20)]
    make.store_calls(store, *nights * 9)

    after = build(store, expecting(1.0))

    assert max(targets(after.problem)) > max(targets(before.problem))
    with store.reading() as db:
        first = db.exec(select(BuildRow).order_by(col(BuildRow.id))).first()
    assert first is not None
    assert problem_from_json(first.problem) == before.problem


def test_a_desk_by_cover_is_built_as_written_whatever_is_expected(store: Store) -> None:
    make.hire(store, "Ada")
    site = make.settings(
        desks=[NIGHTS], lines=[make.line()], expecting=make.demand(calls_a_day=500.0)
    )
    assert targets(build(store, site).problem) == {1}


def test_a_week_that_cannot_be_foretold_is_refused_and_nothing_is_stored(store: Store) -> None:
    make.hire(store, "Ada")

    with pytest.raises(ForecastError, match="over a year after"):
        build(store, expecting(1.0), week=Week(2028, 10))

    assert drafts(store, Week(2028, 10).horizon(make.SHANGHAI)) == ()
