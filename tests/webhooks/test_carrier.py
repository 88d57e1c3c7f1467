"""What we ask of the carrier by REST, and what its refusals and silences mean to us."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.exceptions import ChunkedEncodingError, ConnectTimeout, ReadTimeout, SSLError
from requests.exceptions import ConnectionError as NoConnection
from urllib3.exceptions import MaxRetryError, ProtocolError

from hotline.ports import (
    AnswerLostError,
    CallSid,
    Dialled,
    LegOrder,
    LegOverError,
    PortError,
    Recorded,
)
from tests import make
from tests.scenarios.stage import SECRETS, SITE
from webhooks.carrier import TwilioCarrier

ORDER = LegOrder("tel:+8613912345678", "/voice/leg/abc/answered", "/voice/leg/abc/status", 20)
LEG = CallSid("CA" + "1" * 32)


class Answers(BaseAdapter):
    """Answers every request alike, and remembers what was asked."""

    def __init__(
        self,
        status: int = 201,
        code: int = 0,
        raises: Exception | None = None,
        body: str | None = None,
    ) -> None:
        super().__init__()
        self._status, self._code, self._raises, self._body = status, code, raises, body
        self.asked: list[PreparedRequest] = []
        self.patience: list[float] = []

    def send(self, request: PreparedRequest, *_: Any, **more: Any) -> Response:
        """One answer."""
        self.asked.append(request)
        self.patience.append(more["timeout"])
        if self._raises is not None:
            raise self._raises
        response = Response()
        response.status_code = self._status
        body = {"sid": LEG, "code": self._code, "message": "+8613912345678", "status": self._status}
        response.raw = BytesIO((self._body or json.dumps(body)).encode())
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is held."""

    def form(self) -> list[tuple[str, str]]:
        """The fields of the last request."""
        return parse_qsl(str(self.asked[-1].body))


def carrier(answers: Answers) -> TwilioCarrier:
    secrets = replace(SECRETS, api_base="http://carrier.invalid")
    return TwilioCarrier(SITE.carrier, secrets, answers)


def asked_to(verb: str) -> Callable[[TwilioCarrier], object]:
    return {
        "ring": lambda carrier: carrier.ring(ORDER),
        "move": lambda carrier: carrier.move(LEG, "/voice/join/abc/def"),
        "hang up": lambda carrier: carrier.hang_up(LEG),
    }[verb]


def test_a_leg_is_asked_for_with_our_number_its_webhooks_and_its_first_and_last_event() -> None:
    answers = Answers()

    assert carrier(answers).ring(ORDER) == LEG

    assert answers.asked[0].url == (
        f"http://carrier.invalid/2010-04-01/Accounts/{SECRETS.account_sid}/Calls.json"
    )
    assert sorted(answers.form()) == [
        ("FallbackUrl", "https://hotline.example/voice/fallback"),
        ("From", SITE.carrier.caller_id),
        ("StatusCallback", "https://hotline.example/voice/leg/abc/status"),
        ("StatusCallbackEvent", "completed"),
        ("StatusCallbackEvent", "initiated"),
        ("Timeout", "20"),
        ("To", "+8613912345678"),
        ("Url", "https://hotline.example/voice/leg/abc/answered"),
    ]
    assert answers.patience == [SITE.carrier.request_seconds]


def test_a_telephone_is_rung_over_a_trunk_of_ours_and_nothing_else_is() -> None:
    answers, trunk = Answers(), "BY" + "0" * 32
    settings = replace(SITE.carrier, byoc=trunk)
    secrets = replace(SECRETS, api_base="http://carrier.invalid")
    over_trunk = TwilioCarrier(settings, secrets, answers)

    over_trunk.ring(ORDER)
    assert dict(answers.form())["Byoc"] == trunk
    over_trunk.ring(LegOrder("sip:ada@volunteers.example", "/a", "/b", 20))
    assert "Byoc" not in dict(answers.form())


@pytest.mark.parametrize(
    ("configured", "environment", "asked"),
    [
        ("http://a.invalid/api", "", "http://a.invalid/api/2010-04-01/"),
        ("http://a.invalid/api", "http://b.invalid", "http://b.invalid/2010-04-01/"),
    ],
)
def test_another_carrier_stands_in_the_file_or_in_the_environment(
    configured: str, environment: str, asked: str
) -> None:
    answers = Answers()
    settings = replace(SITE.carrier, api_base=configured)

    TwilioCarrier(settings, replace(SECRETS, api_base=environment), answers).ring(ORDER)

    assert str(answers.asked[0].url).startswith(asked)


