"""Which moves a search for a stand-in, a question and a call to a volunteer can make: tables."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from hotline.calls.states import IllegalMoveError

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class SearchState(StrEnum):
    """Where the search for a stand-in stands."""

    SEARCHING = "searching"  # somebody is being asked, or is about to be
    FOUND = "found"  # somebody comes, and may still take it back
    SETTLED = "settled"  # somebody comes
    FAILED = "failed"  # everybody was asked; a late yes still counts
    ENDED = "ended"  # nobody is needed any more


class SearchEvent(StrEnum):
    """What can happen to a search."""

    AGREED = "agreed"
    TAKEN_BACK = "taken-back"
    TIME_TO_TAKE_BACK_OVER = "time-to-take-back-over"
    NOBODY_LEFT = "nobody-left"
    NOT_NEEDED = "not-needed"
    NEEDED_AGAIN = "needed-again"  # an absence that was taken back holds after all


SEARCH: Final[Mapping[SearchState, Mapping[SearchEvent, SearchState]]] = {
    SearchState.SEARCHING: {
        SearchEvent.AGREED: SearchState.FOUND,
        SearchEvent.NOBODY_LEFT: SearchState.FAILED,
        SearchEvent.NOT_NEEDED: SearchState.ENDED,
    },
    SearchState.FOUND: {
        SearchEvent.TAKEN_BACK: SearchState.SEARCHING,
        SearchEvent.TIME_TO_TAKE_BACK_OVER: SearchState.SETTLED,
    },
    SearchState.FAILED: {
        SearchEvent.AGREED: SearchState.FOUND,
        SearchEvent.NOT_NEEDED: SearchState.ENDED,
    },
    SearchState.SETTLED: {SearchEvent.NEEDED_AGAIN: SearchState.SEARCHING},
    SearchState.ENDED: {SearchEvent.NEEDED_AGAIN: SearchState.SEARCHING},
}


class QuestionState(StrEnum):
    """Where the question to one person stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    SILENT = "silent"  # the deadline passed; a late yes still counts
    TAKEN_BACK = "taken-back"
    WITHDRAWN = "withdrawn"  # somebody else comes, or nobody is needed


class QuestionEvent(StrEnum):
    """What can happen to a question."""

    SAID_YES = "said-yes"
    SAID_NO = "said-no"
    DEADLINE_PASSED = "deadline-passed"
    TOOK_BACK = "took-back"
    NOT_NEEDED = "not-needed"


QUESTION: Final[Mapping[QuestionState, Mapping[QuestionEvent, QuestionState]]] = {
    QuestionState.ASKED: {
        QuestionEvent.SAID_YES: QuestionState.AGREED,
        QuestionEvent.SAID_NO: QuestionState.REFUSED,
        QuestionEvent.DEADLINE_PASSED: QuestionState.SILENT,
        QuestionEvent.NOT_NEEDED: QuestionState.WITHDRAWN,
    },
    QuestionState.SILENT: {
        QuestionEvent.SAID_YES: QuestionState.AGREED,
        QuestionEvent.SAID_NO: QuestionState.REFUSED,
        QuestionEvent.NOT_NEEDED: QuestionState.WITHDRAWN,
    },
    QuestionState.REFUSED: {QuestionEvent.SAID_YES: QuestionState.AGREED},
    QuestionState.AGREED: {QuestionEvent.TOOK_BACK: QuestionState.TAKEN_BACK},
    QuestionState.TAKEN_BACK: {QuestionEvent.SAID_YES: QuestionState.AGREED},
    QuestionState.WITHDRAWN: {},
}


class ErrandState(StrEnum):
    """Where a call to a volunteer that belongs to no caller stands."""

    WAITING = "waiting"  # until the person is free
    PLANNED = "planned"  # the person is reserved; rung when the carrier takes it
    DIALLED = "dialled"
    ANSWERED = "answered"
    RECALLED = "recalled"  # rings, and is to be hung up
    ENDED = "ended"


class ErrandEvent(StrEnum):
    """What can happen to such a call."""

    RESERVED = "reserved"
    TAKEN = "taken"  # by a caller, for our reservation had run out
    SENT = "sent"
    PICKED_UP = "picked-up"
    NOT_NEEDED = "not-needed"
    OVER = "over"


ERRAND: Final[Mapping[ErrandState, Mapping[ErrandEvent, ErrandState]]] = {
    ErrandState.WAITING: {
        ErrandEvent.RESERVED: ErrandState.PLANNED,
        ErrandEvent.OVER: ErrandState.ENDED,
    },
    ErrandState.PLANNED: {
        ErrandEvent.SENT: ErrandState.DIALLED,
        ErrandEvent.TAKEN: ErrandState.WAITING,
        ErrandEvent.OVER: ErrandState.ENDED,
    },
    ErrandState.DIALLED: {
        ErrandEvent.PICKED_UP: ErrandState.ANSWERED,
        ErrandEvent.NOT_NEEDED: ErrandState.RECALLED,
        ErrandEvent.OVER: ErrandState.ENDED,
    },
    ErrandState.RECALLED: {ErrandEvent.OVER: ErrandState.ENDED},
    ErrandState.ANSWERED: {
        ErrandEvent.NOT_NEEDED: ErrandState.RECALLED,
        ErrandEvent.OVER: ErrandState.ENDED,
    },
    ErrandState.ENDED: {},
}


def after(table: Mapping[S, Mapping[E, S]], state: S, event: E) -> S:
    """The state after `event`; IllegalMoveError if the table has no such move."""
    try:
        return table[state][event]
    except KeyError:
        raise IllegalMoveError(f"what is {state} cannot meet {event}") from None


def before(table: Mapping[S, Mapping[E, S]], event: E) -> frozenset[S]:
    """The states in which `event` may happen: what guards the UPDATE that records it."""
    return frozenset(state for state, moves in table.items() if event in moves)


def becomes(table: Mapping[S, Mapping[E, S]], event: E) -> S:
    """The one state that `event` leads to, whatever state it happens in."""
    (state,) = {moves[event] for moves in table.values() if event in moves}
    return state
