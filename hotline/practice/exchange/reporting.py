"""Status callbacks: how the hotline learns what became of a leg, as faults let it."""

from datetime import datetime
from email.utils import format_datetime

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import FINAL, Leg, Reports
from hotline.practice.exchange.messages import Fields, posted
from hotline.practice.exchange.scripts import Request
from hotline.practice.exchange.timeline import Action
from hotline.practice.exchange.webhooks import parameters
from hotline.practice.faults import Callbacks

SIP_CODES = {"busy": "486", "no-answer": "487", "canceled": "487", "failed": "404"}


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
            late, lambda: posted(exchange, Request(reports.url, reports.method), fields)
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


def _talked(leg: Leg, now: datetime) -> int:
    return round((now - leg.answered_at).total_seconds()) if leg.answered_at else 0
