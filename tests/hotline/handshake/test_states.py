"""Searches, questions and errands move by their tables, and by nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from hotline.calls.states import IllegalMoveError
from hotline.handshake.states import (
    ERRAND,
    QUESTION,
    SEARCH,
    ErrandEvent,
    ErrandState,
    QuestionEvent,
    QuestionState,
    SearchEvent,
    SearchState,
    after,
    becomes,
    before,
)

TABLES: list[tuple[Mapping[Any, Mapping[Any, Any]], type[StrEnum], type[StrEnum]]] = [
    (SEARCH, SearchState, SearchEvent),
    (QUESTION, QuestionState, QuestionEvent),
    (ERRAND, ErrandState, ErrandEvent),
]


@pytest.mark.parametrize(("table", "states", "events"), TABLES)
def test_every_state_has_a_row_and_is_reached(
    table: Mapping[Any, Mapping[Any, Any]], states: type[StrEnum], events: type[StrEnum]
) -> None:
    first = next(iter(states))
    reached = {state for moves in table.values() for state in moves.values()}

    assert set(table) == set(states)
    assert reached | {first} == set(states)
    assert {event for moves in table.values() for event in moves} == set(events)


@pytest.mark.parametrize(("table", "states", "events"), TABLES)
def test_an_event_leads_to_one_state_whatever_state_it_meets(
    table: Mapping[Any, Mapping[Any, Any]], states: type[StrEnum], events: type[StrEnum]
) -> None:
    for event in events:
        assert {after(table, state, event) for state in before(table, event)} == {
            becomes(table, event)
        }


def test_a_move_that_the_table_has_not_is_refused() -> None:
    with pytest.raises(IllegalMoveError, match="settled cannot meet taken-back"):
        after(SEARCH, SearchState.SETTLED, SearchEvent.TAKEN_BACK)
