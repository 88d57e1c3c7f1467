"""Phones and callers behave as they were told to."""

from datetime import datetime, timedelta

import pytest

from hotline.practice import (
    ACCEPTS,
    HANGS_UP_IN_WHISPER,
    MAILBOX,
    OFF,
    PASSES,
    RINGS_OUT,
    SILENT,
    Answer,
    Behaviour,
    EndedBy,
    Habit,
    at_first,
    slower,
)
from hotline.practice.parties.speech import seconds_to_say
from tests.practice.stage import ADA, BO, BO_NUMBER, MINUTE, SECOND, START, Stage

WHISPER = (
    "<Gather numDigits='1' action='/pressed' timeout='5'>"
    "<Say>A caller waits. Press one to take the call.</Say></Gather>"
    "<Gather numDigits='1' action='/pressed' timeout='5'><Say>Press one now.</Say></Gather>"
    "<Say>Thank you.</Say>"
)


def whispered(behaviour: Behaviour) -> Stage:
    stage = Stage().plays("<Pause length='600'/>", leg=WHISPER, pressed="<Pause length='30'/>")
    stage.phone(ADA, behaviour)
    stage.calls_out()
    stage.driver.run_to_end()
    return stage


def pressed(stage: Stage) -> list[str]:
    return [fields["Digits"] for fields in stage.app.fields_of("/pressed")]


def test_who_accepts_hears_the_whisper_out_thinks_and_presses() -> None:
    stage = whispered(Behaviour(answers_after=7 * SECOND, thinks=3 * SECOND))
    words = seconds_to_say("A caller waits. Press one to take the call.")
    assert pressed(stage) == ["1"]
    assert stage.app.times_of("/pressed") == [pytest.approx(7 + words + 3)]
    assert stage.legs()[0].keys == "1"


def test_who_passes_presses_another_key() -> None:
    assert pressed(whispered(PASSES)) == ["2"]


def test_whoever_thinks_longer_than_the_first_question_answers_the_second() -> None:
    stage = whispered(Behaviour(thinks=6 * SECOND))
    assert pressed(stage) == ["1"]


@pytest.mark.parametrize("behaviour", [SILENT, MAILBOX])
def test_silence_and_mailboxes_press_nothing_and_hear_the_document_out(
    behaviour: Behaviour,
) -> None:
    stage = whispered(behaviour)
    leg = stage.legs()[0]
    assert pressed(stage) == []
    assert leg.transcript[-1].text == "Thank you."
    assert leg.ended_by is EndedBy.HOTLINE


def test_a_mailbox_does_not_hold_the_line_for_ever() -> None:
    stage = Stage().plays("", leg="<Pause length='3600'/>")
    stage.phone(ADA, MAILBOX)
    stage.calls_out()
    stage.driver.run_to_end()
    leg = stage.legs()[0]
    assert leg.ended_by is EndedBy.PHONE
    assert leg.ended_at == START + MAILBOX.answers_after + MAILBOX.stays


def test_hanging_up_in_the_whisper_ends_the_leg() -> None:
    stage = whispered(HANGS_UP_IN_WHISPER)
    leg = stage.legs()[0]
    assert (leg.ended_by, leg.outcome) == (EndedBy.PHONE, "completed")
    assert leg.answered_at is not None
    assert leg.ended_at == leg.answered_at + HANGS_UP_IN_WHISPER.thinks


def test_a_phone_in_use_is_busy_and_it_is_remembered() -> None:
    stage = Stage().plays("", leg="<Pause length='60'/>")
    stage.phone(ADA)

    stage.calls_out()
    stage.calls_out()
    stage.driver.run_to_end()

    first, second = stage.legs()
    assert (first.rung_while_busy, second.rung_while_busy) == (False, True)
    assert second.outcome == "busy"
    assert second.answered_at is None


def test_a_phone_is_free_again_after_a_leg() -> None:
    stage = Stage().plays("", leg="<Say>hello</Say>")
    stage.phone(ADA)
    stage.calls_out()
    stage.driver.run_to_end()
    stage.calls_out()
    stage.driver.run_to_end()
    assert [leg.outcome for leg in stage.legs()] == ["completed", "completed"]


def test_behaviour_may_change_with_time() -> None:
    def tired(at: datetime) -> Behaviour:
        return ACCEPTS if at < START + MINUTE else OFF

    stage = Stage().plays("", leg="<Say>hello</Say>").phone(ADA, tired)
    stage.calls_out()
    stage.driver.run_until(START + 2 * MINUTE)
    stage.calls_out()
    stage.driver.run_to_end()
    assert [leg.outcome for leg in stage.legs()] == ["completed", "failed"]


