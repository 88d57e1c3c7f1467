"""What does the carrier answer to a REST request about a conference?"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.meeting.announcing import announce
from hotline.practice.exchange.meeting.rooms import Conference, Participant
from hotline.practice.exchange.scripts import Request
from hotline.practice.rest.orders import RefusedOrder, is_url

PATH = re.compile(
    r"/2010-04-01/Accounts/(AC\w+)/Conferences/(CF\w+)(?:/Participants/(\w+))?(?:\.json)?"
)
KNOWN = frozenset({"AnnounceUrl", "AnnounceMethod"})
Json = dict[str, object]


class RoomsApi:
    """Twilio's Conferences resource and its Participants, as far as a hotline needs them."""

    def __init__(self, exchange: Exchange, later: Callable[[Callable[[], None]], None]) -> None:
        """later: has something done when the carrier's latency is over."""
        self._exchange = exchange
        self._later = later

    def update(self, conference: str, participant: str | None, fields: Mapping[str, str]) -> Json:
        """Announce something to one participant, or to the whole conference."""
        for name in sorted(set(fields) - KNOWN):
            self._exchange.trouble(None, 0, f"REST parameter {name} is unknown to practice")
        room = self._room(conference)
        to = [self._who(room, participant)] if participant else list(room.participants)
        url = fields.get("AnnounceUrl", "")
        if not is_url(url):
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, 21205, "AnnounceUrl is not a valid URL")
        request = Request(url, fields.get("AnnounceMethod", "POST"))
        self._later(lambda: announce(self._exchange, room, to, request))
        return {"sid": room.sid, "friendly_name": room.name, "call_sid": participant}

    def _room(self, sid: str) -> Conference:
        rooms = self._exchange.rooms.conferences.values()
        found = next((room for room in rooms if room.sid == sid), None)
        if found is None:
            raise _missing()
        return found

    def _who(self, room: Conference, name: str) -> Participant:
        found = [who for who in room.participants if name in (who.leg.sid, who.label)]
        if not found:
            raise _missing()
        return found[0]


def _missing() -> RefusedOrder:
    return RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
