"""How long a caller may still wait: right four times of five, and silent when nothing is known."""

from datetime import timedelta
from random import Random

import pytest

from hotline.calls.wait.estimating import LEAST_CALLS, Estimate, Spoken, estimate, spoken

HALF_HOUR = timedelta(minutes=30)


def minutes(low: float, high: float) -> Estimate:
    return Estimate(timedelta(minutes=low), timedelta(minutes=high))


@pytest.mark.parametrize(("people", "calls"), [(0, 30), (3, LEAST_CALLS - 1), (3, 0)])
def test_nothing_is_said_of_nobody_or_by_few_conversations(people: int, calls: int) -> None:
    assert estimate(0, people, [HALF_HOUR] * calls) is None


def test_more_people_shorten_and_more_callers_lengthen_the_wait() -> None:
    talks = [HALF_HOUR] * 20
    first, later = estimate(0, 4, talks), estimate(3, 4, talks)
    alone = estimate(0, 1, talks)
    assert first is not None
    assert later is not None
    assert alone is not None
    assert first.low < later.low < alone.high
    assert first.high < later.high
    assert alone.high == pytest.approx(4 * first.high, rel=0.01)


def test_fewer_conversations_leave_more_doubt() -> None:
    few, many = [HALF_HOUR / 2, HALF_HOUR, 2 * HALF_HOUR] * 2, [HALF_HOUR] * 30
    unsure, sure = estimate(2, 2, few), estimate(2, 2, many)
    assert unsure is not None
    assert sure is not None
    assert unsure.high / unsure.low > sure.high / sure.low


def test_conversations_of_no_length_are_no_reason_to_divide_by_nothing() -> None:
    assert estimate(0, 1, [timedelta()] * 9) is not None


@pytest.mark.parametrize("ahead", [0, 1, 4])
@pytest.mark.parametrize("people", [1, 3, 8])
@pytest.mark.parametrize("calls", [8, 30])
def test_about_four_callers_of_five_wait_as_long_as_they_were_told(
    ahead: int, people: int, calls: int
) -> None:
    """Everybody talks as long as in the past: half an hour, at random."""
    random = Random(f"{ahead} {people} {calls}")
    kept, rounds = 0, 2000
    for _ in range(rounds):
        past = [random.expovariate(1.0) * HALF_HOUR for _ in range(calls)]
        known = estimate(ahead, people, past)
        assert known is not None
        waited = sum(
            (random.expovariate(people) * HALF_HOUR for _ in range(ahead + 1)), timedelta()
        )
        kept += known.low <= waited <= known.high
    assert 0.74 < kept / rounds < 0.92


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (None, None),
        (minutes(2.4, 5.1), Spoken(2, 6)),
        (minutes(0.5, 4), Spoken(None, 4)),
        (minutes(7, 61), Spoken(7, None)),
        (minutes(0.2, 90), None),
    ],
)
def test_minutes_are_rounded_outwards_and_left_out_where_they_say_nothing(
    known: Estimate | None, said: Spoken | None
) -> None:
    assert spoken(known) == said
