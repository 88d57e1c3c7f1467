"""A message is recorded as Twilio records it."""

from datetime import timedelta

import pytest

from hotline.practice import EndedBy
from tests.practice.stage import MINUTE, SECOND, Stage

RECORD = "<Record action='/kept' maxLength='60' timeout='4' recordingStatusCallback='/ready'/>"


def staged(document: str = RECORD) -> Stage:
    stage = Stage().plays(document + "<Say>nothing heard</Say>", kept="<Say>thank you</Say>")
    stage.app.documents["/ready"] = ""
    return stage


def test_a_message_ends_after_silence_and_the_action_gets_it() -> None:
    stage = staged()

    stage.rings(leaves_message=20 * SECOND)
    record = stage.to_end()

    fields = stage.app.fields_of("/kept")[0]
    assert fields["RecordingDuration"] == "20"
    assert fields["RecordingSid"].startswith("RE")
    assert fields["RecordingUrl"].endswith(fields["RecordingSid"])
    assert stage.app.times_of("/kept") == [25.0]  # a beep, the words, 4 s of silence
    assert record.message == 20 * SECOND
    assert record.transcript[-1].text == "thank you"


def test_the_recording_callback_lacks_the_usual_parameters() -> None:
    stage = staged()

    sid = stage.rings(leaves_message=20 * SECOND)
    stage.to_end()

    ready = stage.app.fields_of("/ready")[0]
    assert ready["RecordingStatus"] == "completed"
    assert ready["CallSid"] == sid
    assert "From" not in ready


def test_silence_asks_nothing_and_the_next_verb_follows() -> None:
    stage = staged()

    stage.rings(leaves_message=None)
    record = stage.to_end()

    assert stage.app.fields_of("/kept") == []
    assert stage.app.fields_of("/ready") == []
    assert record.message is None
    assert record.transcript[-1].text == "nothing heard"


def test_a_long_message_is_cut() -> None:
    stage = staged()
    stage.rings(leaves_message=3 * MINUTE)
    assert stage.to_end().message == MINUTE


@pytest.mark.parametrize(("after", "kept"), [(12, 11), (23, 20)])
def test_hanging_up_keeps_what_was_said(after: int, kept: int) -> None:
    stage = staged()
    sid = stage.rings(leaves_message=20 * SECOND)
    stage.driver.run_for(after * SECOND)

    stage.rest(f"/{sid}", Status="completed")
    record = stage.to_end()

    assert record.message == timedelta(seconds=kept)
    assert stage.app.fields_of("/kept")[0]["Digits"] == "hangup"
    assert len(stage.app.fields_of("/ready")) == 1


def test_patience_begins_anew_after_a_message() -> None:
    stage = staged("<Say>hello</Say>" + RECORD + "<Pause length='600'/>")
    stage.app.documents["/kept"] = "<Pause length='600'/>"

    stage.rings(leaves_message=30 * SECOND, patience=20 * SECOND)
    record = stage.to_end()

    assert record.message == 30 * SECOND
    assert record.ended_by is EndedBy.CALLER


def test_nobody_leaves_two_messages() -> None:
    stage = staged(RECORD + RECORD.replace("/kept", "/again"))
    stage.app.documents["/kept"] = "<Record action='/again'/>"
    stage.rings(leaves_message=20 * SECOND)
    stage.to_end()
    assert stage.app.fields_of("/again") == []


def test_no_beep_if_not_wanted() -> None:
    stage = staged("<Record playBeep='false'/>")
    stage.rings()
    assert [said.text for said in stage.to_end().transcript] == ["nothing heard"]
