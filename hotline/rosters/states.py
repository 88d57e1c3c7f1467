"""What a roster can become: a draft, the promise made to people, or history."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class RosterState(StrEnum):
    """How far a roster got."""

    DRAFT = "draft"  # may still change; routes nobody
    PUBLISHED = "published"  # promised to people: the routing table
    ARCHIVED = "archived"  # replaced by a later one


class RosterEvent(StrEnum):
    """What happens to a roster."""

    PUBLISHED = "published"
    REPLACED = "replaced"


class IllegalRosterMoveError(Exception):
    """Our own code tried a move that the table does not know."""


S, E = RosterState, RosterEvent
NEXT: Final[Mapping[RosterState, Mapping[RosterEvent, RosterState]]] = {
    S.DRAFT: {E.PUBLISHED: S.PUBLISHED, E.REPLACED: S.ARCHIVED},
    S.PUBLISHED: {E.REPLACED: S.ARCHIVED},
    S.ARCHIVED: {},
}


def advance(state: RosterState, event: RosterEvent) -> RosterState:
    """The state after `event`; raises IllegalRosterMoveError where the table has none."""
    try:
        return NEXT[state][event]
    except KeyError:
        raise IllegalRosterMoveError(f"a roster that is {state} cannot be {event}") from None
