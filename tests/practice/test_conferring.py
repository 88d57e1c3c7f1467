"""Legs meet in a conference as Twilio lets them meet."""

from hotline.ports import CallSid
from hotline.practice import Behaviour, EndedBy, Reply
from tests.practice.stage import ADA, BO, BO_NUMBER, MINUTE, PUBLIC, SECOND, SHOWN, Stage, seconds


def room(attributes: str = "", action: str = "/done") -> str:
    return f"<Dial action='{action}'><Conference beep='false' {attributes}>r</Conference></Dial>"


def staged(caller: str, volunteer: str) -> Stage:
    stage = Stage().plays(caller, leg=volunteer, done="<Hangup/>", gone="<Say>we are sorry</Say>")
    return stage.phone(ADA)


def test_two_legs_talk_and_the_caller_ends_it_for_both() -> None:
    stage = staged(room("endConferenceOnExit='true'"), room("endConferenceOnExit='true'"))

    stage.rings(talk=MINUTE)
    stage.calls_out()
    record = stage.to_end()

    assert record.talk is not None
    assert record.talk.address == ADA
    assert record.talk.ended == record.talk.started + MINUTE
    leg = stage.legs()[0]
    assert leg.ended_at == record.ended_at
    assert leg.ended_by is EndedBy.HOTLINE
    done = stage.app.fields_of("/done")
    assert {fields["DialCallStatus"] for fields in done} == {"answered"}
    assert all("DialCallSid" not in fields for fields in done)


def test_the_caller_hears_what_follows_when_the_volunteer_drops() -> None:
    stage = staged(room(action="/gone"), room("endConferenceOnExit='true'"))
    stage.phone(ADA, Behaviour(drops_after=20 * SECOND))

    stage.rings(talk=5 * MINUTE)
    stage.calls_out()
    record = stage.to_end()

    assert record.talk is not None
    assert record.talk.ended == record.talk.started + 20 * SECOND
    assert record.transcript[-1].text == "we are sorry"


def test_without_end_on_exit_the_other_stays_alone_in_silence() -> None:
    stage = staged(room(action="/gone"), room())
    stage.phone(ADA, Behaviour(drops_after=20 * SECOND))

    stage.rings(talk=5 * MINUTE, patience=MINUTE)
    stage.calls_out()
    record = stage.to_end()

    assert record.ended_by is EndedBy.CALLER
    assert seconds(record.longest_silence) == 60.0


def test_a_room_does_not_start_without_somebody_who_starts_it() -> None:
    waits = "startConferenceOnEnter='false'"
    stage = staged(room(waits), room(waits))
    stage.rings(patience=30 * SECOND)
    stage.calls_out()
    assert stage.to_end().talks == ()


def test_a_room_starts_when_the_one_who_starts_it_comes() -> None:
    stage = staged(room("startConferenceOnEnter='false'"), room())
    stage.rings(talk=MINUTE)
    stage.calls_out()
    assert stage.to_end().talk is not None


def test_the_wait_document_of_a_room_is_asked_once_and_then_there_is_silence() -> None:
    stage = staged(room("waitUrl='/wait'"), room())
    stage.app.documents["/wait"] = "<Say>please hold</Say>"

    stage.rings(patience=20 * SECOND)
    record = stage.to_end()

    assert len(stage.app.fields_of("/wait")) == 1
    assert seconds(record.longest_silence) > 15.0


def test_a_room_without_a_wait_document_plays_music() -> None:
    stage = staged(room(), room())
    stage.rings(patience=20 * SECOND)
    assert seconds(stage.to_end().longest_silence) == 0.0


def test_the_talk_cuts_the_wait_document_short() -> None:
    stage = staged(room("waitUrl='/wait'"), room())
    stage.app.documents["/wait"] = "<Say loop='100'>please hold</Say>"
    stage.rings(talk=MINUTE)
    stage.calls_out()
    assert stage.to_end().talk is not None


