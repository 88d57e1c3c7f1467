"""How is something announced in a conference, to one participant or to all?"""

from collections.abc import Sequence

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.meeting.rooms import Conference, Participant
from hotline.practice.exchange.messages import Fields
from hotline.practice.exchange.scripts import Request
from hotline.practice.exchange.verbs import words_of
from hotline.practice.exchange.webhooks import fetch
from hotline.practice.twiml.documents import Document, Refused
from hotline.practice.twiml.grammar import Setting


def announce(
    exchange: Exchange, room: Conference, to: Sequence[Participant], request: Request
) -> None:
    """Fetch what to say, and say it to those of `to` who are still there, over the talk.

    Twilio's documents do not say which parameters the request has; this one has the least.
    """
    fields: Fields = (("AccountSid", exchange.account.sid), ("ConferenceSid", room.sid))

    def heard(outcome: Document | Refused) -> None:
        if isinstance(outcome, Refused):
            exchange.trouble(None, outcome.code, f"announcement: {outcome.sentence}")
            return
        for who in to:
            if who in room.participants:
                _hear(exchange, who, outcome)

    fetch(exchange, request, fields, Setting.CONFERENCE, heard)


def _hear(exchange: Exchange, who: Participant, document: Document) -> None:
    for verb in document.verbs:
        if verb.name in {"Say", "Play"}:
            words, seconds = words_of(verb)
            exchange.said(who.leg, "hotline", f"(announcement) {words}")
            who.leg.party.hears(words, seconds)
