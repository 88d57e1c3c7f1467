"""Is the table of a callback's moves complete, and does nothing else happen?"""

import pytest

from hotline.calls.states import IllegalMoveError
from hotline.promises.states import (
    NEXT,
    OVER,
    AttemptResult,
    CallbackEvent,
    CallbackState,
    advance,
    counts,
    states_before,
)

LEGAL = [(state, event) for state, moves in NEXT.items() for event in moves]
ILLEGAL = [(s, e) for s in CallbackState for e in CallbackEvent if (s, e) not in LEGAL]


def test_every_state_has_a_row_and_can_be_reached() -> None:
    assert set(NEXT) == set(CallbackState)
    reached = {CallbackState.ASKED}
    while more := {after for state in reached for after in NEXT[state].values()} - reached:
        reached |= more
    assert reached == set(CallbackState)


def test_every_event_happens_somewhere_and_leads_to_one_state() -> None:
    for event in CallbackEvent:
        assert len({advance(state, event) for state in states_before(event)}) == 1


def test_a_promise_ends_only_kept_or_replaced() -> None:
    assert {state for state, moves in NEXT.items() if not moves} == OVER


def test_a_promise_that_is_in_hand_cannot_be_offered_to_anybody_else() -> None:
    assert states_before(CallbackEvent.OFFERED) == {CallbackState.OPEN}


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_a_move_that_the_table_does_not_have_is_refused(
    state: CallbackState, event: CallbackEvent
) -> None:
    with pytest.raises(IllegalMoveError, match=f"{state} cannot meet {event}"):
        advance(state, event)


def test_a_try_in_which_the_callers_telephone_never_rang_does_not_count() -> None:
    assert [result for result in AttemptResult if not counts(result)] == [AttemptResult.PASSED]
