"""A week that is over is summed up once: what was promised, and what callers got."""

from dataclasses import replace
from datetime import timedelta

from hotline.config.settings import LineName
from hotline.planning.kept import (
    BACK,
    in_time,
    past_weeks,
    sum_up_a_week,
    summed_up,
    target,
    together,
)
from hotline.rates import Rates, Share
from hotline.rosters.week import Week
from hotline.store import Store
from hotline.store.counting.line_weeks import Answered, LineWeek, keep_weeks, weeks_kept
from hotline.store.tables import CallRow
from tests import make

WEEK = Week(2026, 48)
NIGHTS = make.desk("day", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
SITE = make.settings(desks=[NIGHTS], lines=[make.line()])
MONDAY_AFTER = make.local("2026-11-30 04:00")


def call(store: Store, at: str, waited: float | None) -> None:
    arrived = make.local(at)
    joined = None if waited is None else arrived + timedelta(seconds=waited)
    with store.writing() as db:
        db.add(
            CallRow(
                token=at,
                sid=at,
                line="help",
                state="closed",
                arrived=arrived,
                since=arrived,
                expected=arrived,
                joined=joined,
            )
        )


def test_promised_by_the_roster_and_delivered_to_callers(store: Store) -> None:
    # given: Ada on one night of seven; of three callers that night one waits too long
    ada = make.hire(store, "Ada")
    make.store_roster(store, (ada, make.span("2026-11-24 14:00", "2026-11-25 00:00")))
    call(store, "2026-11-24 22:10:00", 12)
    call(store, "2026-11-25 03:10:00", 20)
    call(store, "2026-11-25 12:00:00", None)
    call(store, "2026-11-30 00:00:00", 1)
    # when
    assert sum_up_a_week(store, SITE, MONDAY_AFTER) == WEEK
    # then
    with store.reading() as db:
        [kept] = weeks_kept(db, ["2026-W48"])
    assert kept.promised == Rates(Share(20, 336), Share(20, 140), Share(0, 56))
    assert kept.delivered == Rates(Share(1, 3), Share(1, 2), Share(0, 0))


def test_weeks_are_summed_up_one_at_a_time_until_all_are(store: Store) -> None:
    found = [sum_up_a_week(store, SITE, MONDAY_AFTER) for _ in range(BACK + 1)]

    assert found == [*past_weeks(SITE, MONDAY_AFTER), None]
    assert found[0] == WEEK


def test_a_week_whose_last_calls_may_still_run_is_not_over() -> None:
    assert past_weeks(SITE, make.local("2026-11-30 02:00"))[0] == WEEK.shifted(-1)


def test_what_another_worker_kept_meanwhile_stays(store: Store) -> None:
    nothing, all_met = (Rates(*[Share(n, 2)] * 3) for n in (0, 2))
    line = LineName("help")
    with store.writing() as db:
        keep_weeks(db, [LineWeek(line, "2026-W48", all_met, all_met)])
        keep_weeks(db, [LineWeek(line, "2026-W48", nothing, nothing)])
        keep_weeks(db, [])
        assert weeks_kept(db, ["2026-W48"])[0].promised == all_met


def test_calls_of_a_line_that_left_the_configuration_count_all_the_same() -> None:
    came = Answered(LineName("old"), make.local("2026-11-24 19:00"), 4, 3)

    [week] = summed_up(WEEK, {}, [came], make.SHANGHAI)

    assert (week.line, week.promised.all_hours.of) == ("old", 0)
    assert week.delivered == Rates(Share(3, 4), Share(0, 0), Share(3, 4))


def test_lines_are_added_up_week_by_week() -> None:
    half = Rates(*[Share(1, 2)] * 3)
    weeks = [LineWeek(LineName(n), w, half, half) for w in ("2026-W48", "2026-W47") for n in "ab"]

    assert [(each.week, each.promised.nights) for each in together(weeks)] == [
        ("2026-W47", Share(2, 4)),
        ("2026-W48", Share(2, 4)),
    ]


def test_the_target_is_that_of_the_demand() -> None:
    asked = replace(SITE, demand=make.demand())

    assert (target(asked), in_time(asked)) == (0.9, timedelta(seconds=15))
    assert (target(SITE), in_time(SITE)) == (None, timedelta(seconds=15))