def test_a_failing_wait_document_drops_out_of_the_dial() -> None:
    stage = staged(room("waitUrl='/wait'", action="/gone"), room())
    stage.app.documents["/wait"] = Reply(500, "text/html", b"oops")

    stage.rings()
    record = stage.to_end()

    assert [trouble.code for trouble in record.errors] == [11200]
    assert record.transcript[-1].text == "we are sorry"


def test_a_circle_through_a_failing_wait_document_is_given_up() -> None:
    stage = staged(room("waitUrl='/wait'", action="/voice/incoming"), room())
    stage.app.documents["/wait"] = "<Leave/>"
    stage.rings()
    assert stage.to_end().stranded


def test_a_time_limit_ends_the_talk() -> None:
    limited = room(action="/gone").replace("<Dial", "<Dial timeLimit='30'")
    stage = staged(limited, room("endConferenceOnExit='true'"))
    stage.rings(talk=5 * MINUTE)
    stage.calls_out()
    record = stage.to_end()
    assert seconds(record.talks[0].ended - record.arrived if record.talks[0].ended else None) < 36.0
    assert record.transcript[-1].text == "we are sorry"


def test_three_may_talk_and_one_may_leave() -> None:
    stage = staged(room("endConferenceOnExit='true'"), room())
    stage.phone(BO, Behaviour(drops_after=20 * SECOND))

    stage.rings(talk=MINUTE)
    stage.calls_out()
    stage.calls_out(to=BO_NUMBER)
    record = stage.to_end()

    assert {talk.address for talk in record.talks} == {ADA, BO}
    assert record.ended_by is EndedBy.CALLER


def test_only_the_first_participants_events_are_sent() -> None:
    events = "statusCallback='/events' statusCallbackEvent='start end join leave'"
    stage = staged(
        room(events + " endConferenceOnExit='true' participantLabel='caller'"),
        room(events.replace("/events", "/others")),
    )
    stage.app.documents["/events"] = ""

    sid = stage.rings(talk=MINUTE)
    stage.calls_out()
    stage.to_end()

    got = stage.app.fields_of("/events")
    assert [each["StatusCallbackEvent"] for each in got] == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "conference-end",
        "participant-leave",
    ]
    assert CallSid(got[0]["CallSid"]) == sid
    assert got[0]["ParticipantLabel"] == "caller"
    assert "From" not in got[0]
    assert stage.app.fields_of("/others") == []


def test_a_full_room_lets_nobody_in() -> None:
    stage = staged(room(), room())
    stage.app.documents["/leg"] = "<Dial><Conference maxParticipants='2'>r</Conference></Dial>"
    stage.phone(BO)

    stage.rings(talk=MINUTE)
    stage.calls_out()
    stage.calls_out(to=BO_NUMBER)
    stage.to_end()

    assert [trouble.code for trouble in stage.legs()[1].errors] == [13234]
    assert not stage.legs()[1].accepted


def test_a_caller_moved_at_the_very_instant_the_room_ends_hears_the_new_document() -> None:
    stage = staged(room(), room("endConferenceOnExit='true'"))
    stage.app.documents["/moved"] = "<Pause length='5'/><Say>moved</Say>"
    sid = stage.rings(talk=5 * MINUTE)
    stage.calls_out()
    stage.driver.run_for(20 * SECOND)

    stage.rest(f"/{stage.legs()[0].sid}", Status="completed")
    stage.rest(f"/{sid}", Url=f"{PUBLIC}/moved")
    record = stage.to_end()

    assert record.transcript[-1].text == "moved"


def test_a_muted_participant_hears_and_is_not_heard() -> None:
    stage = staged(room("endConferenceOnExit='true'"), room())
    stage.app.documents["/muted"] = room("muted='true' startConferenceOnEnter='false'")
    stage.phone(BO)

    stage.rings(talk=MINUTE)
    stage.calls_out()
    stage.rest("", To=BO_NUMBER, From=SHOWN, Url=f"{PUBLIC}/muted")
    record = stage.to_end()

    listener = stage.legs()[1]
    assert {talk.address for talk in record.talks} == {ADA}
    assert "(listens to a person)" in [said.text for said in listener.transcript]
    assert not listener.talks


