"""What a swap can become is one table."""

import pytest

from hotline.swaps.states import (
    NEXT,
    OPEN,
    IllegalSwapMoveError,
    SwapEvent,
    SwapState,
    advance,
    becomes,
    before,
)


def test_every_state_has_a_row_and_can_be_reached() -> None:
    reached = {state for moves in NEXT.values() for state in moves.values()}

    assert set(NEXT) == set(SwapState)
    assert reached | {SwapState.ASKED} == set(SwapState)


def test_what_is_over_stays_over() -> None:
    assert OPEN == (SwapState.ASKED, SwapState.AGREED)
    assert [state for state, moves in NEXT.items() if not moves] == [
        state for state in SwapState if state not in OPEN
    ]


def test_nobody_approves_what_the_partner_has_not_agreed_to() -> None:
    assert advance(SwapState.AGREED, SwapEvent.APPROVED) is SwapState.APPROVED
    with pytest.raises(IllegalSwapMoveError, match="asked cannot meet approved"):
        advance(SwapState.ASKED, SwapEvent.APPROVED)


@pytest.mark.parametrize("event", SwapEvent)
def test_each_event_leads_to_one_state_from_where_the_table_says(event: SwapEvent) -> None:
    assert {advance(state, event) for state in before(event)} == {becomes(event)}