def test_behaviour_may_change_with_each_ring() -> None:
    stage = Stage().plays("", leg="<Say>hello</Say>")
    stage.phone(ADA, at_first(1, RINGS_OUT, ACCEPTS)).phone(BO, slower(ACCEPTS, by=4 * SECOND))
    for _ in range(2):
        stage.calls_out()
        stage.driver.run_to_end()
    stage.calls_out(to=BO_NUMBER)
    stage.driver.run_to_end()
    legs = stage.legs()
    assert [leg.outcome for leg in legs] == ["no-answer", "completed", "completed"]
    assert legs[2].answered_at == legs[2].asked_at + 9 * SECOND


def test_a_phone_may_be_changed_at_any_time() -> None:
    stage = Stage().plays("", leg="<Say>hello</Say>")
    stage.phone(ADA).phone(ADA, OFF)
    stage.calls_out()
    stage.driver.run_to_end()
    assert stage.legs()[0].behaviour == Habit.OFF


def test_a_volunteer_left_alone_hangs_up_after_a_while() -> None:
    stage = Stage().plays("", leg="<Dial><Conference>r</Conference></Dial>").phone(ADA)
    stage.calls_out()
    stage.driver.run_to_end()
    leg = stage.legs()[0]
    assert leg.answered_at is not None
    assert (leg.ended_by, leg.ended_at) == (EndedBy.PHONE, leg.answered_at + ACCEPTS.stays)


def test_a_volunteer_in_a_talk_stays() -> None:
    room = "<Dial><Conference endConferenceOnExit='true'>r</Conference></Dial>"
    stage = Stage().plays(room, leg=room).phone(ADA)
    stage.rings(talk=20 * MINUTE)
    stage.calls_out()
    assert stage.to_end().ended_by is EndedBy.CALLER


def test_patience_ends_the_wait() -> None:
    stage = Stage().plays("<Pause length='600'/>")
    stage.rings(patience=90 * SECOND)
    record = stage.to_end()
    assert (record.ended_by, record.waited) == (EndedBy.CALLER, 90 * SECOND)


def test_a_caller_without_patience_waits_for_ever() -> None:
    stage = Stage().plays("<Pause length='3600'/>")
    stage.rings(patience=None)
    record = stage.to_end()
    assert (record.ended_by, record.waited) == (EndedBy.HOTLINE, timedelta(hours=1))


def test_a_caller_who_understands_the_goodbye_hangs_up() -> None:
    stage = Stage().plays("<Say language='zh-CN'>谢谢您，再见</Say><Pause length='600'/>")
    stage.rings(patience=None, hangs_up_on="再见")
    record = stage.to_end()
    assert record.ended_by is EndedBy.CALLER
    assert record.ended_at is not None
    assert (record.ended_at - record.arrived).total_seconds() < 4


def test_an_answer_may_wait_for_the_second_hearing() -> None:
    stage = Stage().plays(
        "<Gather numDigits='1' action='/keys' timeout='4'><Say>Press nine</Say></Gather>"
        "<Redirect/>",
        keys="<Hangup/>",
    )
    stage.rings(Answer("Press nine", "9", time=2))
    stage.to_end()
    assert len(stage.app.fields_of("/voice/incoming")) == 2
    assert len(stage.app.fields_of("/keys")) == 1


@pytest.mark.parametrize(
    ("text", "seconds"), [("a" * 15, 1.0), ("好" * 9, 2.0), ("", 0.5), ("好" * 9 + "a" * 15, 3.0)]
)
def test_chinese_and_letters_are_spoken_at_their_own_pace(text: str, seconds: float) -> None:
    assert seconds_to_say(text) == pytest.approx(seconds)


def test_a_phone_presses_what_was_agreed_on_hearing_certain_words() -> None:
    stage = Stage().plays("<Enqueue waitUrl=''>q</Enqueue>", key="<Say>thanks</Say>")
    stage.app.documents["/leg"] = (
        "<Gather numDigits='1' action='/key'><Say>one or two</Say></Gather>"
        "<Gather numDigits='1' action='/key'><Say>red or blue</Say></Gather>"
    )
    stage.phone(ADA, Behaviour(key="1", answers=(Answer("red", "7"),)))
    stage.app.documents["/key"] = lambda form: (
        "<Say>thanks</Say>" if form["Digits"] == "7" else "<Redirect>/second</Redirect>"
    )
    stage.app.documents["/second"] = (
        "<Gather numDigits='1' action='/key'><Say>red or blue</Say></Gather>"
    )

    stage.calls_out()
    stage.driver.run_to_end()

    assert stage.legs()[0].keys == "17"