def test_a_listener_alone_does_not_start_a_room() -> None:
    waits = "muted='true' startConferenceOnEnter='false'"
    stage = staged(room(waits), room(waits))
    stage.rings(patience=30 * SECOND)
    stage.calls_out()
    assert not [s for s in stage.to_end().transcript if "listens" in s.text]


def test_a_coach_speaks_to_one_alone_and_hears_everybody() -> None:
    stage = staged(room("endConferenceOnExit='true'"), room())
    stage.phone(BO)

    stage.rings(talk=MINUTE)
    coached = stage.calls_out()
    attributes = f"coach='{coached}' startConferenceOnEnter='false'"
    stage.app.documents["/coach"] = room(attributes)
    stage.driver.run_for(10 * SECOND)
    stage.rest("", To=BO_NUMBER, From=SHOWN, Url=f"{PUBLIC}/coach")
    record = stage.to_end()

    coach = stage.legs()[1]
    assert {talk.address for talk in record.talks} == {ADA}
    assert [talk.address for talk in coach.talks] == [ADA]
    assert "(listens to a person)" in [said.text for said in coach.transcript]


def test_who_coaches_somebody_who_is_not_there_goes_on_to_the_action() -> None:
    stage = staged(room("endConferenceOnExit='true'"), room())
    stage.app.documents["/coach"] = room("coach='CA0'", action="/gone")
    stage.phone(BO)

    stage.rings(talk=MINUTE)
    stage.calls_out()
    stage.rest("", To=BO_NUMBER, From=SHOWN, Url=f"{PUBLIC}/coach")
    stage.to_end()

    coach = stage.legs()[1]
    assert [trouble.code for trouble in coach.errors] == [13240]
    assert coach.transcript[-1].text == "we are sorry"


def test_who_overheard_a_talk_is_in_silence_when_the_speaker_has_gone() -> None:
    stage = staged(room(), room("muted='true'"))
    stage.phone(ADA, Behaviour(stays=10 * SECOND))

    stage.rings(talk=MINUTE, patience=20 * SECOND)
    stage.calls_out()
    stage.to_end()

    listener = stage.legs()[0]
    assert listener.ended_by is EndedBy.PHONE
    assert listener.ended_at is not None
    assert listener.ended_at > stage.carrier.calls()[0].arrived + 20 * SECOND


def test_the_star_leaves_the_room_for_the_action_of_the_dial() -> None:
    starred = room("endConferenceOnExit='true'", action="/menu")
    stage = staged(room(action="/gone"), starred.replace("<Dial", "<Dial hangupOnStar='true'"))
    stage.app.documents["/menu"] = "<Say>the menu</Say>"
    stage.phone(ADA, Behaviour(presses=((20 * SECOND, "3*"),)))

    stage.rings(talk=5 * MINUTE)
    stage.calls_out()
    record = stage.to_end()

    assert record.talk is not None
    assert 20 <= seconds((record.talk.ended or record.arrived) - record.talk.started) < 21
    assert record.transcript[-1].text == "we are sorry"
    assert stage.legs()[0].transcript[-1].text == "the menu"


def test_a_participants_event_tells_how_it_takes_part() -> None:
    stage = staged(
        room("statusCallback='/events' statusCallbackEvent='join' endConferenceOnExit='true'"),
        room("muted='true' startConferenceOnEnter='false'"),
    )
    stage.app.documents["/events"] = ""

    stage.rings(talk=MINUTE, patience=20 * SECOND)
    stage.calls_out()
    stage.to_end()

    first, second = stage.app.fields_of("/events")
    assert (first["Muted"], first["EndConferenceOnExit"]) == ("false", "true")
    assert (second["Muted"], second["StartConferenceOnEnter"]) == ("true", "false")
    assert first["Coaching"] == second["Hold"] == "false"
