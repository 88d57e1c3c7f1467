"""What does the carrier answer to a REST request?"""

import base64
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from hotline.practice.exchange.exchange import Exchange
from hotline.practice.exchange.texting import send_text
from hotline.practice.faults import Rest
from hotline.practice.rest.calls import CallsApi, Json, remark_unknown
from hotline.practice.rest.orders import (
    TEXTS,
    RefusedOrder,
)
from hotline.practice.rest.recordings import LIST as RECORDINGS
from hotline.practice.rest.recordings import PATH as RECORDING_PATH
from hotline.practice.rest.recordings import RecordingsApi
from hotline.practice.rest.rooms import PATH as ROOM_PATH
from hotline.practice.rest.rooms import RoomsApi

_PATH = re.compile(r"/2010-04-01/Accounts/(AC\w+)/(Calls|Messages)(?:/(\w+))?(?:\.json)?")
Fields = Sequence[tuple[str, str]]


class RestApi:
    """Twilio's Calls, Messages, Conferences and Recordings, as far as a hotline needs them."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._calls = CallsApi(exchange, self._later)
        self._rooms = RoomsApi(exchange, self._later)
        self._recordings = RecordingsApi(exchange)
        never = datetime.min.replace(tzinfo=UTC)
        self._second: tuple[datetime, int] = (never, 0)  # requests in this second

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
            self._about_a_recording(method, path, form)
            or self._about_a_room(method, path, form)
            or self._about_a_call(method, path, form)
        )
        if self._exchange.faults.rest is Rest.LOSES_ANSWERS:
            raise RefusedOrder(HTTPStatus.BAD_GATEWAY, 20502, "the answer was lost")
        if self._exchange.faults.rest is Rest.ANSWERS_TOO_LATE:
            raise RefusedOrder(HTTPStatus.GATEWAY_TIMEOUT, 20504, "the answer is late")
        return answer

    def _about_a_recording(self, method: str, path: str, form: Fields) -> tuple[int, Json] | None:
        listed = RECORDINGS.fullmatch(path)
        if listed is not None and listed[1] == self._exchange.account.sid and method == "GET":
            return 200, self._recordings.listed(path, dict(form))
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
                return 201, self._calls.create(fields, events)
            case "POST", "Calls", sid:
                return 200, self._calls.update(sid, fields)
            case "GET", "Calls", None:
                return 200, self._calls.listed(found[0], fields)
            case "GET", "Calls", sid:
                return 200, self._calls.shown(sid)
            case "POST", "Messages", None:
                remark_unknown(self._exchange, fields, TEXTS)
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

    def _later(self, action: Callable[[], None]) -> None:
        late = self._exchange.faults.rest_latency.total_seconds()
        if late:
            self._exchange.line.after(late, action)
        else:
            action()


def _error(no: RefusedOrder) -> Json:
    return {
        "code": no.code,
        "message": str(no),
        "more_info": f"https://www.twilio.com/docs/errors/{no.code}",
        "status": no.status.value,
    }
