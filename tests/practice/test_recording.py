"""A message is recorded as Twilio records it."""

import wave
from datetime import timedelta
from io import BytesIO

import pytest

from hotline.practice import EndedBy, Rest
from hotline.practice.faults import Faults
from tests.practice.stage import ACCOUNT, MINUTE, SECOND, Stage, authorization

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


def kept(seconds: timedelta = 20 * SECOND) -> tuple[Stage, str]:
    """A carrier with one recording, and its address without an ending."""
    stage = staged()
    stage.rings(leaves_message=seconds)
    stage.to_end()
    sid = stage.app.fields_of("/kept")[0]["RecordingSid"]
    return stage, f"/2010-04-01/Accounts/{ACCOUNT.sid}/Recordings/{sid}"


def test_a_recording_is_a_file_that_a_player_can_read() -> None:
    stage, path = kept()

    status, sound = stage.carrier.rest.sound(f"{path}.wav", authorization(ACCOUNT))

    assert status == 200
    assert isinstance(sound, bytes)
    with wave.open(BytesIO(sound)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 8000, 16000)


def test_a_recording_is_not_there_before_the_carrier_has_made_it() -> None:
    stage, path = staged(), ""
    stage.rings(leaves_message=20 * SECOND)
    stage.driver.run_for(25 * SECOND)
    sid = stage.app.fields_of("/kept")[0]["RecordingSid"]
    path = f"/2010-04-01/Accounts/{ACCOUNT.sid}/Recordings/{sid}.wav"

    assert stage.carrier.rest.sound(path, authorization(ACCOUNT))[0] == 404
    stage.driver.run_for(2 * SECOND)
    assert stage.carrier.rest.sound(path, authorization(ACCOUNT))[0] == 200


def test_a_deleted_recording_is_gone() -> None:
    stage, path = kept()

    first = stage.carrier.handle("DELETE", f"{path}.json", [], authorization(ACCOUNT))
    again, _ = stage.carrier.handle("DELETE", f"{path}.json", [], authorization(ACCOUNT))

    assert first == (204, {})
    assert again == 404
    assert stage.carrier.rest.sound(f"{path}.wav", authorization(ACCOUNT))[0] == 404


@pytest.mark.parametrize(
    ("path", "presented", "status"),
    [
        ("", None, 401),
        ("x", authorization(ACCOUNT), 404),
        ("/more", authorization(ACCOUNT), 404),
    ],
)
def test_a_recording_is_given_to_its_owner_by_its_address_only(
    path: str, presented: str | None, status: int
) -> None:
    stage, known = kept()
    assert stage.carrier.rest.sound(f"{known}{path}.wav", presented)[0] == status


def test_when_requests_fail_so_do_those_for_recordings() -> None:
    stage, path = kept()
    stage.carrier.faults = Faults(rest=Rest.FAILS)
    assert stage.carrier.rest.sound(f"{path}.wav", authorization(ACCOUNT))[0] == 500
