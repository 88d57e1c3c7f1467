"""A caller waits in a queue as Twilio lets callers wait."""

import pytest

from hotline.practice import Answer, EndedBy, Reply
from tests.practice.stage import MINUTE, PUBLIC, SECOND, Stage, seconds

ENQUEUE = "<Enqueue waitUrl='/wait' action='/left'>q</Enqueue>"
FIVE_SECONDS = f"<Say>{'a' * 60}</Say><Pause length='1'/>"


def test_the_wait_document_is_asked_again_and_again() -> None:
    stage = Stage().plays(ENQUEUE, wait=FIVE_SECONDS, left="<Hangup/>")

    stage.rings(patience=12 * SECOND)
    stage.to_end()

    assert stage.app.times_of("/wait") == [0.0, 5.0, 10.0]
    visits = stage.app.fields_of("/wait")
    assert [each["QueueTime"] for each in visits] == ["0", "5", "10"]
    assert visits[0]["QueuePosition"] == "1"
    assert visits[0]["CurrentQueueSize"] == "1"
    assert visits[0]["MaxQueueSize"] == "1000"
    assert visits[0]["QueueSid"].startswith("QU")
    assert visits[0]["CallStatus"] == "in-progress"


def test_the_action_learns_that_the_caller_hung_up() -> None:
    stage = Stage().plays(ENQUEUE, wait=FIVE_SECONDS, left="<Say>too late</Say>")

    stage.rings(patience=12 * SECOND)
    record = stage.to_end()

    fields = stage.app.fields_of("/left")[0]
    assert (fields["QueueResult"], fields["QueueTime"]) == ("hangup", "12")
    assert fields["CallStatus"] == "completed"
    assert record.ended_by is EndedBy.CALLER
    assert "too late" not in [said.text for said in record.transcript]


def test_positions_move_up_and_waits_are_averaged() -> None:
    stage = Stage().plays(ENQUEUE, wait=FIVE_SECONDS, left="<Hangup/>")

    stage.rings(patience=12 * SECOND)
    second = stage.rings(patience=20 * SECOND, after=SECOND)
    stage.to_end()

    visits = [f for f in stage.app.fields_of("/wait") if f["CallSid"] == second]
    assert [each["QueuePosition"] for each in visits] == ["2", "2", "2", "1"]
    assert [each["AvgQueueTime"] for each in visits] == ["0", "0", "0", "12"]


def test_leave_asks_the_action_at_once_and_its_document_is_played() -> None:
    stage = Stage().plays(ENQUEUE, wait="<Say>out</Say><Leave/>", left="<Say>next</Say>")

    stage.rings()
    record = stage.to_end()

    assert stage.app.fields_of("/left")[0]["QueueResult"] == "leave"
    assert [said.text for said in record.transcript] == ["out", "next"]


def test_leave_without_an_action_goes_on_with_the_next_verb() -> None:
    stage = Stage().plays("<Enqueue waitUrl='/wait'>q</Enqueue><Say>next</Say>", wait="<Leave/>")
    stage.rings()
    assert [said.text for said in stage.to_end().transcript] == ["next"]


def test_a_key_while_waiting_leads_to_another_document_within_the_queue() -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait="<Gather numDigits='1' action='/key'><Say>Press nine</Say></Gather>",
        key="<Leave/>",
        left="<Hangup/>",
    )

    stage.rings(Answer("Press nine", "9"))
    stage.to_end()

    assert stage.app.fields_of("/key")[0]["Digits"] == "9"
    assert stage.app.fields_of("/left")[0]["QueueResult"] == "leave"


def test_a_wait_document_may_lead_to_another_and_then_starts_anew() -> None:
    stage = Stage().plays(
        ENQUEUE, wait="<Redirect>/more</Redirect>", more=FIVE_SECONDS, left="<Hangup/>"
    )
    stage.rings(patience=8 * SECOND)
    stage.to_end()
    assert stage.app.times_of("/wait") == [0.0, 5.0]


def test_hangup_in_the_wait_document_ends_the_call() -> None:
    stage = Stage().plays(ENQUEUE, wait="<Hangup/>", left="<Hangup/>")

    stage.rings()
    record = stage.to_end()

    assert record.ended_by is EndedBy.HOTLINE
    assert stage.app.fields_of("/left")[0]["QueueResult"] == "hangup"


def test_an_empty_wait_document_does_not_spin() -> None:
    stage = Stage().plays(ENQUEUE, wait="", left="<Hangup/>")
    stage.rings(patience=3.5 * SECOND)
    stage.to_end()
    assert stage.app.times_of("/wait") == [0.0, 1.0, 2.0, 3.0]


@pytest.mark.parametrize(("wait_url", "silence"), [("", 0.0), ("waitUrl=''", 10.0)])
def test_music_is_no_silence(wait_url: str, silence: float) -> None:
    stage = Stage().plays(f"<Enqueue {wait_url}>q</Enqueue>")
    stage.rings(patience=10 * SECOND)
    assert seconds(stage.to_end().longest_silence) == silence


def test_a_full_queue_lets_nobody_in() -> None:
    full = "<Enqueue maxQueueSize='1' waitUrl='/wait' action='/left'>q</Enqueue>"
    stage = Stage().plays(full, wait=FIVE_SECONDS, left="<Hangup/>")

    stage.rings(patience=MINUTE)
    second = stage.rings(after=SECOND)
    stage.to_end()

    results = {each["CallSid"]: each["QueueResult"] for each in stage.app.fields_of("/left")}
    assert results[second] == "queue-full"


