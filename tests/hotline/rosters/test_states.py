"""A roster moves only as its table says."""

import pytest

from hotline.rosters.states import (
    NEXT,
    IllegalRosterMoveError,
    RosterEvent,
    RosterState,
    advance,
)


def test_every_state_has_a_row_and_is_reached_from_a_draft() -> None:
    reached = {RosterState.DRAFT}
    for _ in RosterState:
        reached |= {after for state in reached for after in NEXT[state].values()}

    assert set(NEXT) == set(RosterState) == reached


def test_a_draft_is_published_and_then_replaced() -> None:
    published = advance(RosterState.DRAFT, RosterEvent.PUBLISHED)

    assert published is RosterState.PUBLISHED
    assert advance(published, RosterEvent.REPLACED) is RosterState.ARCHIVED


@pytest.mark.parametrize("event", RosterEvent)
def test_what_is_archived_stays_archived(event: RosterEvent) -> None:
    with pytest.raises(IllegalRosterMoveError, match="archived"):
        advance(RosterState.ARCHIVED, event)
