"""One signed message to the hotline, and what came of it."""

from urllib.parse import urldefrag, urlencode

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.scripts import Request
from hotline.practice.exchange.timeline import Action, Errand
from hotline.practice.faults import Webhooks
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.practice.twiml.documents import TWIML_TYPES
from hotline.practice.wire import Message, Reply, WireError

TOKEN_HEADER = "I-Twilio-Idempotency-Token"  # noqa: S105 - the name of a header
RETRIED = frozenset({11201, 11205})  # once, and only when no connection came about

Fields = tuple[tuple[str, str], ...]


def message_of(exchange: Exchange, request: Request, fields: Fields) -> Message:
    """Signed, and with a token that stays the same when the message is sent again."""
    url = urldefrag(request.url).url
    form = fields
    if request.method == "GET":
        url, form = f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}", ()
    headers = {
        SIGNATURE_HEADER: signature(exchange.account.auth_token, url, form),
        TOKEN_HEADER: exchange.new_sid("")[:32],
        "User-Agent": "TwilioProxy/1.1",
    }
    exchange.webhooks_asked += 1
    return Message(request.method, url, form, headers)


def sent(exchange: Exchange, message: Message) -> Reply | WireError:
    """The answer to one message. Runs without the lock."""
    outcome = _tried(exchange, message)
    if isinstance(outcome, WireError) and outcome.code in RETRIED:
        outcome = _tried(exchange, message)
    if exchange.faults.webhooks is Webhooks.TWICE:
        _same(exchange, message, outcome, _tried(exchange, message))
    return outcome


def posted(exchange: Exchange, request: Request, fields: Fields) -> None:
    """Send and forget; an answer that Twilio would warn of is remembered."""
    message = message_of(exchange, request, fields)

    def run() -> Action:
        outcome = sent(exchange, message)
        return lambda: _warn(exchange, message, outcome)

    exchange.line.send(Errand(run))


def _warn(exchange: Exchange, message: Message, outcome: Reply | WireError) -> None:
    if isinstance(outcome, WireError):
        exchange.trouble(None, outcome.code, f"{outcome}: {message.url}")
    elif not _welcome(outcome):
        answer = f"{outcome.status} {outcome.content_type}"
        exchange.trouble(None, 11200, f"answered {answer}: {message.url}")


def _welcome(reply: Reply) -> bool:
    """Twilio wants 204, or 200 with TwiML or nothing."""
    kind = reply.content_type.split(";")[0].strip()
    return reply.status == 204 or (reply.status == 200 and (kind in TWIML_TYPES or not reply.body))


def _tried(exchange: Exchange, message: Message) -> Reply | WireError:
    try:
        return exchange.transport.send(message)
    except WireError as error:
        return error


def _same(
    exchange: Exchange, message: Message, first: Reply | WireError, second: Reply | WireError
) -> None:
    alike = isinstance(first, Reply) and isinstance(second, Reply) and first == second
    if not alike:
        with exchange.line.lock:
            exchange.trouble(None, 0, f"a repeat was answered differently: {message.url}")
