"""Are the tables of moves complete, and does nothing else happen?"""

import pytest

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import (
    NEXT,
    CallEvent,
    CallState,
    IllegalMoveError,
    Outcome,
    advance,
    states_before,
)
from hotline.store import Session, Store
from hotline.store.calling.calls import call_of_sid
from hotline.store.calling.happenings import Happening, append_events
from hotline.store.calling.moves import close_call, move_call
from hotline.store.calling.opening import NewCall, open_call
from tests import make
from tests.scenarios.rows import column, every_row
from tests.scenarios.stage import NANJING

LEGAL = [(state, event) for state, moves in NEXT.items() for event in moves]
ILLEGAL = [(s, e) for s in CallState for e in CallEvent if (s, e) not in LEGAL]
NOW = make.utc("2026-11-24 15:10")


def test_every_state_has_a_row() -> None:
    assert set(NEXT) == set(CallState)


def test_every_state_can_be_reached_from_the_three_first_ones() -> None:
    reached = {CallState.ASKED, CallState.WAITING, CallState.OFFERED}
    while more := {after for state in reached for after in NEXT[state].values()} - reached:
        reached |= more
    assert reached == set(CallState)


def test_every_event_happens_somewhere_and_leads_to_one_state() -> None:
    """The UPDATE that records an event sets one state, from wherever it came."""
    for event in CallEvent:
        assert len({advance(state, event) for state in states_before(event)}) == 1


def test_a_call_is_won_once_and_only_while_it_rings() -> None:
    assert states_before(CallEvent.LEG_ACCEPTED) == {CallState.RINGING}
    assert states_before(CallEvent.CALLER_JOINED) == {CallState.ACCEPTED, CallState.PLACING}
    assert states_before(CallEvent.OFFER_TAKEN) == {CallState.OFFERED}
    assert states_before(CallEvent.WAVE_STARTED) == {CallState.WAITING}


def test_from_every_state_but_the_last_a_call_can_end() -> None:
    assert states_before(CallEvent.ENDED) == set(CallState) - {CallState.CLOSED}
    assert NEXT[CallState.CLOSED] == {}


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_a_move_that_the_table_does_not_have_is_refused(state: CallState, event: CallEvent) -> None:
    with pytest.raises(IllegalMoveError, match=f"{state} cannot meet {event}"):
        advance(state, event)


def test_an_illegal_move_changes_nothing_in_the_store(store: Store) -> None:
    _open(store)
    before = every_row(store)

    for event in CallEvent:
        if event not in NEXT[CallState.WAITING]:
            with store.writing() as db:
                assert not move_call(db, _call(db), event, joined=NOW)

    assert every_row(store) == before


def test_a_closed_call_keeps_its_outcome(store: Store) -> None:
    _open(store)

    with store.writing() as db:
        assert close_call(db, _call(db), Outcome.LEFT, NOW)
        assert not close_call(db, _call(db), Outcome.ANSWERED, NOW)

    assert column(store, "call", "outcome") == ["left"]


def test_what_happened_is_appended_in_order(store: Store) -> None:
    _open(store)

    with store.writing() as db:
        append_events(db, NOW, [Happening(_call(db), "arrived"), Happening(_call(db), "urgent")])
        append_events(db, NOW, [])

    assert column(store, "call_event", "kind") == ["arrived", "urgent"]


def _open(store: Store) -> None:
    with store.writing() as db:
        open_call(db, NewCall("token", "CA1", NANJING.name, None, None, NOW, NOW), NOW)


def _call(db: Session) -> CallId:
    call = call_of_sid(db, "CA1")
    assert call is not None
    return call.id