@pytest.mark.parametrize("address", ["client:ada", "sip:ada@volunteers.example"])
def test_other_addresses_than_telephones_are_dialled_whole(address: str) -> None:
    answers = Answers()

    carrier(answers).ring(LegOrder(address, "/a", "/b", 20))

    assert dict(answers.form())["To"] == address


def test_a_caller_is_moved_to_an_address_of_ours() -> None:
    answers = Answers(200)

    carrier(answers).move(LEG, "/voice/join/abc/def")

    assert answers.form() == [
        ("Url", "https://hotline.example/voice/join/abc/def"),
        ("Method", "POST"),
    ]


@pytest.mark.parametrize("verb", ["ring", "move", "hang up"])
@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (500, PortError, False),
        (503, PortError, False),
        (429, PortError, False),
        (502, AnswerLostError, False),
        (504, AnswerLostError, False),
    ],
)
def test_what_may_pass_is_told_from_what_may_have_happened(
    verb: str, status: int, kind: type[PortError], permanent: bool
) -> None:
    with pytest.raises(PortError) as raised:
        asked_to(verb)(carrier(Answers(status)))

    assert type(raised.value) is kind
    assert raised.value.permanent is permanent
    assert str(status) in str(raised.value)


@pytest.mark.parametrize(("status", "code"), [(400, 21211), (401, 20003), (404, 20404)])
@pytest.mark.parametrize("verb", ["ring", "move"])
def test_a_refusal_stays_a_refusal(verb: str, status: int, code: int) -> None:
    with pytest.raises(PortError, match=str(code)) as raised:
        asked_to(verb)(carrier(Answers(status, code)))

    assert raised.value.permanent


@pytest.mark.parametrize(("status", "code"), [(400, 21220), (404, 20404)])
def test_hanging_up_what_has_ended_is_no_error(status: int, code: int) -> None:
    carrier(Answers(status, code)).hang_up(LEG)


@pytest.mark.parametrize(
    ("raised", "lost"),
    [
        (ReadTimeout(), True),
        (ConnectTimeout(), False),
        (NoConnection(), False),
        (NoConnection(MaxRetryError(None, "/", OSError("refused"))), False),  # type: ignore[arg-type]
        (SSLError(OSError("no certificate")), False),
        (NoConnection(ProtocolError("Connection aborted.", ConnectionResetError())), True),
        (NoConnection(BrokenPipeError()), True),
        (ChunkedEncodingError(ProtocolError("Connection broken")), True),
    ],
)
@pytest.mark.parametrize("verb", ["ring", "move", "hang up"])
def test_silence_is_a_lost_answer_and_no_connection_is_none(
    verb: str, raised: Exception, lost: bool
) -> None:
    with pytest.raises(PortError) as found:
        asked_to(verb)(carrier(Answers(raises=raised)))

    assert isinstance(found.value, AnswerLostError) is lost
    assert not found.value.permanent


@pytest.mark.parametrize(("status", "code"), [(400, 21220), (404, 20404)])
def test_a_leg_that_cannot_be_moved_because_it_has_ended_is_told_from_other_refusals(
    status: int, code: int
) -> None:
    with pytest.raises(LegOverError):
        carrier(Answers(status, code)).move(LEG, "/voice/join/abc")
    with pytest.raises(PortError) as raised:
        carrier(Answers(401, 20003)).move(LEG, "/voice/join/abc")
    assert not isinstance(raised.value, LegOverError)


@pytest.mark.parametrize("body", ["<html>Welcome</html>", "[]", "{}", '"yes"'])
def test_an_answer_that_cannot_be_read_may_have_been_a_yes(body: str) -> None:
    with pytest.raises(AnswerLostError):
        carrier(Answers(201, body=body)).ring(ORDER)


@pytest.mark.parametrize(("status", "permanent"), [(400, True), (429, False), (500, False)])
def test_a_refusal_in_the_carriers_newer_words_is_one(status: int, permanent: bool) -> None:
    told = {"type": "about:blank", "title": "no", "status": status, "code": 21211}

    with pytest.raises(PortError, match=rf"^the carrier answered {status} \(21211\)$") as raised:
        carrier(Answers(status, body=json.dumps(told))).ring(ORDER)

    assert raised.value.permanent is permanent


