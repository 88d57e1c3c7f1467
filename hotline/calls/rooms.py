"""What the carrier tells of the room a conversation is in."""

from hotline.calls.turn import Turn
from hotline.store.talks import note_room


def room_joined(turn: Turn, token: str, room_sid: str) -> None:
    """Remember the carrier's id of the room: without it nothing can be announced there."""
    if room_sid:
        note_room(turn.db, token, room_sid)
