"""What a desk asks for at every instant of a week, also where clocks change."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.config.settings import Weekday
from hotline.rosters.question.needs import needs
from hotline.rosters.week import week_written
from scheduling.problem import Need, Span
from tests import make

WEEK = week_written("2026-W48").horizon(make.SHANGHAI)
HALF_HOUR = timedelta(minutes=30)


def heads_at(asked: tuple[Need, ...], text: str) -> tuple[int, int] | None:
    at = make.local(text)
    return next(((n.floor, n.target) for n in asked if n.span.start <= at < n.span.end), None)


def test_a_night_row_asks_from_evening_to_the_next_morning() -> None:
    asked = needs(make.desk(wants=[make.cover("22:00-08:00", 2, 3)]), WEEK, make.SHANGHAI)

    assert heads_at(asked, "2026-11-24 21:59") is None
    assert heads_at(asked, "2026-11-24 22:00") == (2, 3)
    assert heads_at(asked, "2026-11-25 07:59") == (2, 3)
    assert heads_at(asked, "2026-11-25 08:00") is None


def test_the_night_of_sunday_still_asks_on_monday_morning() -> None:
    sunday = make.cover("22:00-08:00", 2, days=[Weekday.SUN])

    asked = needs(make.desk(wants=[sunday]), WEEK, make.SHANGHAI)

    assert [need.span for need in asked] == [
        make.span("2026-11-22 16:00", "2026-11-23 00:00"),
        make.span("2026-11-29 14:00", "2026-11-29 16:00"),
    ]


def test_equal_neighbours_are_one_need() -> None:
    halves = [make.cover("00:00-12:00", 2, 3), make.cover("12:00-00:00", 2, 3)]

    asked = needs(make.desk(wants=halves), WEEK, make.SHANGHAI)

    assert asked == (Need("day", WEEK, 2, 3),)


def test_a_certificate_is_asked_beside_the_heads_and_its_target_is_its_floor() -> None:
    rows = [make.cover("22:00-08:00", 2, 4), make.cover("22:00-08:00", 1, certificate="crisis")]
    monday = Span(WEEK.start, WEEK.start + timedelta(hours=8))

    asked = needs(make.desk(wants=rows), WEEK, make.SHANGHAI)

    assert asked[0] == Need("day", monday, 2, 4)
    assert Need("day", monday, 1, 1, "crisis") in asked


def test_a_row_that_asks_for_nobody_makes_no_need() -> None:
    assert needs(make.desk(wants=[make.cover("08:00-12:00", 0)]), WEEK, make.SHANGHAI) == ()


def test_the_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    night = make.desk(wants=[make.cover("22:00-08:00", 2, days=[Weekday.SAT])])
    spring = week_written("2026-W13").horizon(make.LONDON)
    autumn = week_written("2026-W43").horizon(make.LONDON)

    [short] = needs(night, spring, make.LONDON)
    [long] = needs(night, autumn, make.LONDON)

    assert short.span.length == timedelta(hours=9)
    assert long.span.length == timedelta(hours=11)


def test_a_row_wholly_in_the_hour_that_is_skipped_asks_for_nothing() -> None:
    skipped = make.desk(wants=[make.cover("01:00-02:00", 2, days=[Weekday.SUN])])

    assert needs(skipped, week_written("2026-W13").horizon(make.LONDON), make.LONDON) == ()


@given(st.sampled_from(["2026-W13", "2026-W43", "2026-W48"]), st.data())
def test_needs_say_at_each_half_hour_what_the_wall_clock_says(
    week: str, data: st.DataObject
) -> None:
    # given hourly rows with random floors
    floors = data.draw(st.lists(st.integers(0, 3), min_size=24, max_size=24))
    rows = [make.cover(f"{h:02}:00-{(h + 1) % 24:02}:00", n) for h, n in enumerate(floors)]
    horizon = week_written(week).horizon(make.LONDON)

    # when
    asked = needs(make.desk(wants=rows), horizon, make.LONDON)

    # then
    at = horizon.start
    while at < horizon.end:
        found = [need.floor for need in asked if need.span.start <= at < need.span.end]
        wanted = floors[at.astimezone(make.LONDON).hour]
        assert found == ([wanted] if wanted else []), at
        at += HALF_HOUR
