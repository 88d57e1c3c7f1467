"""Does the picture of a week say what is covered, also on the nights clocks change?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.console.board.picture import SLOTS, Bar, days_drawn
from hotline.console.board.weeks import week_shown
from hotline.coverage import HALF_HOUR, Certified, HalfHour, Level
from hotline.rosters.week import week_written
from tests import make

BEFORE = make.utc("2026-01-01 00:00")


def day_of(start: datetime, *rostered: int, floor: int = 1, target: int = 1) -> list[HalfHour]:
    return [
        HalfHour(start + place * HALF_HOUR, floor, target, count)
        for place, count in enumerate(rostered)
    ]


def only_day(halves: list[HalfHour], zone: ZoneInfo, now: datetime = BEFORE) -> tuple[Bar, ...]:
    [day] = days_drawn(halves, zone, now)
    return day.bars


def test_equal_neighbours_are_one_bar_and_the_bars_fill_the_day() -> None:
    halves = day_of(make.local("2026-11-24 00:00"), *[2] * 16, *[1] * 4, *[2] * 28, target=2)

    bars = only_day(halves, make.SHANGHAI)

    assert [(bar.slots, bar.level, bar.rostered, bar.wanted) for bar in bars] == [
        (16, Level.TARGET, 2, 2),
        (4, Level.FLOOR, 1, 2),
        (28, Level.TARGET, 2, 2),
    ]


def test_a_missing_certificate_is_named_in_its_bar() -> None:
    start = make.local("2026-11-24 22:00")
    half = HalfHour(start, 2, 2, 2, (Certified("crisis", 1, 0), Certified("child", 1, 1)))

    *_, bar, rest = only_day([half], make.SHANGHAI)

    assert (bar.level, bar.lacking) == (Level.UNCERTIFIED, ("crisis",))
    assert (rest.level, rest.slots) == (Level.CLOSED, 3)


def test_what_is_over_is_past_and_the_running_half_hour_is_not() -> None:
    halves = day_of(make.local("2026-11-24 00:00"), *[1] * SLOTS)

    bars = only_day(halves, make.SHANGHAI, make.local("2026-11-24 12:10"))

    assert [(bar.slots, bar.past) for bar in bars] == [(24, True), (24, False)]


def test_a_day_starts_at_the_sites_midnight() -> None:
    halves = day_of(make.local("2026-11-24 23:30"), 1, 1)

    drawn = days_drawn(halves, make.SHANGHAI, BEFORE)

    assert [day.day for day in drawn] == [date(2026, 11, 24), date(2026, 11, 25)]


def test_where_clocks_go_back_the_worse_of_the_two_hours_is_drawn() -> None:
    start = make.local("2026-10-25 00:00", make.LONDON)
    for worse in (2, 4):  # 01:00 the first time, 01:00 the second time
        counts = [0 if place in (worse, worse + 1) else 1 for place in range(50)]

        bars = only_day(day_of(start, *counts), make.LONDON)

        assert [(bar.slots, bar.level) for bar in bars] == [
            (2, Level.TARGET),
            (2, Level.SHORT),
            (44, Level.TARGET),
        ]


def test_where_clocks_go_forward_nobody_is_missing_in_the_hour_that_is_not() -> None:
    start = make.local("2026-03-29 00:00", make.LONDON)

    bars = only_day(day_of(start, *[1] * 46), make.LONDON)

    assert [(bar.slots, bar.level) for bar in bars] == [
        (2, Level.TARGET),
        (2, Level.CLOSED),
        (44, Level.TARGET),
    ]


WEEK = week_written("2026-W48")
DESK = make.desk(wants=[make.cover("22:00-08:00", 1, 2)])
SITE = make.settings(desks=[DESK, make.desk("other")], lines=[make.line()])
ADA = make.volunteer("Ada")
TUESDAY = make.span("2026-11-24 14:00", "2026-11-25 00:00")


def test_gaps_of_the_past_are_not_listed_and_a_running_one_starts_now() -> None:
    now = TUESDAY.end + timedelta(hours=15)  # Wednesday 23:00

    shown = week_shown(SITE, make.rota((ADA, "day", TUESDAY)), WEEK, now)

    assert shown.missing[0].gap.span.start == now
    assert all(missing.gap.span.end > now for missing in shown.missing)
    assert len(shown.missing) == 5  # the rest of Wednesday's night, and four more


def test_stretches_below_the_target_are_counted_apart() -> None:
    shown = week_shown(SITE, make.rota((ADA, "day", TUESDAY)), WEEK, TUESDAY.start)

    assert shown.below_target == 1
    assert all(missing.gap.below_floor for missing in shown.missing)


def test_a_desk_without_a_roster_is_said_to_have_none() -> None:
    shown = week_shown(SITE, make.rota((ADA, "day", TUESDAY)), WEEK, TUESDAY.start)
    empty = week_shown(SITE, make.rota(), WEEK, TUESDAY.start)

    assert [desk.published for desk in shown.desks] == [True, False]
    assert shown.published
    assert not empty.published
    assert empty.missing == ()


def test_a_shift_that_began_before_the_week_is_no_roster_of_it() -> None:
    sunday = make.span("2026-11-22 14:00", "2026-11-23 00:00")  # 22:00-08:00 in Shanghai

    shown = week_shown(SITE, make.rota((ADA, "day", sunday)), WEEK, TUESDAY.start)

    assert not shown.published
