"""How are documents asked for, and what is told beside the status of a leg?"""

import re
from collections.abc import Callable
from datetime import timedelta

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Leg
from hotline.practice.exchange.messages import Fields, message_of, posted, sent
from hotline.practice.exchange.scripts import Ask, Request, Script
from hotline.practice.exchange.timeline import Action, Errand
from hotline.practice.twiml.documents import Document, Refused, document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply, WireError

API_VERSION = "2010-04-01"
SHORTEST_SECRET = 7  # digits; shorter numbers are public
MOST_AT_ONCE = timedelta(seconds=1)  # for as many documents as Leg.asked holds


def parameters(exchange: Exchange, leg: Leg) -> Fields:
    """The usual parameters of a webhook about `leg`."""
    parent = (("ParentCallSid", leg.parent.sid),) if leg.parent else ()
    return (
        ("CallSid", leg.sid),
        ("AccountSid", exchange.account.sid),
        ("From", leg.origin),
        ("To", leg.to),
        ("Caller", leg.origin),
        ("Called", leg.to),
        ("CallStatus", leg.status.value),
        ("Direction", leg.direction.value),
        ("ApiVersion", API_VERSION),
        *parent,
        *leg.extra,
    )


def fetched(exchange: Exchange, leg: Leg, request: Request, setting: Setting) -> Script[Document]:
    """The document at `request`, parsed for `setting`; raises Refused."""
    try:
        return (yield from _fetched(exchange, leg, request, setting))
    except Refused as refused:
        refused.url = request.url
        raise


def _fetched(exchange: Exchange, leg: Leg, request: Request, setting: Setting) -> Script[Document]:
    _not_in_circles(exchange, leg)
    remark_numbers(exchange, leg, request.url)
    message = message_of(exchange, request, parameters(exchange, leg) + request.extra)
    outcome = yield Ask(lambda: sent(exchange, message))
    if isinstance(outcome, WireError):
        raise Refused(outcome.code, str(outcome))
    assert isinstance(outcome, Reply)
    return document(outcome, setting)


def notify(exchange: Exchange, leg: Leg, request: Request) -> None:
    """Ask for `request` without playing the answer."""
    posted(exchange, request, parameters(exchange, leg) + request.extra)


def tell(exchange: Exchange, url: str, method: str, fields: Fields, late: float = 0.0) -> None:
    """Send a callback that lacks the usual parameters, `late` seconds from now."""
    exchange.line.after(late, lambda: posted(exchange, Request(url, method), fields))


def fetch(
    exchange: Exchange,
    request: Request,
    fields: Fields,
    setting: Setting,
    then: Callable[[Document | Refused], None],
) -> None:
    """Ask for a document that no leg's script waits for; `then` learns what came."""
    message = message_of(exchange, request, fields)

    def run() -> Action:
        outcome = sent(exchange, message)
        return lambda: then(_read(outcome, setting))

    exchange.line.send(Errand(run))


def _read(outcome: Reply | WireError, setting: Setting) -> Document | Refused:
    if isinstance(outcome, WireError):
        return Refused(outcome.code, str(outcome))
    try:
        return document(outcome, setting)
    except Refused as refused:
        return refused


def ask_for(
    exchange: Exchange,
    request: Request,
    fields: Fields,
    then: Callable[[Reply | WireError], None],
) -> None:
    """Send something that belongs to no leg; `then` is told what came of it."""
    message = message_of(exchange, request, fields)

    def run() -> Action:
        outcome = sent(exchange, message)
        return lambda: then(outcome)

    exchange.line.send(Errand(run))


def remark_numbers(exchange: Exchange, leg: Leg, text: str) -> None:
    """Remark a far end's own number in an address or a room's name, where logs would keep it."""
    digits = re.sub(r"\D", "", leg.party.address)
    if len(digits) >= SHORTEST_SECRET and digits in text:
        exchange.trouble(leg, 0, "a telephone number stands in an address or a room's name")


def _not_in_circles(exchange: Exchange, leg: Leg) -> None:
    """Documents that only lead to the next document would spin for ever."""
    now = exchange.line.now()
    if len(leg.asked) == leg.asked.maxlen and now - leg.asked[0] < MOST_AT_ONCE:
        raise Refused(11215, "too many documents within a second")
    leg.asked.append(now)
