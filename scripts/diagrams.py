"""Draws what moves from state to state, from the tables that alone decide it."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from hotline.calls import states
from hotline.handshake import states as duties
from hotline.planning import jobs as planning
from hotline.promises import states as callbacks
from hotline.rosters import states as rosters
from hotline.swaps import states as swaps

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


def call_states() -> str:
    """What a call can go through, as a diagram."""
    return _diagram(states.NEXT)


def callback_states() -> str:
    """What a promise to call back can go through, as a diagram."""
    return _diagram(callbacks.NEXT)


def roster_states() -> str:
    """What a roster can go through, as a diagram."""
    return _diagram(rosters.NEXT)


def search_states() -> str:
    """What the search for a stand-in can go through, as a diagram."""
    return _diagram(duties.SEARCH)


def question_states() -> str:
    """What the question to one person can go through, as a diagram."""
    return _diagram(duties.QUESTION)


def swap_states() -> str:
    """What a swap can go through, as a diagram."""
    return _diagram(swaps.NEXT)


def job_states() -> str:
    """What long work on rosters can go through, as a diagram."""
    return _diagram(planning.NEXT)


def errand_states() -> str:
    """What a call to a volunteer can go through, as a diagram."""
    return _diagram(duties.ERRAND)


def _diagram(table: Mapping[S, Mapping[E, S]]) -> str:
    return "\n".join(("```mermaid", "stateDiagram-v2", *_moves(table), "```"))


def _moves(table: Mapping[S, Mapping[E, S]]) -> Iterator[str]:
    yield f"    [*] --> {next(iter(table))}"
    for state, moves in table.items():
        yield from (f"    {state} --> {after}: {event}" for event, after in moves.items())
        if not moves:
            yield f"    {state} --> [*]"


DIAGRAMS: Final[Mapping[str, Callable[[], str]]] = {
    "call-states": call_states,
    "callback-states": callback_states,
    "roster-states": roster_states,
    "search-states": search_states,
    "question-states": question_states,
    "swap-states": swap_states,
    "job-states": job_states,
    "errand-states": errand_states,
}
