"""Who calls again, and what follows from it."""

from datetime import datetime, timedelta

import pytest

from hotline.calls.arrival.repeating import (
    CallerStanding,
    KnownCaller,
    PastCall,
    Treatment,
    treatment,
)
from hotline.duty import PersonId
from tests import make

NOW = make.utc("2026-11-24 15:10")
SITE = make.settings(desks=(make.desk(),), lines=(make.line(),))
MINUTE = timedelta(minutes=1)
ADA, BO = PersonId(1), PersonId(2)
USUAL = KnownCaller()
DELAYED = KnownCaller(CallerStanding.DELAYED)
GUARANTEED = KnownCaller(CallerStanding.GUARANTEED)


def talked(ago: float, minutes: float = 5, person: PersonId = ADA) -> PastCall:
    """A conversation that ended so many minutes ago."""
    ended = NOW - ago * MINUTE
    return PastCall(ended - (minutes + 1) * MINUTE, ended - minutes * MINUTE, ended, person)


def unanswered(ago: float) -> PastCall:
    return PastCall(NOW - ago * MINUTE, None, NOW - ago * MINUTE, None)


def treated(known: KnownCaller, *past: PastCall, at: datetime = NOW) -> Treatment:
    return treatment(known, past, SITE, at)


def test_who_never_called_before_is_like_anybody() -> None:
    assert treated(USUAL) == Treatment()


def test_a_block_holds_until_its_instant() -> None:
    blocked = KnownCaller(blocked_until=NOW + MINUTE)

    assert treated(blocked) == Treatment(blocked=True)
    assert treated(blocked, at=NOW + MINUTE) == Treatment()


def test_who_was_cut_off_reaches_the_same_person_first_for_ten_minutes() -> None:
    assert treated(USUAL, talked(9.9)).same == ADA
    assert treated(USUAL, talked(10)).same is None
    assert treated(USUAL, unanswered(1), talked(5, person=BO)).same == BO
    assert treated(USUAL, PastCall(NOW - MINUTE, NOW - MINUTE, None, ADA)).same is None


def test_a_promise_of_a_person_holds_until_its_instant_and_comes_before_the_last_talk() -> None:
    promised = KnownCaller(same=BO, same_until=NOW + MINUTE)

    assert treated(promised, talked(1)).same == BO
    assert treated(promised, talked(1), at=NOW + MINUTE).same == ADA
    assert treated(KnownCaller(same=BO)).same is None


@pytest.mark.parametrize(("calls", "delayed"), [(7, False), (8, True)])
def test_after_the_days_budget_a_caller_is_delayed(calls: int, delayed: bool) -> None:
    past = [talked(60 + 30 * number) for number in range(calls)]

    assert treated(USUAL, *past).delayed is delayed
    assert not treated(GUARANTEED, *past).delayed


def test_calls_of_more_than_a_day_ago_and_unanswered_ones_are_not_in_the_budget() -> None:
    old = [talked(24 * 60 + number) for number in range(9)]
    vain = [unanswered(number) for number in range(9)]

    assert not treated(USUAL, *vain, *old).delayed


@pytest.mark.parametrize(("calls", "delayed"), [(2, False), (3, True)])
def test_silent_calls_in_a_row_delay_a_caller_for_a_while(calls: int, delayed: bool) -> None:
    past = [talked(1 + number, minutes=0.3) for number in range(calls)]
    longer = [talked(1 + number, minutes=0.34) for number in range(calls)]
    before = [talked(10 + number, minutes=0.3) for number in range(calls)]

    assert treated(USUAL, *past).delayed is delayed
    assert not treated(USUAL, *longer).delayed
    assert not treated(USUAL, *before).delayed
    assert not treated(GUARANTEED, *past).delayed


def test_who_is_delayed_is_not_led_to_the_same_person() -> None:
    assert treated(DELAYED, talked(1)) == Treatment(delayed=True)
