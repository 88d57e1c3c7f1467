"""Which moves a call and a leg can make: two tables, and nothing else assigns a state."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class IllegalMoveError(Exception):
    """Our own code asked for a move that the table does not have."""


class CallState(StrEnum):
    """Where a call stands."""

    ASKED = "asked"  # hears what the line asks before the wait; nobody is rung yet
    WAITING = "waiting"  # in the wait loop, no telephone rings for it
    RINGING = "ringing"  # in the wait loop, telephones ring
    ACCEPTED = "accepted"  # a volunteer pressed 1; the caller is on the way
    TALKING = "talking"
    HELD = "held"  # hears words of ours: the volunteer has left the room, and comes back
    PARTING = "parting"  # the volunteer has left; the caller may ask for another
    EXITING = "exiting"  # hears the honest exit
    OFFERED = "offered"  # a callback: a volunteer is asked to place it
    PLACING = "placing"  # a callback: the volunteer waits, the caller's telephone rings
    CLOSED = "closed"


class CallEvent(StrEnum):
    """What can happen to a call."""

    BEGINS_TO_WAIT = "begins-to-wait"
    WAVE_STARTED = "wave-started"
    WAVE_ENDED = "wave-ended"
    LEG_ACCEPTED = "leg-accepted"
    CALLER_JOINED = "caller-joined"
    VOLUNTEER_LEFT = "volunteer-left"  # before the caller joined
    CALLER_HELD = "caller-held"
    TALK_RESUMED = "talk-resumed"
    TALK_ENDED = "talk-ended"  # and the caller is still there
    EXIT_REACHED = "exit-reached"
    WAITS_AGAIN = "waits-again"
    OFFER_TAKEN = "offer-taken"
    ENDED = "ended"


S, E = CallState, CallEvent
NEXT: Final[Mapping[CallState, Mapping[CallEvent, CallState]]] = {
    S.ASKED: {
        E.BEGINS_TO_WAIT: S.WAITING,
        E.EXIT_REACHED: S.EXITING,
        E.ENDED: S.CLOSED,
    },
    S.WAITING: {
        E.WAVE_STARTED: S.RINGING,
        E.EXIT_REACHED: S.EXITING,
        E.ENDED: S.CLOSED,
    },
    S.RINGING: {
        E.WAVE_ENDED: S.WAITING,
        E.LEG_ACCEPTED: S.ACCEPTED,
        E.EXIT_REACHED: S.EXITING,
        E.ENDED: S.CLOSED,
    },
    S.ACCEPTED: {
        E.CALLER_JOINED: S.TALKING,
        E.VOLUNTEER_LEFT: S.WAITING,
        E.ENDED: S.CLOSED,
    },
    S.TALKING: {E.CALLER_HELD: S.HELD, E.TALK_ENDED: S.PARTING, E.ENDED: S.CLOSED},
    S.HELD: {E.TALK_RESUMED: S.TALKING, E.TALK_ENDED: S.PARTING, E.ENDED: S.CLOSED},
    S.PARTING: {E.WAITS_AGAIN: S.WAITING, E.ENDED: S.CLOSED},
    S.OFFERED: {E.OFFER_TAKEN: S.PLACING, E.ENDED: S.CLOSED},
    S.PLACING: {E.CALLER_JOINED: S.TALKING, E.WAITS_AGAIN: S.WAITING, E.ENDED: S.CLOSED},
    S.EXITING: {E.WAITS_AGAIN: S.WAITING, E.ENDED: S.CLOSED},
    S.CLOSED: {},
}


def advance(state: CallState, event: CallEvent) -> CallState:
    """The state after `event`; IllegalMoveError if the table has no such move."""
    try:
        return NEXT[state][event]
    except KeyError:
        raise IllegalMoveError(f"a call that is {state} cannot meet {event}") from None


def states_before(event: CallEvent) -> frozenset[CallState]:
    """The states in which `event` may happen: what guards the UPDATE that records it."""
    return frozenset(state for state, moves in NEXT.items() if event in moves)


class Outcome(StrEnum):
    """How a call ended; each closed call has exactly one."""

    ANSWERED = "answered"  # spoke with a volunteer
    CALLBACK = "callback"  # agreed to be rung back
    MESSAGE = "message"  # left a message
    REFERRED = "referred"  # was put through to a partner
    EXITED = "exited"  # heard the honest exit and chose nothing
    LEFT = "left"  # hung up while waiting
    UNPLACED = "unplaced"  # a callback that no volunteer took on this time
    UNREACHED = "unreached"  # rung back, and did not come to the telephone


class LegState(StrEnum):
    """Where a volunteer's leg stands."""

    PLANNED = "planned"  # the person is reserved; the order waits in the outbox
    DIALLED = "dialled"  # the carrier rings
    ANSWERED = "answered"  # hears the whisper
    ACCEPTED = "accepted"  # pressed 1 and won
    ENDED = "ended"


class Part(StrEnum):
    """What a leg is rung for."""

    ANSWER = "answer"  # to take the call
    HELP = "help"  # the duty lead or an expert, brought in
    TRANSFER = "transfer"  # somebody of another desk, to take over
    LISTEN = "listen"  # a supervisor whom nobody hears
    COACH = "coach"  # a supervisor whom only the volunteer hears
    JOIN = "join"  # a supervisor whom everybody hears


SPEAK_WITH_CALLERS: Final = frozenset({Part.ANSWER, Part.HELP, Part.TRANSFER, Part.JOIN})
SUPERVISE: Final = frozenset({Part.LISTEN, Part.COACH, Part.JOIN})


class Place(StrEnum):
    """Where somebody who accepted is now."""

    ROOM = "room"  # with the caller, or on the way there
    MENU = "menu"  # hears the menu, alone
    HOLD = "hold"  # looks something up, alone
    ASIDE = "aside"  # in a room with a colleague, or waiting for them there
    PARTNER = "partner"  # speaks with a partner
    OUTSIDE = "outside"  # a supervisor who waits to be let in
    DONE = "done"  # has ended the conversation properly


class Ground(StrEnum):
    """On which ground a conversation is handed over to a partner, or spoken of with one."""

    CONSENT = "consent"  # the caller agreed
    LAW = "law"  # life in danger: the law allows it without


class LegResult(StrEnum):
    """How a leg ended."""

    TALKED = "talked"
    UNANSWERED = "unanswered"
    BUSY = "busy"
    FAILED = "failed"  # bad number, unreachable, or the carrier refused
    PASSED = "passed"  # heard the whisper and did not take the call
    LOST = "lost"  # somebody else was first
    CANCELLED = "cancelled"  # the caller left, or another caller needed the person more
    UNHEARD = "unheard"  # nobody told us in time how it ended
    UNSENT = "unsent"  # the order never reached the carrier
    UNREACHED = "unreached"  # rang a caller back, who did not come to the telephone


# After these the person is rung later than colleagues: their telephone seems out of reach.
MISSED: Final = frozenset(
    {LegResult.UNANSWERED, LegResult.BUSY, LegResult.FAILED, LegResult.UNHEARD}
)
