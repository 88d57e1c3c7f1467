"""A week is rehearsed by its newest rosters, and each gap is priced in calls."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.config.settings import LineName, Settings
from hotline.config.tables.demand import Targets
from hotline.demand.foretelling import ForecastError, outlook
from hotline.duty import Away
from hotline.rosters.rehearsal import expected
from hotline.rosters.rehearsal.expected import ways_of, while_open
from hotline.rosters.rehearsal.rehearsing import (
    MOST_RUNS,
    Facts,
    RehearsalOrder,
    RehearsalRefusedError,
    RehearsedWeek,
    facts_of,
    rehearsed_week,
)
from hotline.rosters.states import RosterState
from hotline.rosters.week import Week
from hotline.store import Store
from scheduling.problem import ShiftKind, Span
from scheduling.rehearsal.callers import TRIES, Rates
from scheduling.rehearsal.figures import Figures
from tests import make

WEEK = Week(2026, 48)
MINUTE = timedelta(minutes=1)
NOW = make.utc("2026-11-20 08:00")
NIGHT = make.desk("night", shifts=[make.template()], wants=[make.cover("22:00-08:00", 2)])
DAY = make.desk("day")
SITE = make.settings(
    desks=[NIGHT, DAY],
    lines=[
        make.line("help", desks=("night",)),
        make.line("more", desks=("day", "night"), numbers=("2",)),
    ],
    expecting=make.demand(calls_a_day=4.0),
)
TUESDAY = make.span("2026-11-24 14:00", "2026-11-25 00:00")
WEDNESDAY = make.span("2026-11-25 14:00", "2026-11-26 00:00")
SUNDAY_BEFORE = make.span("2026-11-22 14:00", "2026-11-23 00:00")
ORDER = RehearsalOrder(WEEK, runs=20)


def facts(store: Store, order: RehearsalOrder = ORDER, site: Settings = SITE) -> Facts:
    with store.reading() as db:
        return facts_of(db, site, order, NOW)


def evenly(site: Settings, week: Week = WEEK) -> Rates:
    """Four calls a day on each line, at any hour."""
    span = week.horizon(site.site.zone)
    calls = [4 / 48] * (span.length // timedelta(minutes=30))
    rates = Rates(span.start, {line.name: calls for line in site.lines})
    return while_open(rates, site, span)


def nights(week: Week, site: Settings) -> list[Span]:
    zone = site.site.zone
    return [Span(make.local(f"{d} 22:00", zone), make.local(f"{d} 23:59", zone)) for d in week.days]


def of_hour(played: RehearsedWeek, text: str, line: str = "help") -> Figures:
    number = played.rehearsed.hours.index(make.local(text))
    return played.rehearsed.figures([line], [number])


def test_the_newest_draft_counts_else_what_is_published(store: Store) -> None:
    ada, bo, cem = (make.hire(store, name, desks="night") for name in ("Ada", "Bo", "Cem"))
    make.store_roster(store, (ada, TUESDAY), desk="night")
    make.store_roster(store, (bo, TUESDAY), desk="night", state=RosterState.DRAFT)
    make.store_roster(store, (cem, TUESDAY), desk="day")

    known = facts(store)

    assert {duty.person for duty in known.rota.duties} == {bo.id, cem.id}
    assert {person.code for person in known.rota.volunteers} == {"bo", "cem"}
    assert known.states == {"night": RosterState.DRAFT, "day": RosterState.PUBLISHED}


def test_of_the_weeks_around_what_is_published_counts_else_the_draft(store: Store) -> None:
    ada, bo = (make.hire(store, name, desks="night") for name in ("Ada", "Bo"))
    make.store_roster(store, (ada, TUESDAY), desk="night")
    before = {"desk": "night", "week": "2026-W47"}
    make.store_roster(store, (ada, SUNDAY_BEFORE), **before, state=RosterState.DRAFT)  # type: ignore[arg-type]
    assert {duty.person for duty in facts(store).rota.duties} == {ada.id}

    make.store_roster(store, (bo, SUNDAY_BEFORE), **before)  # type: ignore[arg-type]

    duties = facts(store).rota.duties
    assert {(duty.person, duty.span) for duty in duties} == {
        (ada.id, TUESDAY),
        (bo.id, SUNDAY_BEFORE),
    }


def test_standby_stays_standby(store: Store) -> None:
    ada = make.hire(store, "Ada", desks="night")
    make.store_roster(store, (ada, TUESDAY), desk="night", kind=ShiftKind.STANDBY)

    assert [duty.standby for duty in facts(store).rota.duties] == [True]


def test_without_a_roster_there_is_nothing_to_rehearse(store: Store) -> None:
    with pytest.raises(RehearsalRefusedError, match="no roster for 2026-W48 to rehearse"):
        facts(store)


@pytest.mark.parametrize("runs", [0, -1, MOST_RUNS + 1])
def test_odd_numbers_of_runs_are_refused(store: Store, runs: int) -> None:
    with pytest.raises(RehearsalRefusedError, match="--runs must be from 1 to 10,000"):
        facts(store, replace(ORDER, runs=runs))


def test_a_seed_below_nothing_is_refused(store: Store) -> None:
    with pytest.raises(RehearsalRefusedError, match="--seed must be 0 or more"):
        facts(store, replace(ORDER, seed=-1))


def test_hours_with_people_answer_and_the_gaps_say_what_one_more_would_do(store: Store) -> None:
    ada, bo = (make.hire(store, name, desks="night") for name in ("Ada", "Bo"))
    make.store_roster(store, (ada, TUESDAY), (bo, TUESDAY), (ada, WEDNESDAY), desk="night")

    played = rehearsed_week(SITE, ORDER, facts(store))

    staffed, empty = of_hour(played, "2026-11-24 23:00"), of_hour(played, "2026-11-27 23:00")
    assert staffed.in_time is not None
    assert staffed.in_time.value > 0.3
    assert staffed.exits is not None
    assert staffed.exits.value < 0.2
    assert empty.exits is not None
    assert empty.exits.value == 1
    assert of_hour(played, "2026-11-24 12:00").calls.value == 0  # closed by its cover
    spans = {each.gap.span for each in played.gaps}
    assert TUESDAY not in spans
    assert WEDNESDAY in spans
    spared = [each.spared.value for each in played.gaps]
    assert spared == sorted(spared, reverse=True)
    [half] = [each for each in played.gaps if each.gap.span == WEDNESDAY]
    assert (half.gap.missing, half.gap.below_floor) == (1, True)
    assert 0 < half.spared.value < spared[0]


def test_the_same_seed_says_the_same_again(store: Store) -> None:
    ada = make.hire(store, "Ada", desks="night")
    make.store_roster(store, (ada, TUESDAY), desk="night")
    known = facts(store)

    first = rehearsed_week(SITE, ORDER, known)

    assert rehearsed_week(SITE, ORDER, known).gaps == first.gaps
    assert rehearsed_week(SITE, replace(ORDER, seed=2), known).gaps != first.gaps


def test_of_some_lines_only_their_desks_gaps_are_told(store: Store) -> None:
    day = replace(DAY, cover=(make.cover("10:00-12:00", 1),))
    site = replace(SITE, desks=(NIGHT, day))
    ada = make.hire(store, "Ada", desks="night")
    make.store_roster(store, (ada, TUESDAY), desk="night")
    known = facts(store)

    helped = rehearsed_week(site, replace(ORDER, lines=(LineName("help"),), runs=2), known)
    more = rehearsed_week(site, replace(ORDER, lines=(LineName("more"),), runs=2), known)

    assert helped.lines == ("help",)
    assert {each.gap.desk for each in helped.gaps} == {"night"}
    assert {each.gap.desk for each in more.gaps} == {"night", "day"}


def test_heads_and_a_certificate_missing_at_once_are_one_gap_and_standby_another() -> None:
    wants = [
        make.cover("22:00-08:00", 2),
        make.cover("22:00-08:00", 1, certificate="crisis"),
        replace(make.cover("22:00-08:00", 1), standby=True),
    ]
    night = replace(NIGHT, cover=tuple(wants), certificates=("crisis",))
    site = replace(SITE, desks=(night, DAY))
    known = Facts(make.rota(), {}, evenly(site))

    played = rehearsed_week(site, replace(ORDER, runs=1), known)

    tuesday = [each for each in played.gaps if each.gap.span == TUESDAY]
    assert {each.gap.certificate for each in tuesday} == {None, "standby"}
    assert all(each.spared.value > 0 for each in tuesday if each.gap.certificate is None)


def test_who_is_absent_leaves_the_desk_empty(store: Store) -> None:
    ada = make.hire(store, "Ada", desks="night")
    make.store_roster(store, (ada, TUESDAY), desk="night")
    known = facts(store)
    away = replace(known.rota, away=(Away(ada.id, TUESDAY),))

    played = rehearsed_week(SITE, ORDER, replace(known, rota=away))

    exits = of_hour(played, "2026-11-24 23:00").exits
    assert exits is not None
    assert exits.value == 1


@pytest.mark.parametrize(
    ("week", "hours"),
    [(Week(2026, 13), 167), (Week(2026, 43), 169), (Week(2026, 53), 168)],
)
def test_weeks_in_which_clocks_change_have_all_their_hours(week: Week, hours: int) -> None:
    site = replace(SITE, site=replace(SITE.site, zone=ZoneInfo("Europe/London")))
    ada = make.volunteer("Ada", desks=("night",))
    rota = make.rota(*((ada, "night", span) for span in nights(week, site)))

    known = Facts(rota, {}, evenly(site, week))

    played = rehearsed_week(site, replace(ORDER, week=week, runs=3), known)

    assert len(played.rehearsed.hours) == hours
    assert played.rehearsed.figures().calls.value > 10
    zone = site.site.zone
    for number, at in enumerate(played.rehearsed.hours):
        is_open = at.astimezone(zone).hour >= 22 or at.astimezone(zone).hour < 8
        calls = played.rehearsed.figures(hours=[number]).calls.value
        assert is_open or calls == 0


def test_calls_come_as_foretold_and_only_while_a_line_is_open(store: Store) -> None:
    ada = make.hire(store, "Ada", desks="night")
    make.store_roster(store, (ada, TUESDAY), desk="night")
    with store.reading() as db:
        foretold = outlook(db, SITE, WEEK.horizon(SITE.site.zone), NOW)

    heard = facts(store).rates

    usual = foretold.lines[0].forecast.mean
    assert sum(usual) == pytest.approx(28)
    assert len(usual) == len(heard.calls["help"]) == 7 * 48
    for half, mean in enumerate(heard.calls["help"]):
        at_night = half % 48 >= 44 or half % 48 < 16
        assert mean == (usual[half] if at_night else 0)


def test_a_half_hour_is_as_busy_by_itself_as_the_forecast_says(store: Store) -> None:
    site = replace(SITE, demand=replace(make.demand(), busy=0.3))
    make.store_roster(store, (make.hire(store, "Ada"), TUESDAY), desk="night")

    with store.reading() as db:
        foretold = outlook(db, site, WEEK.horizon(SITE.site.zone), NOW)

    busy = facts(store, site=site).rates.busy

    assert busy == {line.line: line.forecast.busy for line in foretold.lines}
    assert min(busy.values()) >= 0.3  # and the doubt about a level that nobody has counted


def test_gaps_are_below_the_targets_that_expected_calls_raise(store: Store) -> None:
    busy = make.demand(calls_a_day=96.0)
    night = replace(NIGHT, targets=Targets.FORECAST)
    site = replace(SITE, desks=(night, DAY), demand=busy)
    ada, bo = (make.hire(store, name, desks="night") for name in ("Ada", "Bo"))
    make.store_roster(store, (ada, TUESDAY), (bo, TUESDAY), desk="night")
    written = facts(store)

    raised = facts(store, site=site)

    order = replace(ORDER, runs=1)
    assert written.wanted == {}
    assert not [g for g in rehearsed_week(SITE, order, written).gaps if g.gap.span == TUESDAY]
    tuesday = [g.gap for g in rehearsed_week(site, order, raised).gaps if TUESDAY.meets(g.gap.span)]
    assert tuesday
    assert not any(gap.below_floor for gap in tuesday)


def test_where_nothing_says_what_to_expect_nothing_is_played(store: Store) -> None:
    make.store_roster(store, (make.hire(store, "Ada"), TUESDAY), desk="night")

    with pytest.raises(ForecastError, match=r"no table \[demand\]"):
        facts(store, site=replace(SITE, demand=None))


@pytest.mark.parametrize(("minutes", "talk"), [(30.0, 28), (2.5, 1)])
def test_talk_and_wrap_up_together_are_the_mean_that_is_known(minutes: float, talk: int) -> None:
    demand = replace(make.demand(), talk_minutes=minutes, patience_minutes=4.0)

    habits = expected.habits_of(demand, 2 * MINUTE)

    assert habits.talk == talk * MINUTE
    assert habits.patience == 4 * MINUTE


def test_telephones_keep_the_bounds_of_the_configuration() -> None:
    ways, bounds = ways_of(SITE), SITE.answering

    assert ways.longest_wait.total_seconds() == bounds.longest_wait
    assert ways.wrap_up.total_seconds() == bounds.wrap_up
    assert ways.ring.total_seconds() == bounds.ring
    assert ways.ring_again.total_seconds() == bounds.ring_again


def test_the_document_says_what_is_guessed() -> None:
    told = (Path(__file__).parents[4] / "docs" / "rehearsing.md").read_text("utf-8")

    for said in (
        f"{expected.RETURNING * 100:g} % of those who hung up",
        f"after {expected.RETURNS_AFTER / MINUTE:g} minutes on average, at most five times",
        f"{expected.UNACCEPTED * 100:g} % of rings",
        f"ring for {expected.PICK_UP.seconds} s on average",
        f"takes {expected.TO_THE_KEY.seconds} s to the key",
        f"{expected.GREETING.seconds} s, in which telephones ring",
    ):
        assert said in told
    assert TRIES == 5
