"""Who is asked for how many people when calls are expected, and what becomes of the callers?"""

from collections.abc import Sequence
from datetime import datetime

import pytest

from hotline.config.settings import Desk, DeskName, Line, LineName
from hotline.config.tables.demand import Targets
from hotline.demand.foretelling import Outlook, outlook
from hotline.demand.promised import kept
from hotline.demand.seating import DeskSeats, Seats, desks_seats, lost_calls
from hotline.demand.wanted import wanted_of
from hotline.store import Store
from scheduling.problem import ShiftKind, Span
from tests import make

NOW = make.local("2026-11-20 16:00")
TUESDAY = Span(make.local("2026-11-24 00:00"), make.local("2026-11-25 00:00"))
ALL_DAY = make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24)
CITY = make.desk(
    "city", shifts=[ALL_DAY], wants=[make.cover("08:00-22:00", 2)], targets=Targets.FORECAST
)
NIGHT = make.desk("night", shifts=[make.template()], wants=[make.cover("22:00-08:00", 1)])
HELP = make.line("help", desks=["city", "night"])
NOON, EVENING, LATE = (make.local(f"2026-11-24 {hour}:00") for hour in (12, 20, 23))


def seats(
    store: Store, desks: Sequence[Desk], lines: Sequence[Line] = (HELP,), calls_a_day: float = 48.0
) -> dict[str, DeskSeats]:
    settings = make.settings(
        desks=desks, lines=lines, expecting=make.demand(calls_a_day=calls_a_day)
    )
    with store.reading() as db:
        found = outlook(db, settings, TUESDAY, NOW)
    return {each.desk: each for each in desks_seats(settings, found)}


def half(seats: DeskSeats, at: datetime) -> Seats:
    return next(each for each in seats.halves if each.start == at)


def test_a_desk_by_forecast_is_asked_for_the_people_its_calls_need(store: Store) -> None:
    city = seats(store, [CITY, NIGHT])["city"]
    noon = half(city, NOON)

    assert noon.needed > 2
    assert city.target(noon) == noon.needed
    assert city.above_floor > 0
    assert city.short == ()


def test_a_desk_by_cover_is_asked_for_what_is_written_and_told_that_it_is_short(
    store: Store,
) -> None:
    night = seats(store, [CITY, NIGHT])["night"]
    late = half(night, LATE)

    assert late.needed > night.target(late) == late.cover == 1
    assert late in night.short
    assert night.source is Targets.COVER


def test_where_calls_are_few_the_written_target_stands(store: Store) -> None:
    quiet = make.desk(
        "city", shifts=[ALL_DAY], wants=[make.cover("08:00-22:00", 2, 3)], targets=Targets.FORECAST
    )
    city = seats(store, [quiet, NIGHT], calls_a_day=1.0)["city"]
    assert {city.target(each) for each in city.halves if each.is_open} == {3}
    assert half(city, NOON).needed < 3


def test_no_more_are_asked_for_than_the_shifts_hold(store: Store) -> None:
    # given: three seats by day, and two more in the evening
    small = make.desk(
        "city",
        shifts=[
            make.template("duty", ShiftKind.FULL_DAY, start="08:00", hours=24, most=3),
            make.template("evening", ShiftKind.EVENING, start="18:00", hours=4, most=2),
        ],
        wants=[make.cover("08:00-22:00", 2)],
        targets=Targets.FORECAST,
    )

    city = seats(store, [small, NIGHT], calls_a_day=96.0)["city"]

    assert (half(city, NOON).most, half(city, EVENING).most) == (3, 5)
    assert (city.target(half(city, NOON)), city.target(half(city, EVENING))) == (3, 5)
    assert half(city, NOON) in city.short
    assert half(seats(store, [CITY, NIGHT])["city"], NOON).most is None


def test_a_written_target_beyond_the_shifts_is_left_as_it_is() -> None:
    assert Seats(NOON, floor=2, cover=4, needed=5, most=3, load=1.0).wanted == 4


def test_where_a_desk_is_closed_nobody_is_asked_for_and_the_next_has_its_callers(
    store: Store,
) -> None:
    found = seats(store, [CITY, NIGHT])
    assert found["city"].target(half(found["city"], LATE)) == 0
    assert half(found["night"], LATE).needed > 0
    assert half(found["night"], NOON).needed == 0


def test_lines_at_one_desk_need_fewer_than_desks_of_their_own(store: Store) -> None:
    youth = make.line("youth", desks=["city"])
    own = make.desk("own", shifts=CITY.shifts, wants=CITY.cover, targets=Targets.FORECAST)

    together = half(seats(store, [CITY, NIGHT], [HELP, youth])["city"], NOON).needed
    apart = seats(store, [CITY, NIGHT, own], [HELP, make.line("youth", desks=["own"])])

    assert together > half(apart["city"], NOON).needed
    assert together < half(apart["city"], NOON).needed + half(apart["own"], NOON).needed


def test_calls_that_nobody_is_open_for_are_counted(store: Store) -> None:
    settings = make.settings(
        desks=[CITY], lines=[make.line("help", desks=["city"])], expecting=make.demand()
    )
    with store.reading() as db:
        found = outlook(db, settings, TUESDAY, NOW)

    lost = lost_calls(settings, found)[LineName("help")]

    at_night = [
        calls
        for at, calls in zip(found.starts, found.lines[0].forecast.mean, strict=True)
        if not make.local("2026-11-24 08:00") <= at < make.local("2026-11-24 22:00")
    ]
    assert lost == pytest.approx(sum(at_night))


def test_more_people_answer_more_callers_in_time(store: Store) -> None:
    city = seats(store, [CITY, NIGHT])["city"]
    expecting = make.demand()

    at_target = kept(city.halves, city.target, expecting)
    at_floor = kept(city.halves, lambda half: half.floor, expecting)

    assert at_target is not None
    assert at_floor is not None
    assert at_target.in_time > 0.9 > at_floor.in_time
    assert at_target.hung_up < at_floor.hung_up


def test_nothing_becomes_of_callers_that_nobody_expects(store: Store) -> None:
    city = seats(store, [CITY, NIGHT], calls_a_day=0.0)["city"]
    assert kept(city.halves, city.target, make.demand()) is None


def test_only_desks_by_forecast_are_foretold(store: Store) -> None:
    settings = make.settings(desks=[CITY, NIGHT], lines=[HELP], expecting=make.demand())
    nothing_expected = make.settings(desks=[CITY, NIGHT], lines=[HELP])
    with store.reading() as db:
        both = wanted_of(db, settings, settings.desks, TUESDAY, NOW)
        none = wanted_of(db, nothing_expected, [NIGHT], TUESDAY, NOW)

    assert set(both) == {DeskName("city")}
    assert none == {}


def test_the_night_clocks_change_has_its_two_extra_half_hours(store: Store) -> None:
    settings = make.settings(
        desks=[CITY, NIGHT], lines=[HELP], zone=make.LONDON, expecting=make.demand()
    )
    sunday = Span(
        make.local("2026-10-25 00:00", make.LONDON), make.local("2026-10-26 00:00", make.LONDON)
    )
    with store.reading() as db:
        found: Outlook = outlook(db, settings, sunday, NOW)
    _, night = desks_seats(settings, found)

    assert sum(each.is_open for each in night.halves) == 18 + 4  # nine hours, and 22:00 to 24:00
    assert all(each.needed > 0 for each in night.halves if each.is_open)
