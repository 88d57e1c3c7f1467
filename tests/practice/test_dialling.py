"""A call dials telephones as Twilio dials them."""

import pytest

from hotline.practice import (
    ACCEPTS,
    BUSY,
    DECLINES,
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
)
from tests.practice.stage import (
    ADA,
    ADA_NUMBER,
    BO,
    BO_NUMBER,
    MINUTE,
    PUBLIC,
    SECOND,
    SHOWN,
    Stage,
    seconds,
)

WHISPER = (
    "<Gather numDigits='1' action='/pressed' timeout='5'><Say>Press one now</Say></Gather><Hangup/>"
)


def dial(*nouns: str, more: str = "") -> str:
    inner = "".join(nouns) or f"<Number url='/whisper'>{ADA_NUMBER}</Number>"
    return f"<Dial callerId='{SHOWN}' action='/done' {more}>{inner}</Dial>"


def staged(document: str) -> Stage:
    stage = Stage().plays(document, whisper=WHISPER, done="<Hangup/>")
    stage.app.documents["/pressed"] = lambda fields: "" if fields["Digits"] == "1" else "<Hangup/>"
    return stage


def done(stage: Stage) -> tuple[str, str]:
    fields = stage.app.fields_of("/done")[0]
    return fields["DialCallStatus"], fields["DialBridged"]


def test_an_accepted_whisper_bridges_and_the_caller_hangs_up() -> None:
    stage = staged(dial()).phone(ADA)

    sid = stage.rings(talk=MINUTE)
    record = stage.to_end()

    assert record.talk is not None
    assert (record.talk.address, record.talk.person) == (ADA, True)
    assert record.talk.ended == record.talk.started + MINUTE
    assert record.ended_by is EndedBy.CALLER
    whisper = stage.app.fields_of("/whisper")[0]
    assert whisper["ParentCallSid"] == sid
    assert whisper["Direction"] == "outbound-dial"
    assert (whisper["From"], whisper["To"]) == (SHOWN, ADA_NUMBER)
    assert done(stage) == ("completed", "true")
    assert stage.app.fields_of("/done")[0]["CallStatus"] == "completed"
    leg = stage.legs()[0]
    assert (leg.parent, leg.shown, leg.keys, leg.accepted) == (sid, SHOWN, "1", True)
    assert leg.ended_by is EndedBy.HOTLINE


def test_the_action_is_played_when_the_volunteer_drops() -> None:
    stage = staged(dial()).phone(ADA, Behaviour(drops_after=30 * SECOND))
    stage.app.documents["/done"] = "<Say>we are sorry</Say>"

    stage.rings(talk=MINUTE)
    record = stage.to_end()

    fields = stage.app.fields_of("/done")[0]
    assert done(stage) == ("completed", "true")
    assert fields["DialCallDuration"] == "30"
    assert fields["DialCallSid"] == stage.legs()[0].sid
    assert fields["CallStatus"] == "in-progress"
    assert record.transcript[-1].text == "we are sorry"
    assert stage.legs()[0].ended_by is EndedBy.PHONE


def test_without_an_action_the_next_verb_follows() -> None:
    stage = Stage().plays(f"<Dial callerId='{SHOWN}'>{ADA_NUMBER}</Dial><Say>next</Say>")
    stage.phone(ADA, BUSY).rings()
    assert stage.to_end().transcript[-1].text == "next"


def test_with_an_action_the_next_verb_never_follows() -> None:
    stage = staged(dial() + "<Say>next</Say>").phone(ADA, BUSY)
    stage.rings()
    assert [said.text for said in stage.to_end().transcript] == []


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (BUSY, ("busy", "false")),
        (DECLINES, ("busy", "false")),
        (OFF, ("failed", "false")),
        (RINGS_OUT, ("no-answer", "false")),
        (PASSES, ("completed", "false")),
        (SILENT, ("completed", "false")),
        (MAILBOX, ("completed", "false")),
        (HANGS_UP_IN_WHISPER, ("completed", "false")),
    ],
)
def test_a_phone_that_does_not_accept_is_not_bridged(
    behaviour: Behaviour, expected: tuple[str, str]
) -> None:
    stage = staged(dial()).phone(ADA, behaviour)

    stage.rings()
    record = stage.to_end()

    assert done(stage) == expected
    assert record.talks == ()
    assert not stage.legs()[0].accepted
    assert stage.legs()[0].behaviour == behaviour.habit


def test_the_ring_lasts_five_seconds_longer_than_asked() -> None:
    stage = staged(dial(more="timeout='10'")).phone(ADA, RINGS_OUT)
    stage.rings()
    stage.to_end()
    assert stage.app.times_of("/done") == [15.0]


def test_a_number_nobody_has_rings_out_and_a_strange_address_fails() -> None:
    stage = staged(dial("<Number>+8613800000077</Number>"))
    stage.rings()
    stage.to_end()
    assert done(stage) == ("no-answer", "false")

    stage = staged(dial("<Sip>sip:nobody@x.invalid</Sip>"))
    stage.rings()
    stage.to_end()
    assert done(stage) == ("failed", "false")