def test_no_sentence_of_an_error_holds_a_number() -> None:
    with pytest.raises(PortError) as raised:
        carrier(Answers(400, 21211)).ring(ORDER)

    assert "13912345678" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_recording_is_asked_for_with_our_secret_and_the_same_patience() -> None:
    answers = Answers(200)

    sound = carrier(answers).recording("RE1/../x")

    assert sound.startswith(b"{")
    (asked,) = answers.asked
    assert asked.method == "GET"
    assert asked.url == (
        f"http://carrier.invalid/2010-04-01/Accounts/{SECRETS.account_sid}"
        "/Recordings/RE1%2F..%2Fx.wav"
    )
    assert asked.headers["Authorization"].startswith("Basic ")
    assert answers.patience == [SITE.carrier.request_seconds]


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (401, True), (429, False)])
def test_a_recording_that_is_refused_is_told_without_its_address(
    status: int, permanent: bool
) -> None:
    with pytest.raises(PortError, match=rf"^the carrier answered {status} \({status}\)$") as told:
        carrier(Answers(status)).recording("RE1")
    assert told.value.permanent is permanent


def test_a_recording_that_does_not_come_is_told() -> None:
    with pytest.raises(AnswerLostError):
        carrier(Answers(raises=ReadTimeout())).recording("RE1")


def test_a_recording_is_erased_and_one_that_is_gone_is_no_error() -> None:
    answers = Answers(204)
    carrier(answers).erase_recording("RE1")
    assert answers.asked[0].method == "DELETE"
    assert str(answers.asked[0].url).endswith("/Recordings/RE1.json")

    carrier(Answers(404)).erase_recording("RE1")


def test_a_recording_that_may_not_be_erased_is_told() -> None:
    with pytest.raises(PortError, match="500"):
        carrier(Answers(500)).erase_recording("RE1")


def _entries(count: int, **of_each: object) -> list[dict[str, object]]:
    day = "Tue, 24 Nov 2026 15:10:{:02d} +0000"
    return [{"sid": f"X{n}", "date_created": day.format(n), **of_each} for n in range(count)]


def test_callers_legs_are_told_from_those_that_we_rang_and_from_those_that_go_on() -> None:
    over = {"direction": "inbound", "status": "completed", "from": "+8613900000000", "to": "96111"}
    (first,) = _entries(1, **over, end_time="Tue, 24 Nov 2026 15:11:00 +0000")
    live = {**first, "sid": "X1", "status": "in-progress", "end_time": None}
    rung = {**first, "sid": "X2", "direction": "outbound-api"}
    answers = Answers(200, body=json.dumps({"calls": [live, rung, first]}))

    found = carrier(answers).dialled_since(make.utc("2026-11-24 15:00"))

    began, ended = make.utc("2026-11-24 15:10"), make.utc("2026-11-24 15:11")
    assert list(found) == [
        Dialled("X1", "+8613900000000", "96111", began, None),
        Dialled("X0", "+8613900000000", "96111", began, ended),
    ]
    asked = parse_qs(urlsplit(str(answers.asked[0].url)).query)
    assert asked == {"StartTime>": ["2026-11-24T15:00:00Z"], "PageSize": ["1000"]}


def test_messages_that_are_whole_are_told_from_what_others_recorded() -> None:
    whole = {"source": "RecordVerb", "status": "completed", "duration": "7", "call_sid": "CA1"}
    (message,) = _entries(1, **whole)
    others = [
        {**message, "sid": "X1", "source": "OutboundAPI"},
        {**message, "sid": "X2", "status": "processing", "duration": "-1"},
        {**message, "sid": "X3", "status": "absent", "duration": None},
    ]
    answers = Answers(200, body=json.dumps({"recordings": [*others, message]}))

    found = carrier(answers).recorded_since(make.utc("2026-11-24 15:00"))

    assert list(found) == [Recorded("X0", "CA1", make.utc("2026-11-24 15:10"), 7)]


@pytest.mark.parametrize(
    ("status", "body"), [(500, "{}"), (429, "{}"), (404, "<html>"), (200, "{}"), (200, "<html>")]
)
def test_a_list_that_cannot_be_read_may_be_readable_later(status: int, body: str) -> None:
    with pytest.raises(PortError) as failed:
        carrier(Answers(status, body=body)).dialled_since(make.utc("2026-11-24 15:00"))
    assert not failed.value.permanent
