"""What a supervisor must know until it is over, and what people are told outside of calls."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.duty import PersonId
from hotline.notices.facts import Facts


class NoticeKind(StrEnum):
    """What a notice tells; its sentence is the phrase `notice_` and this name."""

    ALARM = "alarm"
    CONFIRM = "confirm"  # do you come to your duty?
    STAND_IN = "stand-in"  # can you come instead of somebody?
    NOT_NEEDED = "not-needed"  # thanks: somebody else comes
    STANDS_IN = "stands-in"  # thanks: you come
    REPLACED = "replaced"  # somebody else comes instead of you
    RESET = "reset"  # a link to one, for the pages; the link is kept sealed
    PIN_LOCKED = "pin-locked"  # somebody keyed in wrong PINs with your number
    MESSAGE = "message"  # a caller left one
    YOURS_AGAIN = "yours-again"  # they do not, after all
    SWAP_ASKED = "swap-asked"  # would you exchange a shift?
    COVER_ASKED = "cover-asked"  # would you take a shift over?
    SWAP_AGREED = "swap-agreed"  # the other would; a coordinator decides
    SWAP_WAITS = "swap-waits"  # told to coordinators who are people here, too
    SWAPPED = "swapped"  # it holds
    SWAP_REFUSED = "swap-refused"  # the other would not
    SWAP_NOT_APPROVED = "swap-not-approved"
    SWAP_WITHDRAWN = "swap-withdrawn"  # the other thought again
    SWAP_EXPIRED = "swap-expired"
    SWAP_VOID = "swap-void"  # a shift of it was moved, cancelled or swapped with somebody else
    ROSTER = "roster"  # a week is published, and what you have in it
    ROSTER_OFF = "roster-off"  # likewise, and you have nothing in it any more


@dataclass(frozen=True)
class NewNotice:
    """Something to tell a person at `due`, and no later than `expires`.

    words: facts that fill the sentence; never a caller's number. key: what is told once has one.
    """

    person: PersonId
    kind: NoticeKind
    due: datetime
    expires: datetime
    words: Facts = field(default_factory=dict)
    key: str | None = None


class AlarmKind(StrEnum):
    """What is wrong; its sentence is the phrase `alarm_` and this name, filled with `subject`."""

    EMERGENCY = "emergency"  # a caller pressed the emergency key: the line and the call's id
    NO_STAND_IN = "no-stand-in"  # a duty that nobody comes to: everybody was asked
    UNTOLD = "untold"  # a supervisor whom no notice reaches
    LONG_TALK = "long-talk"  # a conversation of so many minutes: the line and the call's id
    DRILL = "drill"  # practice callers were let down
    DRIFT = "drift"  # telephones that did not follow the roster; the subject is the day
    UNKEPT = "unkept"  # a callback whose deadline has passed; the subject is its number
    UNREACHED = "unreached"  # a callback that was tried as often as is allowed, likewise
    UNANSWERED = "unanswered"  # a message that nobody answered in time; the subject is its number
    UNFETCHED = "unfetched"  # a message that the carrier does not give us; likewise
    MISSED = "missed"  # callers whom nothing of ours answered: the line and the day
    UNREACHABLE = "unreachable"  # a person's telephone: rung in vain too often, or a bad number


@dataclass(frozen=True)
class Alarm:
    """One thing that is wrong. subject: a line, a person's code, a call's id; no caller's number.

    detail: more for whoever asks, likewise.
    """

    kind: AlarmKind
    subject: str
    detail: str = ""


@dataclass(frozen=True)
class OpenAlarm:
    """An alarm that nothing and nobody has cleared."""

    id: int
    alarm: Alarm
    raised: datetime