@pytest.mark.parametrize(
    ("noun", "address"),
    [
        ("<Sip>sip:ada@x.invalid;transport=tls?X-Line=1</Sip>", "sip:ada@x.invalid"),
        ("<Client>ada</Client>", "client:ada"),
    ],
)
def test_sip_and_client_phones_are_rung_by_their_address(noun: str, address: str) -> None:
    stage = staged(dial(noun)).phone(address)
    stage.rings(talk=MINUTE)
    record = stage.to_end()
    assert record.talk is not None
    assert record.talk.address == address


def test_the_first_to_pick_up_wins_and_the_others_stop_ringing() -> None:
    nouns = [f"<Number url='/whisper'>{number}</Number>" for number in (ADA_NUMBER, BO_NUMBER)]
    stage = staged(dial(*nouns)).phone(ADA, Behaviour(answers_after=9 * SECOND)).phone(BO)

    stage.rings(talk=MINUTE)
    record = stage.to_end()

    ada, bo = stage.legs()
    assert record.talk is not None
    assert record.talk.address == BO
    assert ada.outcome == "canceled"
    assert ada.ended_at == bo.answered_at


def test_a_mailbox_that_wins_stops_the_others_and_then_refuses() -> None:
    nouns = [f"<Number url='/whisper'>{number}</Number>" for number in (ADA_NUMBER, BO_NUMBER)]
    first = Behaviour(Habit.MAILBOX, answers_after=SECOND)
    stage = staged(dial(*nouns)).phone(ADA, first).phone(BO)

    stage.rings()
    stage.to_end()

    assert done(stage) == ("completed", "false")
    assert stage.legs()[1].outcome == "canceled"


def test_two_who_pick_up_at_once_are_one_winner() -> None:
    nouns = [f"<Number url='/whisper'>{number}</Number>" for number in (ADA_NUMBER, BO_NUMBER)]
    stage = staged(dial(*nouns)).phone(ADA).phone(BO)

    stage.rings(talk=MINUTE)
    record = stage.to_end()

    assert [talk.address for talk in record.talks] == [ADA]
    assert len(stage.app.fields_of("/whisper")) == 1


def test_one_after_the_other_if_sequential() -> None:
    nouns = [f"<Number>{number}</Number>" for number in (ADA_NUMBER, BO_NUMBER)]
    stage = staged(dial(*nouns, more="sequential='true' timeout='10'"))
    stage.phone(ADA, RINGS_OUT).phone(BO)

    stage.rings(talk=MINUTE)
    record = stage.to_end()

    ada, bo = stage.legs()
    assert ada.ended_at == bo.asked_at
    assert record.talk is not None
    assert record.talk.address == BO


def test_a_caller_who_gives_up_stops_the_ringing() -> None:
    stage = staged(dial()).phone(ADA, RINGS_OUT)

    stage.rings(patience=8 * SECOND)
    record = stage.to_end()

    leg = stage.legs()[0]
    assert leg.ended_at == record.ended_at
    assert leg.outcome == "canceled"
    assert done(stage) == ("canceled", "false")


def test_a_talk_is_bounded_by_the_time_limit() -> None:
    stage = staged(dial(more="timeLimit='30'")).phone(ADA)
    stage.rings(talk=10 * MINUTE)
    record = stage.to_end()
    assert record.talk is not None
    assert record.talk.ended == record.talk.started + 30 * SECOND


@pytest.mark.parametrize(("more", "answered"), [("", True), ("answerOnBridge='true'", False)])
def test_answer_on_bridge_does_not_pick_up_before(more: str, answered: bool) -> None:
    stage = staged(dial(more=more)).phone(ADA, RINGS_OUT)
    stage.app.documents["/done"] = ""
    stage.rings()
    assert (stage.to_end().answered_at is not None) is answered


def test_answer_on_bridge_keeps_the_ringback_in_the_whisper() -> None:
    slow = Behaviour(thinks=4 * SECOND)
    with_it = staged(dial(more="answerOnBridge='true'")).phone(ADA, slow)
    without = staged(dial()).phone(ADA, slow)
    with_it.rings(talk=MINUTE)
    without.rings(talk=MINUTE)
    heard, whispered = with_it.to_end(), without.to_end()
    assert seconds(heard.longest_silence + heard.longest_whisper) == 0.0
    assert seconds(whispered.longest_silence) == 0.0
    assert seconds(whispered.longest_whisper) > 4.0


@pytest.mark.parametrize("shown", ["", "callerId='+8613900000009'", "callerId='+15550001111'"])
def test_a_call_that_came_by_sip_must_show_a_number_of_the_account(shown: str) -> None:
    document = f"<Dial {shown} action='/done'>{ADA_NUMBER}</Dial>"
    stage = staged(document).phone(ADA)

    stage.rings(dials="sip:96111@x.invalid")
    record = stage.to_end()

    assert [trouble.code for trouble in record.errors] == [13214]
    assert done(stage) == ("failed", "false")
    assert stage.legs() == []


