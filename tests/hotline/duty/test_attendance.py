"""What is true of somebody's coming and going, computed from what they told us."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hotline.duty import (
    Attendance,
    Attended,
    Fact,
    Volunteer,
    Why,
    attendance,
    next_on_duty,
    on_duty,
)
from tests import make

NOW = make.utc("2026-11-24 15:10")
NIGHT = make.span("2026-11-24 14:00", "2026-11-25 00:00")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
IN, OUT = Attended.CHECKED_IN, Attended.CHECKED_OUT
BREAK, BACK = Attended.BREAK_BEGAN, Attended.BREAK_ENDED
OPEN = make.line()
STRICT = replace(OPEN, check_in=True)
SITE = make.settings(desks=(make.desk("day"),), lines=(OPEN,))


def told(*facts: Fact, at: datetime = NOW) -> Attendance:
    return attendance(facts, at, NIGHT)


def person(*facts: Fact) -> Volunteer:
    return replace(make.volunteer("Ada"), facts=facts)


def kept_out(*facts: Fact, strict: bool = False) -> list[tuple[Why, datetime | None]]:
    rota = make.rota((person(*facts), "day", NIGHT))
    answer = on_duty(rota, STRICT if strict else OPEN, SITE, NOW)
    return [(each.why, each.until) for each in answer.kept_out]


def test_a_check_in_counts_from_two_hours_before_the_duty_until_it_is_taken_back() -> None:
    came = Fact(IN, NIGHT.start - 2 * HOUR)

    assert told(came).checked_in == came.at
    assert told(replace(came, at=came.at - MINUTE)).checked_in is None
    assert told(came, Fact(OUT, NOW)) == Attendance(checked_out=NOW)
    assert told(came, Fact(OUT, NOW + MINUTE)).checked_in == came.at


def test_a_check_in_ends_by_its_own_time() -> None:
    came = Fact(IN, NIGHT.start, until=NOW)

    assert told(came) == Attendance()
    assert told(came, at=NOW - MINUTE).checked_in == came.at


def test_leaving_the_duty_before_says_nothing_of_this_one() -> None:
    assert told(Fact(OUT, NIGHT.start - MINUTE)) == Attendance()


def test_what_names_its_duty_counts_for_that_one_alone() -> None:
    early = NIGHT.start - 20 * HOUR
    mine = Fact(Attended.CONFIRMED, early, duty=NIGHT.start)
    other = Fact(Attended.CONFIRMED, early, duty=NIGHT.start + HOUR)

    assert told(mine).confirmed == early
    assert told(other) == told(replace(mine, duty=None)) == Attendance()


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ((Fact(BREAK, NOW - MINUTE),), NOW + 29 * MINUTE),
        ((Fact(BREAK, NOW - MINUTE, NOW + MINUTE),), NOW + MINUTE),
        ((Fact(BREAK, NOW - MINUTE, NOW),), None),
        ((Fact(BREAK, NOW - HOUR),), None),
        ((Fact(BREAK, NOW - MINUTE), Fact(BACK, NOW)), None),
        ((Fact(BREAK, NOW - MINUTE), Fact(IN, NOW)), None),
        ((Fact(BACK, NOW - MINUTE),), None),
    ],
)
def test_a_break_ends_by_a_word_by_its_time_or_by_itself(
    facts: tuple[Fact, ...], until: datetime | None
) -> None:
    assert attendance(facts, NOW).break_until == until


def test_the_longest_cool_down_counts() -> None:
    first = Fact(Attended.COOLS_DOWN, NOW - HOUR, NOW + HOUR)
    second = Fact(Attended.COOLS_DOWN, NOW - MINUTE, NOW + MINUTE)

    assert attendance((first, second), NOW).cools_until == NOW + HOUR
    assert attendance((first, second), NOW + HOUR).cools_until is None


def test_a_line_that_asks_for_it_rings_only_who_has_checked_in() -> None:
    assert kept_out(strict=True) == [(Why.NOT_CHECKED_IN, None)]
    assert kept_out(Fact(IN, NOW), strict=True) == kept_out() == []


def test_a_line_that_asks_for_it_is_not_staffed_by_who_has_not_come() -> None:
    rota = make.rota((person(), "day", NIGHT))

    assert not on_duty(rota, STRICT, SITE, NOW).staffed
    assert on_duty(rota, OPEN, SITE, NOW).staffed


def test_where_nobody_looked_at_attendance_everybody_came() -> None:
    rota = make.rota((make.volunteer("Ada"), "day", NIGHT))

    assert on_duty(rota, STRICT, SITE, NOW).kept_out == ()


def test_who_has_checked_out_is_rung_on_no_line() -> None:
    assert kept_out(Fact(OUT, NOW)) == [(Why.NOT_CHECKED_IN, None)]
    assert kept_out(Fact(BACK, NOW)) == []


def test_a_break_and_a_cool_down_keep_out_until_they_end() -> None:
    rests = Fact(Attended.COOLS_DOWN, NOW, NOW + HOUR)

    assert kept_out(Fact(BREAK, NOW, NOW + MINUTE)) == [(Why.BREAK, NOW + MINUTE)]
    assert kept_out(Fact(BREAK, NOW), rests) == [(Why.COOL_DOWN, NOW + HOUR)]


@pytest.mark.parametrize(("minutes", "staffed"), [(3, True), (4, False)])
def test_a_break_is_worth_waiting_for_if_it_ends_within_the_longest_wait(
    minutes: int, staffed: bool
) -> None:
    back = NOW + minutes * MINUTE
    rota = make.rota((person(Fact(BREAK, NOW, back)), "day", NIGHT))

    assert on_duty(rota, OPEN, SITE, NOW).staffed is staffed
    assert next_on_duty(rota, OPEN, SITE, NOW) == back