def test_a_failing_wait_document_falls_back() -> None:
    stage = Stage().plays(ENQUEUE, wait=Reply(500, "text/html", b"oops"))
    stage.app.documents["/voice/fallback"] = "<Say>sorry</Say>"

    stage.rings()
    record = stage.to_end()

    assert stage.app.fields_of("/voice/fallback")[0]["ErrorUrl"] == f"{PUBLIC}/wait"
    assert [said.text for said in record.transcript] == ["sorry"]


def test_a_dial_of_the_wait_document_is_refused() -> None:
    stage = Stage().plays(ENQUEUE, wait="<Dial>+8613800000001</Dial>")
    stage.rings()
    record = stage.to_end()
    assert record.errors[0].code == 12200
    assert record.stranded


def test_rest_moves_a_waiting_caller_and_the_action_is_told_only() -> None:
    stage = Stage().plays(
        ENQUEUE, wait=FIVE_SECONDS, left="<Say>wrong</Say>", moved="<Say>right</Say>"
    )
    sid = stage.rings()
    stage.driver.run_for(7 * SECOND)

    status, _ = stage.rest(f"/{sid}", Url=f"{PUBLIC}/moved")
    record = stage.to_end()

    assert status == 200
    assert stage.app.times_of("/moved") == [7.0]
    assert stage.app.fields_of("/left")[0]["QueueResult"] == "redirected"
    spoken = [said.text for said in record.transcript]
    assert "right" in spoken
    assert "wrong" not in spoken


def test_a_call_dials_the_queue_and_talks_to_its_first_member() -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait=FIVE_SECONDS,
        left="<Hangup/>",
        leg="<Dial action='/done'><Queue url='/before'>q</Queue></Dial>",
        before="<Say>a person answers</Say>",
        done="<Hangup/>",
    )
    stage.phone("tel:+8613800000001")
    stage.rings(talk=MINUTE)

    stage.calls_out()
    record = stage.to_end()

    assert record.talk is not None
    assert record.talk.address == "tel:+8613800000001"
    assert record.talk.ended == record.talk.started + MINUTE
    assert stage.app.fields_of("/before")[0]["DequeingCallSid"] == stage.legs()[0].sid
    assert stage.app.fields_of("/done")[0]["DialCallStatus"] == "completed"


def test_the_action_hears_bridged_when_the_dialling_call_has_gone() -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait=FIVE_SECONDS,
        left="<Say>still here</Say>",
        leg="<Dial timeLimit='20'><Queue>q</Queue></Dial>",
    )
    stage.phone("tel:+8613800000001")
    stage.rings(talk=MINUTE)

    stage.calls_out()
    record = stage.to_end()

    assert stage.app.fields_of("/left")[0]["QueueResult"] == "bridged"
    assert record.talk is not None
    assert record.talk.ended == record.talk.started + 20 * SECOND
    assert record.transcript[-1].text == "still here"


def test_dialling_an_empty_queue_waits_for_somebody() -> None:
    stage = Stage().plays(
        ENQUEUE, wait=FIVE_SECONDS, left="<Hangup/>", leg="<Dial><Queue>q</Queue></Dial>"
    )
    stage.phone("tel:+8613800000001")
    stage.rings(patience=SECOND)  # makes the queue
    stage.rings(talk=MINUTE, after=20 * SECOND)

    stage.calls_out()
    stage.to_end()

    second = stage.carrier.calls()[1]
    assert second.talk is not None
    assert second.talk.started == second.arrived


@pytest.mark.parametrize(("queue", "status"), [("q", "no-answer"), ("unknown", "failed")])
def test_dialling_a_queue_without_members_fails_in_the_end(queue: str, status: str) -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait=FIVE_SECONDS,
        left="<Hangup/>",
        leg=f"<Dial action='/done' timeout='10'><Queue>{queue}</Queue></Dial>",
        done="<Hangup/>",
    )
    stage.phone("tel:+8613800000001")
    stage.rings(patience=SECOND)

    stage.calls_out()
    stage.to_end()

    assert stage.app.fields_of("/done")[0]["DialCallStatus"] == status


def test_a_member_who_leaves_at_the_very_instant_it_is_dialled_has_left() -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait="<Pause length='5'/><Leave/>",
        left="<Pause length='3'/><Say>out</Say>",
        leg="<Dial action='/done'><Queue>q</Queue></Dial>",
        done="<Hangup/>",
    )
    stage.phone("tel:+8613800000001")  # answers after 5 seconds

    stage.calls_out()
    stage.rings()
    record = stage.to_end()

    assert [fields["QueueResult"] for fields in stage.app.fields_of("/left")] == ["leave"]
    assert record.talks == ()
    assert record.transcript[-1].text == "out"
    assert stage.app.times_of("/done") == [5.0]


def test_a_member_moved_out_of_the_talk_hears_the_new_document() -> None:
    stage = Stage().plays(
        ENQUEUE,
        wait=FIVE_SECONDS,
        left="<Hangup/>",
        leg="<Dial><Queue>q</Queue></Dial>",
        moved="<Pause length='5'/><Say>moved</Say>",
    )
    stage.phone("tel:+8613800000001")
    sid = stage.rings(talk=5 * MINUTE)
    stage.calls_out()
    stage.driver.run_for(30 * SECOND)

    stage.rest(f"/{sid}", Url=f"{PUBLIC}/moved")
    record = stage.to_end()

    assert record.transcript[-1].text == "moved"
