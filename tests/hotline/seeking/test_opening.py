"""Which hours a card promises, and how a number is written on it."""

from dataclasses import replace
from datetime import time

import pytest

from hotline.config.settings import Cover, Settings, Weekday
from hotline.seeking.dialling import dialled, written
from hotline.seeking.opening import Opening, opening
from tests import make

WEEKEND = (Weekday.SAT, Weekday.SUN)
HELP = make.line(
    "help", desks=("day", "far"), numbers=("96111", "+862500096111", "sip:a@b.example")
)


def site(*wants: Cover, far: tuple[Cover, ...] = ()) -> Settings:
    return make.settings(
        desks=(make.desk("day", wants=wants), make.desk("far", wants=far)), lines=(HELP,)
    )


def test_a_night_begins_on_its_days_and_ends_on_the_next() -> None:
    nights = site(make.cover("22:00-08:00", days=WEEKEND))
    assert opening(HELP, nights) == (Opening(WEEKEND, time(22), time(8)),)


def test_desks_of_the_chain_are_taken_together() -> None:
    found = site(make.cover("18:00-22:00"), far=(make.cover("22:00-08:00"),))
    assert opening(HELP, found) == (Opening(tuple(Weekday), time(18), time(8)),)


def test_days_with_other_hours_stand_apart() -> None:
    found = site(make.cover("18:00-22:00"), make.cover("14:00-18:00", days=WEEKEND))
    weekdays = tuple(day for day in Weekday if day not in WEEKEND)
    assert opening(HELP, found) == (
        Opening(WEEKEND, time(14), time(22)),
        Opening(weekdays, time(18), time(22)),
    )


def test_a_chain_that_is_never_empty_is_there_day_and_night() -> None:
    assert opening(HELP, site(make.cover("08:00-08:00"))) is None
    assert opening(HELP, site(make.cover("08:00-20:00"), far=(make.cover("20:00-08:00"),))) is None


def test_whole_days_on_end_are_told_day_by_day() -> None:
    found = site(make.cover("08:00-08:00", days=WEEKEND))
    assert opening(HELP, found) == (Opening(WEEKEND, time(8), time(8)),)


def test_nobody_asked_for_is_no_promise() -> None:
    assert opening(HELP, site(replace(make.cover("18:00-22:00"), floor=0))) == ()
    assert opening(replace(HELP, desks=("gone",)), site()) == ()  # type: ignore[arg-type]


def test_what_a_telephone_can_dial_is_told_and_nothing_else() -> None:
    assert dialled(HELP) == ("96111", "+862500096111")


@pytest.mark.parametrize(
    ("number", "people_write"),
    [
        ("96111", "96111"),
        ("+862500096111", "025-0009 6111"),
        ("+8651200096111", "0512-0009 6111"),
        ("+861000096111", "010-0009 6111"),
        ("+8613912345678", "139 1234 5678"),
        ("+442079460000", "+442079460000"),
    ],
)
def test_a_number_is_written_as_people_at_home_write_it(number: str, people_write: str) -> None:
    assert written(number, "86") == people_write


def test_elsewhere_with_its_trunk_zero() -> None:
    assert written("+442079460000", "44") == "02079460000"
