"""REST requests are answered as Twilio answers them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from werkzeug.serving import make_server

from hotline.practice import RINGS_OUT, RestApp
from tests.practice.stage import (
    ACCOUNT,
    ADA,
    ADA_NUMBER,
    BO,
    BO_NUMBER,
    MINUTE,
    PUBLIC,
    SECOND,
    SHOWN,
    Stage,
    authorization,
)

LEG = f"{PUBLIC}/leg"
CALLS = f"/2010-04-01/Accounts/{ACCOUNT.sid}/Calls.json"
EVENTS = ["initiated", "ringing", "answered", "completed"]


def staged() -> Stage:
    stage = Stage().plays("<Pause length='600'/>", leg="<Say>hello</Say><Pause length='30'/>")
    stage.app.documents["/events"] = ""
    return stage.phone(ADA).phone(BO)


def test_a_new_call_is_queued_and_then_rings_and_fetches_its_document() -> None:
    stage = staged()

    status, answer = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    stage.driver.run_to_end()

    assert (status, answer["status"]) == (201, "queued")
    fields = stage.app.fields_of("/leg")[0]
    assert fields["CallSid"] == answer["sid"]
    assert fields["Direction"] == "outbound-api"
    assert fields["CallStatus"] == "in-progress"
    assert (fields["From"], fields["To"]) == (SHOWN, ADA_NUMBER)
    assert stage.app.times_of("/leg") == [5.0]


def test_calls_start_one_a_second() -> None:
    stage = staged()
    for number in (ADA_NUMBER, BO_NUMBER, "+8613800000003"):
        stage.calls_out(to=number)
    stage.driver.run_for(10 * SECOND)
    rung = [leg.rung_at for leg in stage.legs()]
    assert [
        (at - leg.asked_at).total_seconds()
        for at, leg in zip(rung, stage.legs(), strict=True)
        if at
    ] == [0.0, 1.0, 2.0]


def test_status_callbacks_come_as_asked_for() -> None:
    stage = staged()

    stage.calls_out(StatusCallback=f"{PUBLIC}/events?leg=7", StatusCallbackEvent=EVENTS)
    stage.driver.run_to_end()

    got = stage.app.fields_of("/events")
    assert [(each["CallStatus"], each["SequenceNumber"]) for each in got] == [
        ("initiated", "0"),
        ("ringing", "1"),
        ("in-progress", "2"),
        ("completed", "3"),
    ]
    assert {each["leg"] for each in got} == {"7"}
    assert (got[3]["CallDuration"], got[3]["Duration"]) == ("30", "1")


def test_only_the_end_is_reported_if_no_events_are_named() -> None:
    stage = staged()
    stage.calls_out(StatusCallback=f"{PUBLIC}/events")
    stage.driver.run_to_end()
    assert [each["CallStatus"] for each in stage.app.fields_of("/events")] == ["completed"]


def test_a_leg_that_rings_out_ends_unanswered() -> None:
    stage = staged().phone(ADA, RINGS_OUT)
    stage.calls_out(Timeout="20")
    stage.driver.run_to_end()
    leg = stage.legs()[0]
    assert leg.outcome == "no-answer"
    assert leg.ended_at == leg.asked_at + 25 * SECOND  # Twilio may ring five seconds longer


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"To": ""}, 21201),
        ({"From": ""}, 21213),
        ({"Url": ""}, 21205),
        ({"Url": "/relative"}, 21205),
        ({"To": "13800000001"}, 21211),
        ({"To": f"tel:{ADA_NUMBER}"}, 21211),
        ({"To": "sip:nowhere"}, 21211),
        ({"To": "client:"}, 21211),
        ({"From": "nobody"}, 21212),
        ({"From": "+8625111111"}, 21210),
        ({"StatusCallback": "https://hot_line.test/events"}, 21609),
        ({"StatusCallback": "/events"}, 21609),
        ({"Timeout": "soon"}, 20001),
        ({"Method": "PUT"}, 20001),
    ],
)
def test_a_wrong_order_is_refused(fields: dict[str, str], code: int) -> None:
    stage = staged()
    status, answer = stage.rest(**{"To": ADA_NUMBER, "From": SHOWN, "Url": LEG, **fields})
    assert (status, answer["code"]) == (400, code)
    stage.driver.run_to_end()
    assert stage.legs() == []


@pytest.mark.parametrize("to", ["sip:ada@x.invalid", "client:ada"])
def test_sip_and_clients_can_be_called(to: str) -> None:
    stage = staged().phone(to)
    stage.calls_out(to=to)
    stage.driver.run_to_end()
    assert stage.legs()[0].answered_at is not None


@pytest.mark.parametrize("presented", [None, "Basic xyz", "Bearer a secret"])
def test_a_stranger_is_refused(presented: str | None) -> None:
    stage = staged()
    status, answer = stage.carrier.handle("POST", CALLS, [("To", ADA_NUMBER)], presented)
    assert (status, answer["code"]) == (401, 20003)


@pytest.mark.parametrize("path", ["/", CALLS.replace("a" * 32, "b" * 32), CALLS[:-5] + "/CAnone"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    stage = staged()
    status, answer = stage.carrier.handle("POST", path, [], authorization(ACCOUNT))
    assert (status, answer["code"]) == (404, 20404)


def test_an_unknown_method_is_refused() -> None:
    status, _ = staged().carrier.handle("DELETE", CALLS, [], authorization(ACCOUNT))
    assert status == 405


def test_a_misspelt_parameter_is_ignored_and_remarked() -> None:
    stage = staged()
    stage.calls_out(StatusCallbackEvents="completed")
    assert [trouble.sentence for trouble in stage.carrier.troubles()] == [
        "REST parameter StatusCallbackEvents is unknown to Twilio"
    ]


def test_an_unknown_event_is_warned_of() -> None:
    stage = staged()
    stage.calls_out(StatusCallback=f"{PUBLIC}/events", StatusCallbackEvent=["answerd", "completed"])
    stage.driver.run_to_end()
    assert [trouble.code for trouble in stage.carrier.troubles()] == [21626]
    assert len(stage.app.fields_of("/events")) == 1


def test_a_queued_call_can_be_canceled_and_never_rings() -> None:
    stage = staged()
    stage.calls_out()
    second = stage.calls_out(to=BO_NUMBER)

    status, _ = stage.rest(f"/{second}", Status="canceled")
    stage.driver.run_to_end()

    assert status == 200
    assert stage.legs()[1].rung_at is None
    assert stage.legs()[1].outcome == "canceled"


@pytest.mark.parametrize("wish", ["canceled", "completed"])
def test_a_ringing_call_can_be_ended(wish: str) -> None:
    stage = staged()
    sid = stage.calls_out()
    stage.driver.run_for(2 * SECOND)

    stage.rest(f"/{sid}", Status=wish)
    stage.driver.run_to_end()

    assert stage.legs()[0].outcome == "canceled"
    assert stage.app.fields_of("/leg") == []


def test_a_talking_call_can_be_completed_and_not_canceled() -> None:
    stage = staged()
    sid = stage.calls_out()
    stage.driver.run_for(10 * SECOND)

    refused, _ = stage.rest(f"/{sid}", Status="canceled")
    done, _ = stage.rest(f"/{sid}", Status="completed")
    stage.driver.run_for(SECOND)

    assert (refused, done) == (400, 200)
    assert stage.legs()[0].outcome == "completed"


@pytest.mark.parametrize("after", [2, 60])
def test_a_call_that_is_not_in_progress_cannot_be_moved(after: int) -> None:
    stage = staged()
    sid = stage.calls_out()
    stage.driver.run_for(after * SECOND)
    status, answer = stage.rest(f"/{sid}", Url=LEG)
    assert (status, answer["code"]) == (400, 21220)


def test_a_call_that_has_ended_cannot_be_ended() -> None:
    stage = staged()
    sid = stage.calls_out()
    stage.driver.run_for(MINUTE)
    status, answer = stage.rest(f"/{sid}", Status="completed")
    assert (status, answer["code"]) == (400, 21220)


def test_a_move_without_an_address_is_refused() -> None:
    stage = staged()
    sid = stage.calls_out()
    stage.driver.run_for(10 * SECOND)
    assert stage.rest(f"/{sid}", Url="/relative")[1]["code"] == 21205
    assert stage.rest(f"/{sid}", Method="POST")[1]["code"] == 21205
    assert stage.rest(f"/{sid}", Status="paused")[0] == 400


def test_too_many_requests_in_a_second_are_refused() -> None:
    stage = Stage(replace(ACCOUNT, rest_per_second=2)).phone(ADA)
    answers = [stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)[0] for _ in range(3)]
    stage.driver.run_for(SECOND)
    later, _ = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    assert answers == [201, 201, 429]
    assert later == 201


def test_a_leg_whose_document_fails_asks_its_own_fallback() -> None:
    stage = staged()
    stage.app.documents |= {"/leg": "<Shout/>", "/sorry": "<Say>sorry</Say>"}
    stage.calls_out(FallbackUrl=f"{PUBLIC}/sorry")
    stage.driver.run_to_end()
    assert stage.legs()[0].transcript[-1].text == "sorry"


@contextmanager
def served(app: RestApp) -> Iterator[Client]:
    """Twilio's own client, speaking to the carrier over HTTP."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    client = Client(ACCOUNT.sid, ACCOUNT.auth_token)
    client.api.base_url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield client
    finally:
        client.http_client.session.close()
        server.shutdown()
        thread.join()
        server.server_close()


def test_twilios_own_client_can_speak_to_it() -> None:
    stage = staged()
    with served(stage.carrier.rest_app) as client:
        call = client.calls.create(
            to=ADA_NUMBER,
            from_=SHOWN,
            url=LEG,
            status_callback=f"{PUBLIC}/events",
            status_callback_event=EVENTS,
            timeout=20,
        )
        stage.driver.run_for(10 * SECOND)
        assert client.calls(call.sid).fetch().status == "in-progress"
        assert client.calls(call.sid).update(url=LEG, method="POST").sid == call.sid
        assert client.calls(call.sid).update(status="completed").sid == call.sid
        with pytest.raises(TwilioRestException) as refused:
            client.calls.create(to="13800000001", from_=SHOWN, url=LEG)
    stage.driver.run_for(SECOND)
    assert refused.value.code == 21211
    assert len(stage.app.fields_of("/events")) == 4
    assert stage.carrier.troubles() == ()
