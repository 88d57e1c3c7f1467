"""A week is rehearsed by its newest rosters, and each gap is priced in calls."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hotline.config.settings import LineName, Settings
from hotline.duty import Away
from hotline.rosters import expected
from hotline.rosters.expected import habits_of, rates_of, ways_of, while_open
from hotline.rosters.rehearsing import (
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
from scheduling.rehearsal.callers import TRIES
from scheduling.rehearsal.figures import Figures
from tests import make

WEEK = Week(2026, 48)
MINUTE = timedelta(minutes=1)
NIGHT = make.desk("night", shifts=[make.template()], wants=[make.cover("22:00-08:00", 2)])
DAY = make.desk("day")
SITE = make.settings(
    desks=[NIGHT, DAY],
    lines=[
        make.line("help", desks=("night",)),
        make.line("more", desks=("day", "night"), numbers=("2",)),
    ],
)
TUESDAY = make.span("2026-11-24 14:00", "2026-11-25 00:00")
WEDNESDAY = make.span("2026-11-25 14:00", "2026-11-26 00:00")
SUNDAY_BEFORE = make.span("2026-11-22 14:00", "2026-11-23 00:00")
ORDER = RehearsalOrder(WEEK, runs=20)


def facts(store: Store, order: RehearsalOrder = ORDER) -> Facts:
    with store.reading() as db:
        return facts_of(db, SITE, order)


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
    more = [each.more.value for each in played.gaps]
    assert more == sorted(more, reverse=True)
    [half] = [each for each in played.gaps if each.gap.span == WEDNESDAY]
    assert (half.gap.missing, half.gap.below_floor) == (1, True)
    assert 0 < half.more.value < more[0]


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
    known = Facts(make.rota(), {})

    played = rehearsed_week(site, replace(ORDER, runs=1), known)

    tuesday = [each for each in played.gaps if each.gap.span == TUESDAY]
    assert {each.gap.certificate for each in tuesday} == {None, "standby"}
    assert all(each.more.value > 0 for each in tuesday if each.gap.certificate is None)


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

    played = rehearsed_week(site, replace(ORDER, week=week, runs=3), Facts(rota, {}))

    assert len(played.rehearsed.hours) == hours
    assert played.rehearsed.figures().calls.value > 10
    zone = site.site.zone
    for number, at in enumerate(played.rehearsed.hours):
        is_open = at.astimezone(zone).hour >= 22 or at.astimezone(zone).hour < 8
        calls = played.rehearsed.figures(hours=[number]).calls.value
        assert is_open or calls == 0


def test_calls_come_by_the_shape_of_the_week_and_only_while_a_line_is_open() -> None:
    span = WEEK.horizon(SITE.site.zone)

    usual = rates_of(SITE, span)
    heard = while_open(usual, SITE, span)

    assert sum(usual.calls["help"]) == pytest.approx(28)
    assert len(usual.calls["help"]) == 7 * 48
    assert usual.calls["help"][2 * 22] > usual.calls["help"][2 * 5]  # fewer before dawn
    for half, mean in enumerate(heard.calls["help"]):
        at_night = half % 48 >= 44 or half % 48 < 16
        assert mean == (usual.calls["help"][half] if at_night else 0)


def test_talk_and_wrap_up_together_are_the_mean_that_is_known() -> None:
    together = habits_of(SITE).talk + ways_of(SITE).wrap_up

    assert together.total_seconds() == 30 * 60
    assert ways_of(SITE).longest_wait.total_seconds() == SITE.answering.longest_wait


def test_the_document_says_what_is_guessed() -> None:
    told = (Path(__file__).parents[3] / "docs" / "rehearsing.md").read_text("utf-8")

    for said in (
        f"{expected.CALLS_A_DAY:g} a day and line",
        f"quieter by {expected.BUSY:.0%}".replace("%", " %"),
        f"{expected.TALK / MINUTE:g} minutes with wrap-up",
        f"exponential, {expected.PATIENCE / MINUTE:g} minutes",
        f"{expected.RETURNING * 100:g} % of those who hung up",
        f"after {expected.RETURNS_AFTER / MINUTE:g} minutes on average, at most five times",
        f"{expected.UNACCEPTED * 100:g} % of rings",
        f"ring for {expected.PICK_UP.seconds} s on average",
        f"takes {expected.TO_THE_KEY.seconds} s to the key",
        f"{expected.GREETING.seconds} s, in which telephones ring",
    ):
        assert said in told
    assert TRIES == 5
