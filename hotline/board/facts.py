"""What the database says for the board: calls, how they ended, promises, and the carrier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from hotline.calls.ringing.facts import CallId
from hotline.calls.states import Outcome
from hotline.config.settings import LineName
from hotline.duty import PersonId
from hotline.oversight.alarms import OpenAlarm


class Stage(StrEnum):
    """Where a caller is, as somebody watching sees it."""

    WAITING = "waiting"
    TALKING = "talking"
    LEAVING = "leaving"  # hears what else there is: a callback, a message, another number


@dataclass(frozen=True)
class OpenCall:
    """A call that has not ended. Nothing about who the caller is."""

    id: CallId
    line: LineName
    stage: Stage
    since: datetime  # start of the present wait, or of the conversation
    urgent: bool = False
    ringing: int = 0  # telephones ringing for it now
    person: PersonId | None = None  # who talks
    supervised: bool = False  # a supervisor is in it, or being rung


@dataclass(frozen=True)
class LateCall:
    """A call that arrived lately. Who was rung back is none of these."""

    line: LineName
    arrived: datetime
    joined: datetime | None  # spoke with a person from then on
    ended: datetime | None


@dataclass(frozen=True)
class Promised:
    """What callers of a line still wait for.

    overdue: callbacks past the promised time, or tried in vain as often as is allowed;
    messages: not listened to; late: messages that nobody answered in time; follow_ups: not done
    in time.
    """

    callbacks: int = 0
    overdue: int = 0
    messages: int = 0
    late: int = 0
    follow_ups: int = 0

    def __add__(self, other: "Promised") -> "Promised":
        return Promised(
            self.callbacks + other.callbacks,
            self.overdue + other.overdue,
            self.messages + other.messages,
            self.late + other.late,
            self.follow_ups + other.follow_ups,
        )


NOTHING_PROMISED: Final = Promised()


@dataclass(frozen=True)
class CarrierState:
    """Orders to the carrier: due for a while and not sent, and failed in the last minutes."""

    stuck: int = 0
    since: datetime | None = None  # the oldest of those was due
    failed: int = 0


SOUND: Final = CarrierState()


@dataclass(frozen=True)
class BoardFacts:
    """What the database says. outcomes: line -> outcome -> calls that ended since midnight."""

    calls: tuple[OpenCall, ...] = ()
    outcomes: Mapping[LineName, Mapping[Outcome, int]] = field(default_factory=dict)
    lately: tuple[LateCall, ...] = ()  # those of the last hour
    promised: Mapping[LineName, Promised] = field(default_factory=dict)
    alarms: tuple[OpenAlarm, ...] = ()  # the oldest first
    carrier: CarrierState = SOUND
    answered: Mapping[PersonId, datetime] = field(default_factory=dict)  # pressed a key for us
