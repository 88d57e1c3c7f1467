"""What a swap or a cover request can become."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class SwapState(StrEnum):
    """How far two people got with it."""

    ASKED = "asked"  # the partner has an answer to give
    AGREED = "agreed"  # both want it; a coordinator decides
    APPROVED = "approved"  # it holds: telephone and roster follow
    REFUSED = "refused"  # by the partner or by a coordinator
    WITHDRAWN = "withdrawn"  # by who asked
    EXPIRED = "expired"  # the duties came too near
    VOID = "void"  # a duty was moved or cancelled meanwhile


class SwapEvent(StrEnum):
    """What can happen to it."""

    SAID_YES = "said-yes"  # the partner, where a coordinator must approve
    SETTLED = "settled"  # the partner said yes, where nobody need approve
    APPROVED = "approved"
    SAID_NO = "said-no"
    TOOK_BACK = "took-back"
    TIME_PASSED = "time-passed"
    DUTY_GONE = "duty-gone"


class IllegalSwapMoveError(Exception):
    """Our own code tried a move that the table does not know."""


S, E = SwapState, SwapEvent
NEXT: Final[Mapping[SwapState, Mapping[SwapEvent, SwapState]]] = {
    S.ASKED: {
        E.SAID_YES: S.AGREED,
        E.SETTLED: S.APPROVED,
        E.SAID_NO: S.REFUSED,
        E.TOOK_BACK: S.WITHDRAWN,
        E.TIME_PASSED: S.EXPIRED,
        E.DUTY_GONE: S.VOID,
    },
    S.AGREED: {
        E.APPROVED: S.APPROVED,
        E.SAID_NO: S.REFUSED,
        E.TOOK_BACK: S.WITHDRAWN,
        E.TIME_PASSED: S.EXPIRED,
        E.DUTY_GONE: S.VOID,
    },
    S.APPROVED: {},
    S.REFUSED: {},
    S.WITHDRAWN: {},
    S.EXPIRED: {},
    S.VOID: {},
}
OPEN: Final = tuple(state for state, moves in NEXT.items() if moves)


def advance(state: SwapState, event: SwapEvent) -> SwapState:
    """The state after `event`; raises IllegalSwapMoveError where the table has none."""
    try:
        return NEXT[state][event]
    except KeyError:
        raise IllegalSwapMoveError(f"a swap that is {state} cannot meet {event}") from None


def before(event: SwapEvent) -> tuple[SwapState, ...]:
    """The states in which `event` may happen: what guards the UPDATE that records it."""
    return tuple(state for state, moves in NEXT.items() if event in moves)


def becomes(event: SwapEvent) -> SwapState:
    """The one state that `event` leads to."""
    (state,) = {moves[event] for moves in NEXT.values() if event in moves}
    return state
