"""What the carrier asks about the rooms that conversations are in."""

from flask import Blueprint, Response

from hotline.calls.talk.rooms import room_joined, words_in_room
from webhooks.answers import answer, noted, only_signed, word

rooms = Blueprint("rooms", __name__, url_prefix="/voice")
rooms.before_request(only_signed)


@rooms.post("/room/<token>/events")
def room_events(token: str) -> Response:
    """Somebody has joined the room."""
    room = word("ConferenceSid")
    return noted(lambda turn: room_joined(turn, token, room))


@rooms.post("/room/<token>/words/<what>")
def room_words(token: str, what: str) -> Response:
    """What is announced in the room."""
    return answer(f"words:{token}:{what}", lambda turn: words_in_room(turn, token, what))
