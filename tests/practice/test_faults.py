"""What can go wrong at a carrier goes wrong when it is told to."""

import itertools

import pytest

from hotline.practice import NO_FAULTS, Callbacks, Faults, Rest, Webhooks
from tests.practice.stage import ADA, ADA_NUMBER, MINUTE, PUBLIC, SECOND, SHOWN, START, Stage

LEG = f"{PUBLIC}/leg"
EVENTS = ["initiated", "ringing", "answered", "completed"]


def staged(faults: Faults) -> Stage:
    stage = Stage().plays("<Pause length='60'/>", leg="<Say>hello</Say>", events="")
    stage.carrier.faults = faults
    return stage.phone(ADA)


def sequences(stage: Stage) -> list[str]:
    stage.calls_out(StatusCallback=f"{PUBLIC}/events", StatusCallbackEvent=EVENTS)
    stage.driver.run_to_end()
    return [fields["SequenceNumber"] for fields in stage.app.fields_of("/events")]


@pytest.mark.parametrize(("rest", "status"), [(Rest.FAILS, 500), (Rest.BUSY, 429)])
def test_a_failing_rest_does_nothing(rest: Rest, status: int) -> None:
    stage = staged(Faults(rest=rest))
    answer, _ = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    stage.driver.run_to_end()
    assert answer == status
    assert stage.legs() == []


def test_rest_may_fail_for_a_while() -> None:
    stage = staged(Faults(rest=Rest.FAILS))
    stage.carrier.at(START + MINUTE, lambda: setattr(stage.carrier, "faults", NO_FAULTS))
    before, _ = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    stage.driver.run_for(2 * MINUTE)
    after, _ = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    assert (before, after) == (500, 201)


def test_a_lost_answer_leaves_a_call_behind() -> None:
    stage = staged(Faults(rest=Rest.LOSES_ANSWERS))
    status, answer = stage.rest(To=ADA_NUMBER, From=SHOWN, Url=LEG)
    stage.driver.run_to_end()
    assert status == 502
    assert "sid" not in answer
    assert len(stage.app.fields_of("/leg")) == 1


def test_a_slow_rest_takes_effect_later() -> None:
    stage = staged(Faults(rest_latency=3 * SECOND))
    sid = stage.rings(patience=MINUTE)
    stage.app.documents["/moved"] = "<Say>moved</Say>"
    stage.app.documents["/voice/incoming"] = "<Say>hello</Say><Pause length='60'/>"
    stage.calls_out()
    stage.driver.run_for(2 * SECOND)

    stage.rest(f"/{sid}", Url=f"{PUBLIC}/moved")
    stage.driver.run_to_end()

    assert stage.legs()[0].rung_at == START + 3 * SECOND
    assert stage.app.times_of("/moved") == [5.0]


@pytest.mark.parametrize(
    ("callbacks", "arrive"),
    [
        (Callbacks.WELL, "0123"),
        (Callbacks.LOST, ""),
        (Callbacks.DOUBLED, "00112233"),
        (Callbacks.REORDERED, "1032"),
    ],
)
def test_status_callbacks_fare_as_told(callbacks: Callbacks, arrive: str) -> None:
    assert "".join(sequences(staged(Faults(callbacks=callbacks)))) == arrive


def test_the_last_of_reordered_callbacks_is_not_kept() -> None:
    stage = staged(Faults(callbacks=Callbacks.REORDERED))
    stage.calls_out(
        StatusCallback=f"{PUBLIC}/events", StatusCallbackEvent=["ringing", "answered", "completed"]
    )
    stage.driver.run_to_end()
    assert [each["CallStatus"] for each in stage.app.fields_of("/events")] == [
        "in-progress",
        "ringing",
        "completed",
    ]


def test_late_callbacks_carry_the_time_they_speak_of() -> None:
    stage = staged(Faults(callbacks_late=20 * SECOND))
    assert sequences(stage) == ["0", "1", "2", "3"]
    assert stage.app.times_of("/events")[0] == 20.0
    assert stage.app.fields_of("/events")[0]["Timestamp"] == "Tue, 24 Nov 2026 15:10:00 +0000"


def test_a_repeated_webhook_is_the_same_request() -> None:
    stage = staged(Faults(webhooks=Webhooks.TWICE))
    stage.rings()
    stage.to_end()
    first, second = (a for a in stage.app.asked if a.path == "/voice/incoming")
    assert first.message == second.message
    assert stage.carrier.troubles() == ()


def test_a_repeat_that_is_answered_differently_is_remarked_and_the_first_counts() -> None:
    answers = (f"<Say>answer {n}</Say>" for n in itertools.count(1))
    stage = staged(Faults(webhooks=Webhooks.TWICE))
    stage.app.documents["/voice/incoming"] = lambda _: next(answers)

    stage.rings()
    record = stage.to_end()

    assert [said.text for said in record.transcript] == ["answer 1"]
    assert [trouble.code for trouble in stage.carrier.troubles()] == [0]
