"""What does the carrier answer to a REST request?"""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus

from hotline.ports import CallSid
from hotline.practice.exchange.endings import hang_up
from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.legs import Direction, Leg, Status
from hotline.practice.exchange.lives import rung_life
from hotline.practice.exchange.playing import play
from hotline.practice.exchange.ringing import phone_leg
from hotline.practice.exchange.scripts import Moved, Request, begin, interrupt
from hotline.practice.exchange.texting import send_text
from hotline.practice.faults import Rest
from hotline.practice.record import EndedBy
from hotline.practice.rest_orders import (
    CREATES,
    EVENTS,
    TEXTS,
    UPDATES,
    RefusedOrder,
    is_url,
    refuse_bad_order,
    reports_wanted,
)
from hotline.practice.rest_recordings import PATH as RECORDING_PATH
from hotline.practice.rest_recordings import RecordingsApi
from hotline.practice.rest_rooms import PATH as ROOM_PATH
from hotline.practice.rest_rooms import RoomsApi

RING_SECONDS = 60
ALWAYS_LONGER = 5  # seconds; Twilio: "for some call flows"
_PATH = re.compile(r"/2010-04-01/Accounts/(AC\w+)/(Calls|Messages)(?:/(\w+))?(?:\.json)?")
Json = dict[str, object]
Fields = Sequence[tuple[str, str]]


class RestApi:
    """Twilio's Calls, Messages, Conferences and Recordings, as far as a hotline needs them."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._rooms = RoomsApi(exchange, self._later)
        self._recordings = RecordingsApi(exchange)
        self._free_from = datetime.min.replace(tzinfo=UTC)  # when the next call may start
        self._second: tuple[datetime, int] = (self._free_from, 0)  # requests in this second

    def handle(
        self, method: str, path: str, form: Fields, authorization: str | None
    ) -> tuple[int, Json]:
        """HTTP status and JSON of the answer. May be called from any thread."""
        with self._exchange.line.lock:
            try:
                return self._answer(method, path, form, authorization)
            except RefusedOrder as no:
                return no.status.value, _error(no)

    def sound(self, path: str, authorization: str | None) -> tuple[int, bytes | Json]:
        """HTTP status and the file itself, of a recording that is there; else the JSON."""
        with self._exchange.line.lock:
            try:
                self._admit(authorization)
                return 200, self._recordings.sound(self._recording_of(path))
            except RefusedOrder as no:
                return no.status.value, _error(no)

    def _answer(
        self, method: str, path: str, form: Fields, authorization: str | None
    ) -> tuple[int, Json]:
        self._admit(authorization)
        answer = (
            self._about_a_recording(method, path)
            or self._about_a_room(method, path, form)
            or self._about_a_call(method, path, form)
        )
        if self._exchange.faults.rest is Rest.LOSES_ANSWERS:
            raise RefusedOrder(HTTPStatus.BAD_GATEWAY, 20502, "the answer was lost")
        if self._exchange.faults.rest is Rest.ANSWERS_TOO_LATE:
            raise RefusedOrder(HTTPStatus.GATEWAY_TIMEOUT, 20504, "the answer is late")
        return answer

    def _about_a_recording(self, method: str, path: str) -> tuple[int, Json] | None:
        if method != "DELETE" or RECORDING_PATH.fullmatch(path) is None:
            return None
        self._recordings.delete(self._recording_of(path))
        return HTTPStatus.NO_CONTENT.value, {}

    def _recording_of(self, path: str) -> str:
        found = RECORDING_PATH.fullmatch(path)
        if found is None or found[1] != self._exchange.account.sid:
            raise RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
        return found[2]

    def _about_a_room(self, method: str, path: str, form: Fields) -> tuple[int, Json] | None:
        found = ROOM_PATH.fullmatch(path)
        if found is None or found[1] != self._exchange.account.sid or method != "POST":
            return None
        return 200, self._rooms.update(found[2], found[3], dict(form))

    def _about_a_call(self, method: str, path: str, form: Fields) -> tuple[int, Json]:
        found = _PATH.fullmatch(path)
        if found is None or found[1] != self._exchange.account.sid:
            raise RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
        return self._about_a_leg_or_text(method, found, form)

    def _about_a_leg_or_text(
        self, method: str, found: re.Match[str], form: Fields
    ) -> tuple[int, Json]:
        fields = dict(form)
        match method, found[2], found[3]:
            case "POST", "Calls", None:
                events = [value for name, value in form if name == "StatusCallbackEvent"]
                return 201, self._create(fields, events)
            case "POST", "Calls", sid:
                return 200, self._update(self._leg(sid), fields)
            case "GET", "Calls", sid if sid:
                return 200, self._shown(self._leg(sid))
            case "POST", "Messages", None:
                self._known(fields, TEXTS)
                return 201, send_text(self._exchange, fields)
        raise RefusedOrder(HTTPStatus.METHOD_NOT_ALLOWED, 20004, "Method not allowed")

    def _admit(self, authorization: str | None) -> None:
        account, faults = self._exchange.account, self._exchange.faults
        secret = base64.b64encode(f"{account.sid}:{account.auth_token}".encode()).decode()
        if authorization != f"Basic {secret}":
            raise RefusedOrder(HTTPStatus.UNAUTHORIZED, 20003, "Authenticate")
        if faults.rest is Rest.FAILS:
            raise RefusedOrder(HTTPStatus.INTERNAL_SERVER_ERROR, 20500, "Internal Server Error")
        if faults.rest is Rest.TIMES_OUT:
            raise RefusedOrder(HTTPStatus.GATEWAY_TIMEOUT, 20504, "nothing was done")
        if faults.rest is Rest.BUSY or self._too_many():
            raise RefusedOrder(HTTPStatus.TOO_MANY_REQUESTS, 20429, "Too Many Requests")

    def _too_many(self) -> bool:
        now = self._exchange.line.now()
        began, count = self._second
        if now - began >= timedelta(seconds=1):
            began, count = now, 0
        self._second = (began, count + 1)
        most = self._exchange.account.rest_per_second
        return most is not None and count >= most

    def _leg(self, sid: str) -> Leg:
        leg = self._exchange.legs.get(CallSid(sid))
        if leg is None:
            raise RefusedOrder(HTTPStatus.NOT_FOUND, 20404, "The requested resource was not found")
        return leg

    def _create(self, fields: Mapping[str, str], events: list[str]) -> Json:
        self._known(fields, CREATES)
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

    def _update(self, leg: Leg, fields: Mapping[str, str]) -> Json:
        self._known(fields, UPDATES)
        if "Status" in fields:
            self._end(leg, fields["Status"])
        elif "Url" in fields:
            self._move(leg, fields)
        else:
            raise RefusedOrder(HTTPStatus.BAD_REQUEST, 21205, "Url or Status is required")
        return self._shown(leg)

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

    def _later(self, action: Callable[[], None]) -> None:
        late = self._exchange.faults.rest_latency.total_seconds()
        if late:
            self._exchange.line.after(late, action)
        else:
            action()

    def _known(self, fields: Mapping[str, str], known: frozenset[str]) -> None:
        for name in sorted(set(fields) - known):
            self._exchange.trouble(None, 0, f"REST parameter {name} is unknown to Twilio")

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


def _error(no: RefusedOrder) -> Json:
    return {
        "code": no.code,
        "message": str(no),
        "more_info": f"https://www.twilio.com/docs/errors/{no.code}",
        "status": no.status.value,
    }