def test_a_call_from_the_telephone_network_shows_its_own_number_by_itself() -> None:
    stage = staged(f"<Dial action='/done'>{ADA_NUMBER}</Dial>").phone(ADA)
    stage.rings(talk=MINUTE)
    stage.to_end()
    assert stage.legs()[0].shown == "+8613900000009"


def test_status_callbacks_of_a_dialled_leg_are_those_asked_for() -> None:
    events = "statusCallback='/events' statusCallbackEvent='initiated ringing answered completed'"
    stage = staged(dial(f"<Number {events}>{ADA_NUMBER}</Number>")).phone(ADA)
    stage.app.documents["/events"] = ""

    stage.rings(talk=MINUTE)
    stage.to_end()

    got = stage.app.fields_of("/events")
    statuses = [each["CallStatus"] for each in got]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]
    assert [each["SequenceNumber"] for each in got] == ["0", "1", "2", "3"]


def test_a_whisper_that_fails_ends_the_leg_and_not_the_call() -> None:
    stage = staged(dial()).phone(ADA)
    stage.app.documents["/whisper"] = "<Dial>+8613800000002</Dial>"

    stage.rings()
    record = stage.to_end()

    assert done(stage) == ("completed", "false")
    assert [trouble.code for trouble in stage.legs()[0].errors] == [12200]
    assert not record.stranded


def test_rest_moves_the_caller_and_the_dialled_phone_is_free() -> None:
    stage = staged(dial()).phone(ADA)
    stage.app.documents["/moved"] = "<Say>moved</Say>"
    sid = stage.rings(talk=5 * MINUTE)
    stage.driver.run_for(MINUTE)

    stage.rest(f"/{sid}", Url=f"{PUBLIC}/moved")
    record = stage.to_end()

    assert record.transcript[-1].text == "moved"
    assert stage.legs()[0].ended_at == record.arrived + MINUTE
    assert stage.app.fields_of("/done") == []


def test_rest_moves_the_dialled_leg_and_the_callers_dial_is_over() -> None:
    stage = staged(dial()).phone(ADA)
    stage.app.documents["/moved"] = "<Say>thank you</Say>"
    stage.app.documents["/done"] = "<Say>goodbye</Say>"
    stage.rings(talk=5 * MINUTE)
    stage.driver.run_for(MINUTE)

    stage.rest(f"/{stage.legs()[0].sid}", Url=f"{PUBLIC}/moved")
    record = stage.to_end()

    assert record.transcript[-1].text == "goodbye"
    assert stage.legs()[0].transcript[-1].text == "thank you"
    assert done(stage) == ("completed", "true")


def test_a_phone_without_a_whisper_is_bridged_at_once_even_a_mailbox() -> None:
    stage = staged(dial(f"<Number>{ADA_NUMBER}</Number>")).phone(ADA, MAILBOX)

    stage.rings(patience=40 * SECOND)
    record = stage.to_end()

    assert [talk.person for talk in record.talks] == [False]
    assert record.talk is None
    assert seconds(record.waited) == 40.0


def test_the_caller_may_hang_up_the_talk_by_the_star_key() -> None:
    stage = staged("<Say>Press star</Say>" + dial(more="hangupOnStar='true'"))
    stage.phone(ADA, ACCEPTS)
    stage.rings(Answer("Press star", "*", thinks=30 * SECOND), talk=10 * MINUTE)
    stage.to_end()
    assert done(stage) == ("completed", "true")
    assert stage.app.times_of("/done")[0] < 32.0


def test_the_star_key_also_stops_the_ringing() -> None:
    stage = staged("<Say>Press star</Say>" + dial(more="hangupOnStar='true'"))
    stage.phone(ADA, RINGS_OUT)
    stage.rings(Answer("Press star", "*", thinks=9 * SECOND), patience=5 * MINUTE)
    stage.to_end()
    assert done(stage) == ("no-answer", "false")
    assert stage.legs()[0].outcome == "canceled"


def test_other_keys_neither_end_nor_lengthen_a_talk() -> None:
    stage = staged("<Say>Press two</Say>" + dial(more="hangupOnStar='true' timeLimit='30'"))
    stage.phone(ADA)
    stage.rings(Answer("Press two", "2", thinks=20 * SECOND), talk=10 * MINUTE)
    record = stage.to_end()
    assert record.talk is not None
    assert record.talk.ended == record.talk.started + 30 * SECOND


def test_what_follows_a_time_limit_is_heard_in_full() -> None:
    document = f"<Dial callerId='{SHOWN}' timeLimit='30'>{ADA_NUMBER}</Dial>"
    stage = staged(f"{document}<Say>{'a' * 300}</Say><Redirect>/then</Redirect>").phone(ADA)
    stage.app.documents["/then"] = "<Hangup/>"
    stage.rings(talk=10 * MINUTE)
    stage.to_end()
    assert stage.app.times_of("/then") == [5.0 + 30.0 + 20.0]
