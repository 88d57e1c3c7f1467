"""Where a caller goes who has come out of the room, and who answers for a talk: decisions only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from hotline.calls.states import SPEAK_WITH_CALLERS, CallState, LegState, Part, Place
from hotline.duty import LegId, PersonId

# Both sides of a room that ends ask us at about the same time; who has not by then is gone.
MOMENTS: Final = 3
AT_ONCE: Final = timedelta(seconds=3)
AWAY: Final = frozenset({Place.MENU, Place.HOLD, Place.ASIDE, Place.PARTNER})


@dataclass(frozen=True)
class TalkLeg:
    """A telephone that rings for, or is in, a conversation. sid: the carrier's id of it.

    seen: when it last asked us something while in the conversation.
    """

    id: LegId
    person: PersonId
    state: LegState
    part: Part
    place: Place
    sid: str | None
    seen: datetime | None = None


class Onward(Enum):
    """What a caller who has come out of the room does next."""

    JOINS = auto()
    WAITS_A_MOMENT = auto()  # nobody knows yet whether the other side is still there
    IS_HELD = auto()  # the volunteer is there, but elsewhere
    IS_LEFT = auto()  # nobody is there any more


@dataclass(frozen=True)
class Outside:
    """A caller outside of the room: since when, in which state, and the how manieth time asked."""

    state: CallState
    since: datetime
    visit: int


def onward(caller: Outside, legs: Sequence[TalkLeg]) -> Onward:
    """Back in, words, or somebody else.

    A volunteer who left the room by the star key and one whose telephone died look alike until
    their own leg asks us, or does not.
    """
    there = [leg for leg in talkers(legs) if leg.place is Place.ROOM]
    away = [leg for leg in talkers(legs) if leg.place in AWAY]
    if not there:
        return Onward.IS_HELD if away else Onward.IS_LEFT
    if len(there) > 1 or away or caller.state is CallState.HELD:
        return Onward.JOINS
    if there[0].seen is not None and there[0].seen > caller.since - AT_ONCE:
        return Onward.JOINS
    return Onward.WAITS_A_MOMENT if caller.visit < MOMENTS else Onward.IS_LEFT


def talkers(legs: Iterable[TalkLeg]) -> tuple[TalkLeg, ...]:
    """Those who accepted and speak with the caller, wherever they are now."""
    return tuple(
        leg
        for leg in legs
        if leg.state is LegState.ACCEPTED
        and leg.part in SPEAK_WITH_CALLERS
        and leg.place is not Place.OUTSIDE
    )


def heir(legs: Iterable[TalkLeg], without: LegId) -> TalkLeg | None:
    """Who answers for the conversation when `without` has left it: whoever is with the caller."""
    others = [leg for leg in talkers(legs) if leg.id != without]
    return min(others, key=lambda leg: (leg.place is not Place.ROOM, leg.id), default=None)


def coming(legs: Iterable[TalkLeg]) -> bool:
    """Whether somebody is being rung to help in the conversation."""
    return any(leg.part is Part.HELP and leg.state is not LegState.ACCEPTED for leg in legs)
