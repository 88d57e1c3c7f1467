"""What becomes of an SMS?"""

from collections.abc import Mapping
from email.utils import format_datetime
from http import HTTPStatus

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.record import TextRecord
from hotline.practice.rest_orders import RefusedOrder, refuse_bad_text

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
