"""Each verb does to a call what Twilio says it does."""

import pytest

from hotline.practice import Answer, EndedBy, Reply
from tests.practice.stage import MINUTE, PUBLIC, SECOND, Stage, seconds

KEYS = '<Gather numDigits="1" action="/keys"><Say>Press one now, please do</Say></Gather>'
PRESSES_ONE = Answer("Press one", "1")


def words(stage: Stage) -> list[str]:
    return [said.text for said in stage.to_end().transcript if said.who == "hotline"]


def test_the_first_request_says_who_calls_whom() -> None:
    stage = Stage().plays("<Hangup/>")

    sid = stage.rings()
    stage.to_end()

    fields = stage.app.fields_of("/voice/incoming")[0]
    assert fields == {
        "CallSid": sid,
        "AccountSid": stage.account.sid,
        "From": "+8613900000009",
        "Caller": "+8613900000009",
        "To": "96111",
        "Called": "96111",
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
    }
    assert sid.startswith("CA")
    assert len(sid) == 34


def test_a_sip_call_says_so() -> None:
    stage = Stage().plays("<Hangup/>")

    stage.rings(dials="sip:96111@city.sip.invalid")
    stage.to_end()

    fields = stage.app.fields_of("/voice/incoming")[0]
    assert fields["To"] == "sip:96111@city.sip.invalid"
    assert fields["From"] == "sip:+8613900000009@practice.sip.invalid"
    assert fields["SipDomain"] == "city.sip.invalid"
    assert fields["SipCallId"]


@pytest.mark.parametrize(
    ("dials", "shown"), [("96111", "anonymous"), ("sip:96111@x.invalid", "sip:anonymous@")]
)
def test_a_withheld_number_is_not_a_number(dials: str, shown: str) -> None:
    stage = Stage().plays("<Hangup/>")

    stage.rings(dials=dials, number=None)
    stage.to_end()

    assert stage.app.fields_of("/voice/incoming")[0]["From"].startswith(shown)


def test_words_take_their_time_and_chinese_takes_longer() -> None:
    stage = Stage().plays(
        f"<Say>{'a' * 30}</Say><Say language='zh-CN'>{'好' * 9}</Say><Redirect>/then</Redirect>",
        then="<Hangup/>",
    )

    stage.rings()
    record = stage.to_end()

    assert stage.app.times_of("/then") == [4.0]
    assert record.first_words_at == record.arrived
    assert record.ended_by is EndedBy.HOTLINE


def test_a_loop_says_it_again() -> None:
    stage = Stage().plays(f"<Say loop='3'>{'a' * 30}</Say><Redirect>/then</Redirect>", then="")
    stage.rings()
    stage.to_end()
    assert stage.app.times_of("/then") == [6.0]


def test_the_end_of_a_document_ends_the_call_and_reports_it() -> None:
    stage = Stage().plays(f"<Say>{'a' * 30}</Say>")

    stage.rings()
    stage.to_end()

    status = stage.app.fields_of("/voice/status")
    assert [(each["CallStatus"], each["CallDuration"]) for each in status] == [("completed", "2")]
    assert status[0]["CallbackSource"] == "call-progress-events"
    assert status[0]["SequenceNumber"] == "0"
    assert status[0]["Timestamp"] == "Tue, 24 Nov 2026 15:10:02 +0000"


def test_a_pause_first_delays_the_pick_up() -> None:
    stage = Stage().plays("<Pause length='3'/><Say>hello</Say>")
    stage.rings()
    record = stage.to_end()
    assert record.answered_at == record.arrived + 3 * SECOND


def test_hangup_first_still_picks_up() -> None:
    stage = Stage().plays("<Hangup/>")
    stage.rings()
    assert stage.to_end().answered_at is not None


def test_reject_does_not_pick_up() -> None:
    stage = Stage().plays("<Reject reason='busy'/>")

    stage.rings()
    record = stage.to_end()

    assert record.answered_at is None
    assert stage.app.fields_of("/voice/status")[0]["CallStatus"] == "busy"


