"""Something is announced in a conference, to one or to all, as Twilio announces it."""

from datetime import timedelta

import pytest

from hotline.practice import Faults, Reply, Rest
from tests.practice.stage import ADA, MINUTE, PUBLIC, SECOND, Stage, authorization

EVENTS = "statusCallback='/events' statusCallbackEvent='join' endConferenceOnExit='true'"
URL = f"{PUBLIC}/announcement"


def in_a_room() -> tuple[Stage, str]:
    """A caller and Ada talk; the id of their conference."""
    document = f"<Dial><Conference beep='false' {EVENTS}>r</Conference></Dial>"
    stage = Stage().plays(document, leg=document, events="", announcement="<Say>listen</Say>")
    stage.phone(ADA).rings(talk=MINUTE)
    stage.calls_out()
    stage.driver.run_for(10 * SECOND)
    return stage, stage.app.fields_of("/events")[0]["ConferenceSid"]


def announces(stage: Stage, path: str, url: str = URL, **more: str) -> int:
    account = stage.account
    fields = [("AnnounceUrl", url), *more.items()]
    where = f"/2010-04-01/Accounts/{account.sid}/Conferences/{path}.json"
    return stage.carrier.handle("POST", where, fields, authorization(account))[0]


def heard(stage: Stage) -> list[bool]:
    """Whether the caller heard the announcement, and whether Ada did."""
    stage.driver.run_for(5 * SECOND)
    transcripts = (stage.carrier.calls()[0].transcript, stage.legs()[0].transcript)
    words = [[said.text for said in transcript] for transcript in transcripts]
    return ["(announcement) listen" in said for said in words]


def test_an_announcement_to_a_participant_is_heard_by_that_one_only() -> None:
    stage, room = in_a_room()

    status = announces(stage, f"{room}/Participants/{stage.legs()[0].sid}")

    assert status == 200
    assert heard(stage) == [False, True]
    assert stage.app.fields_of("/announcement")[0]["ConferenceSid"] == room


def test_an_announcement_to_the_conference_is_heard_by_all() -> None:
    stage, room = in_a_room()
    assert announces(stage, room) == 200
    assert heard(stage) == [True, True]


@pytest.mark.parametrize("path", ["CF0", "{room}/Participants/CA0"])
def test_nothing_is_announced_where_nobody_is(path: str) -> None:
    stage, room = in_a_room()
    assert announces(stage, path.format(room=room)) == 404
    assert heard(stage) == [False, False]


def test_an_announcement_needs_an_address() -> None:
    stage, room = in_a_room()
    assert announces(stage, room, url="nowhere") == 400


def test_a_conference_that_is_over_announces_nothing() -> None:
    stage, room = in_a_room()
    stage.to_end()
    assert announces(stage, room) == 404


def test_a_bad_announcement_is_remembered_and_nobody_hears_it() -> None:
    stage, room = in_a_room()
    stage.app.documents["/announcement"] = Reply(500, "text/html", b"oops")
    announces(stage, room)
    assert heard(stage) == [False, False]
    assert 11200 in [trouble.code for trouble in stage.carrier.troubles()]


def test_an_announcement_may_not_ask_for_keys() -> None:
    stage, room = in_a_room()
    stage.app.documents["/announcement"] = "<Gather><Say>listen</Say></Gather>"
    announces(stage, room)
    assert heard(stage) == [False, False]
    assert 12200 in [trouble.code for trouble in stage.carrier.troubles()]


def test_who_left_meanwhile_hears_nothing() -> None:
    stage, room = in_a_room()
    stage.carrier.faults = Faults(rest_latency=timedelta(seconds=2))
    announces(stage, room)
    stage.carrier.faults = Faults()
    stage.rest(f"/{stage.legs()[0].sid}", Status="completed")
    assert heard(stage) == [False, False]


def test_a_parameter_that_practice_does_not_know_is_remarked() -> None:
    stage, room = in_a_room()
    announces(stage, room, Hold="true")
    assert "Hold" in stage.carrier.troubles()[-1].sentence


@pytest.mark.parametrize(("rest", "status"), [(Rest.FAILS, 500), (Rest.LOSES_ANSWERS, 502)])
def test_rest_about_rooms_fails_as_all_rest(rest: Rest, status: int) -> None:
    stage, room = in_a_room()
    stage.carrier.faults = Faults(rest=rest)
    assert announces(stage, room) == status
