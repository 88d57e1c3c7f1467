"""What becomes of an SMS?"""

from collections.abc import Mapping
from email.utils import format_datetime
from http import HTTPStatus
from typing import Final

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.scripts import Request
from hotline.practice.exchange.webhooks import API_VERSION, ask_for
from hotline.practice.record import TextRecord
from hotline.practice.rest.orders import RefusedOrder, refuse_bad_text
from hotline.practice.twiml.documents import Refused, document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Reply, WireError

STOPS: Final = frozenset(
    {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
)
STARTS: Final = frozenset({"START", "YES", "UNSTOP"})

Json = dict[str, object]


def send_text(exchange: Exchange, fields: Mapping[str, str]) -> Json:
    """Take an SMS by REST. Raises RefusedOrder."""
    refuse_bad_text(fields, exchange.account.owns)
    to = fields["To"]
    if to in exchange.stopped:
        raise RefusedOrder(HTTPStatus.BAD_REQUEST, 21610, "The recipient has sent STOP")
    text = keep_text(exchange, fields["From"], to, fields["Body"])
    return _shown(exchange, text)


def keep_text(exchange: Exchange, sender: str, to: str, words: str) -> TextRecord:
    """Remember one that was taken."""
    text = TextRecord(exchange.new_sid("SM"), exchange.line.now(), sender, to, words)
    exchange.texts.append(text)
    return text


def text_in(exchange: Exchange, number: str, to: str, words: str) -> TextRecord:
    """Somebody texts a number of the customer's: the webhook is asked, its answers are sent."""
    text = keep_text(exchange, number, to, words)
    _heed(exchange, text)
    url = exchange.addresses.texts_url
    if url is None:
        exchange.trouble(None, 0, "a text came, and no address for texts is configured")
        return text
    fields = (
        ("MessageSid", text.sid),
        ("SmsSid", text.sid),
        ("AccountSid", exchange.account.sid),
        ("From", number),
        ("To", to),
        ("Body", words),
        ("NumMedia", "0"),
        ("NumSegments", "1"),
        ("ApiVersion", API_VERSION),
    )
    ask_for(exchange, Request(url), fields, lambda outcome: _answered(exchange, text, outcome))
    return text


def _heed(exchange: Exchange, text: TextRecord) -> None:
    """Twilio's own words: the number gets nothing more, or something again."""
    word = text.words.strip().upper()
    if word in STOPS:
        exchange.stopped.add(text.sender)
    elif word in STARTS:
        exchange.stopped.discard(text.sender)


def _answered(exchange: Exchange, text: TextRecord, outcome: Reply | WireError) -> None:
    if isinstance(outcome, WireError):
        exchange.trouble(None, outcome.code, str(outcome))
        return
    try:
        verbs = document(outcome, Setting.TEXT).verbs
    except Refused as refused:
        exchange.trouble(None, refused.code, refused.sentence)
        return
    for verb in verbs:
        if verb.name == "Message" and text.sender not in exchange.stopped:
            keep_text(exchange, text.to, text.sender, verb.text)


def _shown(exchange: Exchange, text: TextRecord) -> Json:
    account = exchange.account.sid
    return {
        "sid": text.sid,
        "account_sid": account,
        "from": text.sender,
        "to": text.to,
        "body": text.words,
        "status": "queued",
        "direction": "outbound-api",
        "date_created": format_datetime(text.at),
        "api_version": "2010-04-01",
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{text.sid}.json",
    }