def test_leave_outside_of_a_queue_ends_the_call() -> None:
    stage = Stage().plays("<Say>one</Say><Leave/><Say>two</Say>")
    stage.rings()
    assert words(stage) == ["one"]


def test_redirect_is_relative_to_the_document_and_empty_is_itself() -> None:
    visits = iter(["<Say>again</Say><Redirect/>", "<Redirect>other</Redirect>"])
    stage = Stage().plays("<Redirect>/deep/er</Redirect>")
    stage.app.documents["/deep/er"] = lambda _: next(visits)
    stage.app.documents["/deep/other"] = "<Hangup/>"

    stage.rings()
    stage.to_end()

    paths = [asked.path for asked in stage.app.asked]
    assert paths[:4] == ["/voice/incoming", "/deep/er", "/deep/er", "/deep/other"]


def test_a_get_carries_everything_in_the_query() -> None:
    stage = Stage().plays("<Redirect method='GET'>/then?line=1</Redirect>", then="<Hangup/>")
    stage.rings()
    stage.to_end()
    asked = next(asked for asked in stage.app.asked if asked.path == "/then")
    assert asked.message.form == ()
    assert asked.fields["line"] == "1"
    assert asked.fields["To"] == "96111"


def test_a_fragment_is_neither_sent_nor_signed() -> None:
    stage = Stage().plays("<Redirect>/then#rc=2</Redirect>", then="<Hangup/>")
    stage.rings()
    stage.to_end()
    assert f"{PUBLIC}/then" in [asked.message.url for asked in stage.app.asked]


def test_a_gather_sends_what_was_pressed() -> None:
    stage = Stage().plays(KEYS, keys="<Hangup/>")

    stage.rings(PRESSES_ONE)
    stage.to_end()

    fields = stage.app.fields_of("/keys")[0]
    assert (fields["Digits"], fields["FinishedOnKey"]) == ("1", "")
    assert fields["CallStatus"] == "in-progress"


def test_a_gather_without_an_action_asks_the_current_document() -> None:
    stage = Stage().plays(
        lambda fields: "<Hangup/>" if "Digits" in fields else KEYS.replace('action="/keys"', "")
    )
    stage.rings(PRESSES_ONE)
    stage.to_end()
    assert [f.get("Digits") for f in stage.app.fields_of("/voice/incoming")] == [None, "1"]


def test_a_gather_without_keys_falls_through_with_no_request() -> None:
    stage = Stage().plays(
        f"<Gather timeout='7' action='/keys'><Say>{'a' * 30}</Say></Gather>"
        "<Redirect>/then</Redirect>",
        then="<Hangup/>",
    )

    stage.rings()
    stage.to_end()

    assert stage.app.fields_of("/keys") == []
    assert stage.app.times_of("/then") == [9.0]  # counted after the prompt


def test_a_gather_asks_also_without_keys_if_it_says_so() -> None:
    stage = Stage().plays("<Gather action='/keys' actionOnEmptyResult='true'/>", keys="<Hangup/>")
    stage.rings()
    stage.to_end()
    assert stage.app.fields_of("/keys")[0]["Digits"] == ""


def test_the_finish_key_ends_the_digits_and_is_not_one() -> None:
    stage = Stage().plays("<Gather action='/keys'><Say>Press one</Say></Gather>", keys="<Hangup/>")
    stage.rings(Answer("Press one", "12#"))
    stage.to_end()
    fields = stage.app.fields_of("/keys")[0]
    assert (fields["Digits"], fields["FinishedOnKey"]) == ("12", "#")


def test_the_finish_key_alone_falls_through() -> None:
    stage = Stage().plays("<Gather action='/keys'><Say>Press one</Say></Gather><Hangup/>")
    stage.rings(Answer("Press one", "#"))
    stage.to_end()
    assert stage.app.fields_of("/keys") == []


def test_a_gather_without_number_of_digits_waits_after_each_key() -> None:
    stage = Stage().plays(
        "<Gather action='/keys' timeout='4'><Say>Press one</Say></Gather>", keys="<Hangup/>"
    )
    stage.rings(Answer("Press one", "12"))
    stage.to_end()
    # 0.6 s of words, 1 s of thought, 0.3 s between the keys, 4 s of waiting for a third
    assert stage.app.times_of("/keys") == [pytest.approx(5.9)]
    assert stage.app.fields_of("/keys")[0]["Digits"] == "12"


