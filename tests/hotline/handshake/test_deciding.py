"""When somebody is asked about a duty, when a stand-in is looked for, and until when."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from hotline.config.settings import DeskName
from hotline.config.tables.handshake import Handshake, QuietHours
from hotline.duty import PersonId
from hotline.handshake.deciding import (
    Reason,
    Stage,
    deadline,
    next_to_ask,
    quiet_until,
    search_due,
    stage_due,
    still_needed,
)
from hotline.handshake.standing import Reach, Standing
from scheduling.problem import Span
from tests import make

START = make.local("2026-11-24 22:00")
NIGHT = Span(START, START + timedelta(hours=10))
SHAKE = Handshake(first_hours=24, last_hours=1, answer_minutes=20, missed_minutes=10)
UNASKED = Handshake()
DUTY = Standing(
    volunteer=make.volunteer("Ada"),
    desk=DeskName("day"),
    span=NIGHT,
    on_paper=True,
    confirmed=None,
    checked_in=None,
    checked_out=None,
    reachable=Reach.UNKNOWN,
    demands_check_in=True,
)
NIGHTLY = QuietHours(time(22), time(8), beyond_hours=6)


def at(minutes: float) -> datetime:
    """So many minutes from the start of the duty."""
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "stage"),
    [
        (-24 * 60 - 1, None),
        (-24 * 60, Stage.FIRST),
        (-61, Stage.FIRST),
        (-60, Stage.LAST),
        (-1, Stage.LAST),
        (0, None),
        (5, None),
    ],
)
def test_a_duty_is_to_be_confirmed_a_day_and_an_hour_before(
    minutes: float, stage: Stage | None
) -> None:
    assert stage_due(START, SHAKE, at(minutes)) is stage


def test_a_time_of_0_hours_is_left_out() -> None:
    assert stage_due(START, UNASKED, at(-30)) is None
    assert stage_due(START, replace(SHAKE, first_hours=0), at(-120)) is None
    assert stage_due(START, replace(SHAKE, last_hours=0), at(-30)) is Stage.FIRST


@pytest.mark.parametrize(
    ("duty", "minutes", "reason"),
    [
        (DUTY, -41, None),
        (DUTY, -40, Reason.UNCONFIRMED),
        (replace(DUTY, confirmed=at(-90)), -40, None),
        (replace(DUTY, checked_in=at(-90)), -40, None),
        (DUTY, 0, None),
        (DUTY, 9, None),
        (DUTY, 10, Reason.MISSED),
        (replace(DUTY, checked_in=at(5)), 10, None),
        (replace(DUTY, checked_out=at(5)), 10, None),
        (replace(DUTY, demands_check_in=False), 10, None),
        (replace(DUTY, demands_check_in=False, reachable=Reach.NO), 10, Reason.OUT_OF_REACH),
        (replace(DUTY, checked_in=at(5), reachable=Reach.NO), 10, Reason.OUT_OF_REACH),
        (DUTY, 10 * 60 - 30, Reason.MISSED),
        (DUTY, 10 * 60 - 29, None),
    ],
)
def test_a_stand_in_is_looked_for(duty: Standing, minutes: float, reason: Reason | None) -> None:
    assert search_due(duty, SHAKE, at(minutes)) is reason


def test_nobody_is_replaced_for_not_confirming_where_nobody_is_asked() -> None:
    assert search_due(DUTY, UNASKED, at(-10)) is None


@pytest.mark.parametrize(
    ("reason", "duty", "needed"),
    [
        (Reason.CANNOT_COME, DUTY, True),
        (Reason.ASKED_FOR, DUTY, True),
        (Reason.ASKED_FOR, None, False),
        (Reason.UNCONFIRMED, DUTY, True),
        (Reason.UNCONFIRMED, replace(DUTY, confirmed=at(-9)), False),
        (Reason.UNCONFIRMED, replace(DUTY, checked_in=at(-9)), False),
        (Reason.MISSED, DUTY, True),
        (Reason.MISSED, replace(DUTY, checked_in=at(-9)), False),
        (Reason.OUT_OF_REACH, replace(DUTY, reachable=Reach.NO), True),
        (Reason.OUT_OF_REACH, replace(DUTY, reachable=Reach.YES), False),
    ],
)
def test_a_search_goes_on_while_its_reason_holds(
    reason: Reason, duty: Standing | None, needed: bool
) -> None:
    assert still_needed(reason, duty, at(-5)) is needed


def test_nobody_is_fetched_for_the_last_half_hour() -> None:
    assert still_needed(Reason.CANNOT_COME, DUTY, at(10 * 60 - 30))
    assert not still_needed(Reason.CANNOT_COME, DUTY, at(10 * 60 - 29))


@pytest.mark.parametrize(
    ("minutes", "allowed"), [(-24 * 60, 30), (-180, 30), (-60, 10), (-18, 3), (-6, 3), (30, 3)]
)
def test_the_nearer_the_duty_the_shorter_the_deadline(minutes: float, allowed: float) -> None:
    assert deadline(START, SHAKE, at(minutes)) == at(minutes + allowed)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23 21:59", None),
        ("2026-11-23 22:00", "2026-11-24 08:00"),
        ("2026-11-24 03:00", "2026-11-24 08:00"),
        ("2026-11-24 08:00", None),
        ("2026-11-24 15:59", None),
        ("2026-11-24 16:00", None),
    ],
)
def test_nobody_is_woken_for_a_duty_that_can_wait(now: str, until: str | None) -> None:
    found = quiet_until(START, NIGHTLY, make.SHANGHAI, make.local(now))
    assert found == (make.local(until) if until else None)


def test_a_duty_that_is_near_cannot_wait_and_hours_can_lie_in_one_day() -> None:
    by_day = QuietHours(time(12), time(14), beyond_hours=1)
    noon = make.local("2026-11-24 12:30")

    assert quiet_until(noon + timedelta(hours=1), by_day, make.SHANGHAI, noon) is None
    assert quiet_until(START, by_day, make.SHANGHAI, noon) == make.local("2026-11-24 14:00")
    assert quiet_until(START, None, make.SHANGHAI, noon) is None


def test_the_first_who_is_not_being_asked_is_next() -> None:
    one, two, three = map(PersonId, (1, 2, 3))

    assert next_to_ask((one, two, three), asked=(one,), busy=(two,)) == three
    assert next_to_ask((one, two), asked=(one,), busy=(two,)) is None
