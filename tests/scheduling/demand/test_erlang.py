"""Does Erlang's formula give the published values?"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.demand.erlang import CoverageTarget, answered, heads_needed, lost, waiting

HALF_AN_HOUR = timedelta(minutes=30)


def test_one_server_at_five_erlangs_loses_five_of_six_calls() -> None:
    assert lost(1, 5.0) == pytest.approx(5 / 6, abs=1e-15)


def test_nothing_is_lost_when_nobody_calls() -> None:
    assert lost(2, 0.0) == 0
    assert lost(0, 0.0) == 1


@pytest.mark.parametrize(("servers", "load", "published"), [(55, 48, 0.2387), (14, 10, 0.1741)])
def test_the_share_that_waits_is_the_published_one(
    servers: int, load: float, published: float
) -> None:
    assert waiting(servers, load) == pytest.approx(published, abs=5e-5)


def test_the_share_answered_in_time_is_the_published_one() -> None:
    # 14 servers, 10 erlangs, 3 minutes of talk, answered in 20 seconds
    share = answered(14, 10, timedelta(minutes=3), timedelta(minutes=0.33))
    assert share == pytest.approx(0.8878526926911569, abs=1e-12)


def test_everybody_waits_when_calls_outrun_the_people() -> None:
    assert waiting(5, 20) == 1
    assert answered(5, 20, HALF_AN_HOUR, timedelta(seconds=15)) == 0


def test_no_call_needs_nobody() -> None:
    assert heads_needed(0, HALF_AN_HOUR, CoverageTarget()) == 0


def test_the_fewest_people_who_keep_the_target_are_asked_for() -> None:
    # given
    target = CoverageTarget(0.9, timedelta(seconds=15))
    # when
    heads = heads_needed(2.5, HALF_AN_HOUR, target)
    # then
    assert answered(heads, 1.25, HALF_AN_HOUR, target.within) >= 0.9
    assert answered(heads - 1, 1.25, HALF_AN_HOUR, target.within) < 0.9


def test_a_large_centre_does_not_overflow() -> None:
    assert 0 < waiting(101_000, 100_000) < 1


@settings(max_examples=30)
@given(servers=st.integers(1, 40), load=st.floats(0.01, 60))
def test_one_person_more_never_answers_fewer_in_time(servers: int, load: float) -> None:
    few = answered(servers, load, HALF_AN_HOUR, timedelta(seconds=15))
    assert few <= answered(servers + 1, load, HALF_AN_HOUR, timedelta(seconds=15)) <= 1


@settings(max_examples=30)
@given(calls=st.floats(0, 40), more=st.floats(0, 10))
def test_more_calls_never_need_fewer_people(calls: float, more: float) -> None:
    target = CoverageTarget()
    few = heads_needed(calls, HALF_AN_HOUR, target)
    assert few <= heads_needed(calls + more, HALF_AN_HOUR, target)
