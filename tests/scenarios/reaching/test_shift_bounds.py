"""Who rings at the very instants at which shifts, days and clocks change."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hotline.config.settings import Settings
from hotline.store import Store
from scheduling.problem import Span
from tests import make
from tests.make import LONDON, SHANGHAI
from tests.scenarios.stage import NIGHT, SITE, Hotline

ONE = timedelta(microseconds=1)


def in_zone(zone: ZoneInfo) -> Settings:
    return replace(SITE, site=replace(SITE.site, zone=zone))


@pytest.mark.parametrize(
    ("instant", "rings"),
    [
        (NIGHT.start - ONE, False),
        (NIGHT.start, True),
        (NIGHT.end - ONE, True),
        (NIGHT.end, False),
    ],
    ids=["just before", "at the start", "just before the end", "at the end"],
)
def test_a_shift_includes_its_start_and_not_its_end(
    store: Store, instant: datetime, rings: bool
) -> None:
    hotline = Hotline(store, now=instant).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == (["Ada"] if rings else [])
    hotline.is_sound()


@pytest.mark.parametrize("time", ["23:59:59", "23:59:30", "00:00:00", "00:00:01"])
def test_midnight_is_an_instant_like_any_other(store: Store, time: str) -> None:
    day = "2026-11-24" if time.startswith("23") else "2026-11-25"
    hotline = Hotline(store, now=make.local(f"{day} {time}")).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert hotline.talked_to(call) == ["Ada"]
    hotline.is_sound()


@pytest.mark.parametrize(
    ("zone", "night", "minutes"),
    [
        (LONDON, ("2026-03-28 22:00", "2026-03-29 08:00"), 9 * 60),
        (LONDON, ("2026-10-24 22:00", "2026-10-25 08:00"), 11 * 60),
        (SHANGHAI, ("2026-03-28 22:00", "2026-03-29 08:00"), 10 * 60),
        (SHANGHAI, ("2026-10-24 22:00", "2026-10-25 08:00"), 10 * 60),
    ],
    ids=["London spring", "London autumn", "Shanghai spring", "Shanghai autumn"],
)
def test_on_the_nights_clocks_change_the_whole_night_rings_and_no_minute_more(
    store: Store, zone: ZoneInfo, night: tuple[str, str], minutes: int
) -> None:
    span = Span(make.local(night[0], zone), make.local(night[1], zone))
    assert span.end - span.start == timedelta(minutes=minutes)
    hotline = Hotline(store, in_zone(zone), span.start - timedelta(minutes=30))
    hotline.on_duty("Ada", span=span)

    hours = [hotline.caller_rings(after=3600 * n, talk=60) for n in range(minutes // 60 + 2)]
    hotline.until_quiet()

    answered = [bool(hotline.talked_to(call)) for call in hours]
    assert answered == [False, *[True] * (minutes // 60), False]
    hotline.is_sound()


def test_in_the_autumn_hour_that_comes_twice_the_next_duty_is_told_by_the_wall_clock(
    store: Store,
) -> None:
    hotline = Hotline(store, in_zone(LONDON), make.utc("2026-10-25 00:30"))  # 01:30 BST
    hotline.on_duty("Ada", span=make.span("2026-10-25 08:00", "2026-10-25 16:00"))

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "下一位老师今天早上八点开始值班" in hotline.heard(call)


def test_the_next_duty_of_another_day_is_told_with_its_date(store: Store) -> None:
    hotline = Hotline(store, now=make.local("2026-11-20 15:00")).on_duty("Ada")

    call = hotline.caller_rings()
    hotline.until_quiet()

    assert "下一位老师11月24日晚上十点开始值班" in hotline.heard(call)
