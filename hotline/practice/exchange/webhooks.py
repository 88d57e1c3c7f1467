"""How are documents asked for, and how does the hotline learn what became of a leg?"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urldefrag, urlencode

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import FINAL, Leg, Reports
from hotline.practice.exchange.scripts import Ask, Request, Script
from hotline.practice.exchange.timeline import Action, Errand
from hotline.practice.faults import Callbacks, Webhooks
from hotline.practice.signing import SIGNATURE_HEADER, signature
from hotline.practice.twiml.documents import TWIML_TYPES, Document, Refused, document
from hotline.practice.twiml.grammar import Setting
from hotline.practice.wire import Message, Reply, WireError

API_VERSION = "2010-04-01"
TOKEN_HEADER = "I-Twilio-Idempotency-Token"  # noqa: S105 - the name of a header
RETRIED = frozenset({11201, 11205})  # once, and only when no connection came about
SHORTEST_SECRET = 7  # digits; shorter numbers are public
MOST_AT_ONCE = timedelta(seconds=1)  # for as many documents as Leg.asked holds

Fields = tuple[tuple[str, str], ...]


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
    message = _message(exchange, request, parameters(exchange, leg) + request.extra)
    outcome = yield Ask(lambda: _sent(exchange, message))
    if isinstance(outcome, WireError):
        raise Refused(outcome.code, str(outcome))
    assert isinstance(outcome, Reply)
    return document(outcome, setting)


def notify(exchange: Exchange, leg: Leg, request: Request) -> None:
    """Ask for `request` without playing the answer."""
    _post(exchange, request, parameters(exchange, leg) + request.extra)


def tell(exchange: Exchange, url: str, method: str, fields: Fields, late: float = 0.0) -> None:
    """Send a callback that lacks the usual parameters, `late` seconds from now."""
    exchange.line.after(late, lambda: _post(exchange, Request(url, method), fields))


def fetch(
    exchange: Exchange,
    request: Request,
    fields: Fields,
    setting: Setting,
    then: Callable[[Document | Refused], None],
) -> None:
    """Ask for a document that no leg's script waits for; `then` learns what came."""
    message = _message(exchange, request, fields)

    def run() -> Action:
        outcome = _sent(exchange, message)
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
    message = _message(exchange, request, fields)

    def run() -> Action:
        outcome = _sent(exchange, message)
        return lambda: then(outcome)

    exchange.line.send(Errand(run))


def report(exchange: Exchange, leg: Leg, event: str) -> None:
    """Send the status callback of `event`, if it was asked for; faults may keep it."""
    if leg.reports is None or event not in leg.reports.events:
        return
    reports, fields = leg.reports, _progress(exchange, leg)
    leg.sequence += 1
    exchange.line.soon(lambda: _as_faults_want(exchange, leg, reports, fields))


def _as_faults_want(exchange: Exchange, leg: Leg, reports: Reports, fields: Fields) -> None:
    late = exchange.faults.callbacks_late.total_seconds()

    def send() -> None:
        exchange.line.after(
            late, lambda: _post(exchange, Request(reports.url, reports.method), fields)
        )

    match exchange.faults.callbacks:
        case Callbacks.LOST:
            return
        case Callbacks.DOUBLED:
            send()
            send()
        case Callbacks.REORDERED:
            _second_first(exchange, leg, send)
        case Callbacks.WELL:
            send()


def _second_first(exchange: Exchange, leg: Leg, send: Action) -> None:
    held = exchange.held.pop(leg.sid, None)
    if held is None and leg.status not in FINAL:
        exchange.held[leg.sid] = send
        return
    send()
    if held is not None:
        held()


def _progress(exchange: Exchange, leg: Leg) -> Fields:
    now = exchange.line.now()
    fields = [
        *parameters(exchange, leg),
        ("Timestamp", format_datetime(now)),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(leg.sequence)),
    ]
    if leg.over:
        seconds = _talked(leg, now)
        minutes = -(-seconds // 60)
        fields += [("CallDuration", str(seconds)), ("Duration", str(minutes))]
        fields.append(("SipResponseCode", SIP_CODES.get(leg.status.value, "200")))
    return tuple(fields)


SIP_CODES = {"busy": "486", "no-answer": "487", "canceled": "487", "failed": "404"}


def _talked(leg: Leg, now: datetime) -> int:
    return round((now - leg.answered_at).total_seconds()) if leg.answered_at else 0


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


def _message(exchange: Exchange, request: Request, fields: Fields) -> Message:
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


def _post(exchange: Exchange, request: Request, fields: Fields) -> None:
    """Send and forget; an answer that Twilio would warn of is remembered."""
    message = _message(exchange, request, fields)

    def run() -> Action:
        outcome = _sent(exchange, message)
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


def _sent(exchange: Exchange, message: Message) -> Reply | WireError:
    """The answer to one message. Runs without the lock."""
    outcome = _tried(exchange, message)
    if isinstance(outcome, WireError) and outcome.code in RETRIED:
        outcome = _tried(exchange, message)
    if exchange.faults.webhooks is Webhooks.TWICE:
        _same(exchange, message, outcome, _tried(exchange, message))
    return outcome


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
