"""A job goes one way, and every state can be reached."""

import pytest

from hotline.planning.jobs import NEXT, OPEN, JobEvent, JobState, becomes, before


def test_every_state_has_a_row_and_is_reachable() -> None:
    reached = {JobState.WAITING}
    for _ in JobState:
        reached |= {after for state in reached for after in NEXT[state].values()}

    assert set(NEXT) == set(JobState) == reached


def test_what_is_over_stays_over() -> None:
    assert {state for state in JobState if not NEXT[state]} == set(JobState) - OPEN


@pytest.mark.parametrize("event", JobEvent)
def test_every_event_leads_to_one_state(event: JobEvent) -> None:
    assert {NEXT[state][event] for state in before(event)} == {becomes(event)}
