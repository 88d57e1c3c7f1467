"""What does the carrier answer to REST requests about calls?"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus

from hotline.ports import CallSid
from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg, Status
from hotline.practice.exchange.lives import rung_life
from hotline.practice.exchange.playing import play
from hotline.practice.exchange.reaching.endings import hang_up
from hotline.practice.exchange.reaching.ringing import phone_leg
from hotline.practice.exchange.scripts import Moved, Request, begin, interrupt
from hotline.practice.record import EndedBy
from hotline.practice.rest.orders import (
    CREATES,
    EVENTS,
    UPDATES,
    RefusedOrder,
    is_url,
    refuse_bad_order,
    reports_wanted,
)
from hotline.practice.rest.pages import PAGING, page, since

RING_SECONDS = 60
STARTED = "StartTime>"
LISTS = PAGING | {STARTED}
ALWAYS_LONGER = 5  # seconds; Twilio: "for some call flows"
Json = dict[str, object]


class CallsApi:
    """Twilio's Calls."""

    def __init__(self, exchange: Exchange, later: Callable[[Callable[[], None]], None]) -> None:
        self._exchange = exchange
        self._later = later
        self._free_from = datetime.min.replace(tzinfo=UTC)  # when the next call may start

    def create(self, fields: Mapping[str, str], events: list[str]) -> Json:
        """A leg that is rung when the account's pace allows it."""
        remark_unknown(self._exchange, fields, CREATES)
        refuse_bad_order(fields, self._exchange.account.owns)
        to, shown = fields["To"], fields["From"]
        leg = phone_leg(self._exchange, Direction.OVER_REST, to, shown)
        leg.fallback = fields.get("FallbackUrl")
        leg.fallback_method = fields.get("FallbackMethod", "POST")
        leg.reports = reports_wanted(fields, events)
        self._events(leg)
        request = Request(fields["Url"], fields.get("Method", "POST"))
        longest = min(int(fields.get("Timeout", RING_SECONDS)), 600) + ALWAYS_LONGER

        def starts() -> None:
            if not leg.over:
                life = rung_life(self._exchange, leg, request, longest, play)
                begin(self._exchange.line, leg, life)

        self._exchange.line.at(self._slot(), starts)
        return self._shown(leg)

    def update(self, sid: str, fields: Mapping[str, str]) -> Json:
        """A leg is hung up, or goes to another document."""
        leg = self._leg(sid)
        remark_unknown(self._exchange, fields, UPDATES)
        if "Status" in fields:
            self._end(leg, fields["Status"])
        elif "Url" in fields:
            self._move(leg, fields)
        else:
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, 21205, "Url or Status is required")
        return self._shown(leg)

    def listed(self, path: str, fields: Mapping[str, str]) -> Json:
        """The legs that began since an instant, a page of them."""
        remark_unknown(self._exchange, fields, LISTS)
        first = since(fields, STARTED)
        legs = [leg for leg in self._exchange.legs.values() if leg.asked_at >= first]
        newest_first = sorted(legs, key=lambda leg: leg.asked_at, reverse=True)
        return page(path, "calls", [self._shown(leg) for leg in newest_first], fields)

    def shown(self, sid: str) -> Json:
        """A leg as it is."""
        return self._shown(self._leg(sid))

    def _events(self, leg: Leg) -> None:
        for name in sorted(leg.reports.events - EVENTS if leg.reports else ()):
            self._exchange.trouble(leg, 21626, f"no status callback event {name}")

    def _slot(self) -> datetime:
        """When the account's calls per second let the next call start."""
        exchange = self._exchange
        earliest = exchange.line.now() + exchange.faults.rest_latency
        slot = max(earliest, self._free_from)
        self._free_from = slot + timedelta(seconds=1 / exchange.account.calls_per_second)
        return slot

    def _end(self, leg: Leg, status: str) -> None:
        if status not in {"completed", "canceled"}:
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, 20001, f"Status {status} is not possible")
        talking = leg.status is Status.IN_PROGRESS
        if leg.over or (talking and status == "canceled"):
            raise RefusedOrder(
                HTTPStatus.BAD_REQUEST, 21220, "Call is not in-progress. Cannot redirect."
            )
        self._later(lambda: hang_up(self._exchange, leg, EndedBy.HOTLINE))

    def _move(self, leg: Leg, fields: Mapping[str, str]) -> None:
        if leg.status is not Status.IN_PROGRESS:
            raise RefusedOrder(
                HTTPStatus.BAD_REQUEST, 21220, "Call is not in-progress. Cannot redirect."
            )
        if not is_url(fields["Url"]):
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, 21205, "Url is not a valid URL")
        leg.fallback = fields.get("FallbackUrl", leg.fallback)
        leg.fallback_method = fields.get("FallbackMethod", leg.fallback_method)
        news = Moved(Request(fields["Url"], fields.get("Method", "POST")))
        self._later(lambda: interrupt(self._exchange.line, leg, news, lambda: not leg.over))

    def _shown(self, leg: Leg) -> Json:
        account = self._exchange.account.sid
        return {
            "sid": leg.sid,
            "account_sid": account,
            "to": leg.to,
            "from": leg.origin,
            "status": leg.status.value,
            "direction": leg.direction.value,
            "parent_call_sid": leg.parent.sid if leg.parent else None,
            "date_created": format_datetime(leg.asked_at),
            "start_time": format_datetime(leg.answered_at) if leg.answered_at else None,
            "end_time": format_datetime(leg.ended_at) if leg.ended_at else None,
            "api_version": "2010-04-01",
            "uri": f"/2010-04-01/Accounts/{account}/Calls/{leg.sid}.json",
        }

    def _leg(self, sid: str) -> Leg:
        leg = self._exchange.legs.get(CallSid(sid))
        if leg is None:
            raise RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
        return leg


def remark_unknown(exchange: Exchange, fields: Mapping[str, str], known: frozenset[str]) -> None:
    """Remark what no request of Twilio's has."""
    for name in sorted(set(fields) - known):
        exchange.trouble(None, 0, f"REST parameter {name} is unknown to Twilio")
