"""Of how many callers of the last hour did how many reach a person in time?"""

from datetime import timedelta

import pytest

from hotline.board.facts import LateCall
from hotline.board.rate import NO_CALLS, Rate, answer_rate
from hotline.config.settings import LineName
from tests import make

AT = make.local("2026-11-24 23:10")
WITHIN = timedelta(seconds=15)


def call(ago: int, joined: int | None = None, ended: int | None = None) -> LateCall:
    """Arrived `ago` seconds ago; joined and ended so many seconds after that."""
    arrived = AT - timedelta(seconds=ago)
    after = [
        None if each is None else arrived + timedelta(seconds=each) for each in (joined, ended)
    ]
    return LateCall(LineName("help"), arrived, *after)


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        (call(300, joined=15), Rate(1, 1)),
        (call(300, joined=16), Rate(0, 1)),
        (call(300, joined=9, ended=20), Rate(1, 1)),
        (call(300, ended=15), Rate(0, 0)),  # hung up at once
        (call(300, ended=16), Rate(0, 1)),
        (call(15), Rate(0, 0)),  # waits no longer yet
        (call(16), Rate(0, 1)),
    ],
)
def test_whoever_had_to_wait_longer_counts_as_missed(one: LateCall, counted: Rate) -> None:
    assert answer_rate([one], WITHIN, AT) == counted


def test_a_rate_of_nobody_is_none() -> None:
    assert NO_CALLS.value is None
    assert answer_rate([], WITHIN, AT) == NO_CALLS
    assert Rate(3, 4).value == 0.75