def test_a_key_interrupts_the_prompts() -> None:
    stage = Stage().plays(
        f"<Gather numDigits='1' action='/keys'><Say>Press one</Say><Say>{'a' * 300}</Say></Gather>",
        keys="<Hangup/>",
    )
    stage.rings(PRESSES_ONE)
    stage.to_end()
    assert stage.app.times_of("/keys") == [pytest.approx(1.6)]


def test_keys_outside_of_a_gather_are_lost() -> None:
    stage = Stage().plays("<Say>Press one</Say><Pause length='10'/>" + KEYS.replace("one", "two"))

    stage.rings(Answer("Press one", "1"))
    record = stage.to_end()

    assert stage.app.fields_of("/keys") == []
    assert "(presses 1, unheard)" in [said.text for said in record.transcript]


def test_a_gather_of_speech_alone_hears_no_keys() -> None:
    stage = Stage().plays("<Gather input='speech' action='/keys'><Say>Press one</Say></Gather>")
    stage.rings(PRESSES_ONE)
    stage.to_end()
    assert stage.app.fields_of("/keys") == []


def test_silence_is_measured_and_words_are_no_silence() -> None:
    stage = Stage().plays("<Say>one</Say><Pause length='9'/><Say>two</Say><Pause length='4'/>")
    stage.rings()
    assert seconds(stage.to_end().longest_silence) == 9.0


def test_a_silence_that_lasts_is_measured_up_to_now() -> None:
    stage = Stage().plays("<Say>one</Say><Pause length='90'/>")
    stage.rings()
    stage.driver.run_for(MINUTE)
    assert seconds(stage.carrier.calls()[0].longest_silence) == pytest.approx(59.5)


def test_a_play_is_heard_for_a_while() -> None:
    stage = Stage().plays("<Play>/hello.mp3</Play><Play digits='ww1'/>")
    stage.rings()
    assert words(stage) == ["(recording /hello.mp3)", "(tones ww1)"]


def test_documents_that_only_lead_in_circles_are_given_up() -> None:
    stage = Stage().plays("<Redirect/>")
    stage.app.documents["/voice/fallback"] = "<Say>sorry</Say>"

    stage.rings()
    record = stage.to_end()

    assert [trouble.code for trouble in record.errors] == [11215]
    assert [said.text for said in record.transcript] == ["sorry"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Reply(500, "text/html", b"oops"), 11200),
        ("<Shout/>", 12200),
        (Reply(200, "application/json", b"{}"), 12300),
    ],
)
def test_the_fallback_speaks_when_a_document_fails(answer: Reply | str, code: int) -> None:
    stage = Stage().plays(answer)
    stage.app.documents["/voice/fallback"] = "<Say>sorry</Say>"

    stage.rings()
    record = stage.to_end()

    fields = stage.app.fields_of("/voice/fallback")[0]
    assert fields["ErrorCode"] == str(code)
    assert fields["ErrorUrl"] == f"{PUBLIC}/voice/incoming"
    assert [said.text for said in record.transcript] == ["sorry"]
    assert [trouble.code for trouble in record.errors] == [code]
    assert not record.stranded


def test_a_caller_is_stranded_when_the_fallback_fails_too() -> None:
    stage = Stage().plays("<Shout/>")

    stage.rings()
    record = stage.to_end()

    assert record.ended_by is EndedBy.CARRIER_ERROR
    assert record.stranded
    assert "An application error" in record.transcript[-1].text


def test_an_answer_that_comes_after_the_end_is_not_played() -> None:
    stage = Stage().plays("<Pause/><Say>one</Say><Redirect>/next</Redirect>", next="<Say>two</Say>")
    sid = stage.rings()

    def completes(_: dict[str, str]) -> None:
        status, _answer = stage.rest(f"/{sid}", Status="completed")
        assert status == 200

    stage.app.and_then["/next"] = completes
    assert words(stage) == ["one"]
