"""What routing goes by and what it answers: who waits, which telephones ring, which shall ring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from hotline.calls.states import LegState
from hotline.calls.wait.wishes import NO_WISH, Wish
from hotline.config.settings import LineName
from hotline.duty import LegId, PersonId, Seat

CallId = NewType("CallId", int)


@dataclass(frozen=True)
class WaitingCall:
    """A caller for whom no telephone rings. tried: when each person last failed to take it.

    decided: the mark of what was last decided for them. rung: telephones rung in this wait.
    same: who is rung for them first. delayed: after everybody else, but once in the first minute.
    """

    id: CallId
    line: LineName
    arrived: datetime
    urgent: bool
    tried: Mapping[PersonId, datetime] = field(default_factory=dict)
    wish: Wish = NO_WISH
    decided: str | None = None
    rung: int = 0
    same: PersonId | None = None
    delayed: bool = False


@dataclass(frozen=True)
class LiveLeg:
    """A telephone that rings, is about to, or is in a conversation."""

    id: LegId
    call: CallId
    person: PersonId
    state: LegState
    by_dial: bool
    offers: bool = False  # asks its person to ring somebody back: whoever waits comes first


@dataclass(frozen=True)
class Ring:
    """One telephone to ring for one call. takes_over: a leg that must end first."""

    call: CallId
    seat: Seat
    takes_over: LegId | None = None
