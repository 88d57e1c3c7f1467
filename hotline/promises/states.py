"""Which moves a promise to call back can make, and how each try to keep it ends."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NewType

from hotline.calls.states import IllegalMoveError

CallbackId = NewType("CallbackId", int)
MessageId = NewType("MessageId", int)

UNKNOWN: Final = "unknown"  # a recording whose id the carrier did not tell: it cannot be fetched


class Safe(StrEnum):
    """When a caller may be rung, as they told us."""

    ANY = "any"
    DAYTIME = "daytime"
    EVENING = "evening"


class CallbackState(StrEnum):
    """Where a promise stands."""

    ASKED = "asked"  # a number was keyed in and not confirmed yet: nothing is promised
    OPEN = "open"
    IN_HAND = "in-hand"  # a volunteer is asked, or the caller is rung, or both talk
    KEPT = "kept"
    UNREACHED = "unreached"  # rung as often as is allowed: a supervisor decides
    EXPIRED = "expired"  # past its deadline: a supervisor decides
    REPLACED = "replaced"  # the same number asked again: that promise stands


class CallbackEvent(StrEnum):
    """What can happen to a promise."""

    CONFIRMED = "confirmed"
    OFFERED = "offered"
    TALKED = "talked"
    FAILED = "failed"
    GIVEN_UP = "given-up"
    RAN_OUT = "ran-out"
    ASKED_ANEW = "asked-anew"
    SETTLED = "settled"  # by a person, outside of the telephone
    REVIVED = "revived"  # by a supervisor, with a new deadline


S, E = CallbackState, CallbackEvent
NEXT: Final[Mapping[CallbackState, Mapping[CallbackEvent, CallbackState]]] = {
    S.ASKED: {E.CONFIRMED: S.OPEN},
    S.OPEN: {
        E.OFFERED: S.IN_HAND,
        E.RAN_OUT: S.EXPIRED,
        E.ASKED_ANEW: S.REPLACED,
        E.TALKED: S.KEPT,  # in a call of their own, or of an older promise to the same number
        E.SETTLED: S.KEPT,
    },
    S.IN_HAND: {
        E.TALKED: S.KEPT,
        E.FAILED: S.OPEN,
        E.GIVEN_UP: S.UNREACHED,
        E.ASKED_ANEW: S.REPLACED,
    },
    S.UNREACHED: {E.SETTLED: S.KEPT, E.REVIVED: S.OPEN, E.ASKED_ANEW: S.REPLACED},
    S.EXPIRED: {E.SETTLED: S.KEPT, E.REVIVED: S.OPEN, E.ASKED_ANEW: S.REPLACED},
    S.KEPT: {},
    S.REPLACED: {},
}
OVER: Final = frozenset({CallbackState.KEPT, CallbackState.REPLACED})


def advance(state: CallbackState, event: CallbackEvent) -> CallbackState:
    """The state after `event`; IllegalMoveError if the table has no such move."""
    try:
        return NEXT[state][event]
    except KeyError:
        raise IllegalMoveError(f"a callback that is {state} cannot meet {event}") from None


def states_before(event: CallbackEvent) -> frozenset[CallbackState]:
    """The states in which `event` may happen: what guards the UPDATE that records it."""
    return frozenset(state for state, moves in NEXT.items() if event in moves)


class AttemptResult(StrEnum):
    """What came of one try to keep a callback."""

    PASSED = "passed"  # no volunteer took it on: the caller was not rung
    TALKED = "talked"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"  # bad number, unreachable, or the carrier refused
    NO_KEY = "no-key"  # a mailbox, or somebody who did not confirm
    NOT_NOW = "not-now"  # they asked to be rung another time
    UNHEARD = "unheard"  # nobody told us in time how it ended


def counts(result: AttemptResult) -> bool:
    """Whether the caller's telephone rang for it, so that it is one of those allowed."""
    return result is not AttemptResult.PASSED
