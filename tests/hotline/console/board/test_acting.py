"""What Sam does from the board: pause, divert, come into a call, look for a stand-in."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.config.tables.handshake import Handshake
from hotline.parts import Parts
from hotline.store import Store
from hotline.store.calling.lines import changes_at
from hotline.store.duty.standins import searches_open
from tests.hotline.console import evening, scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.supervision import acts, app, sam, store, watch, youth
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.scenarios.rows import named
from tests.statements import statements

__all__ = ["app", "sam", "store", "watch", "youth"]
TALK, ENDED = 5, 65  # calls
LINE = "/board/lines/96111-nanjing"


def test_a_line_is_paused_and_answered_as_ever(sam: Visitor, store: Store) -> None:
    assert "Nanjing desk" in sam.text(f"{LINE}?lang=en")

    answer = sam.post(f"{LINE}/pause", {"pause-until": "2"})

    assert answer.location.endswith("/board")
    with store.reading() as db:
        [change] = changes_at(db, scene.BUSY)
    assert (change.paused, change.span.end) == (True, scene.BUSY + timedelta(hours=2))
    page = sam.text("/board?lang=en")
    assert "Paused until Wed, Nov 25 01:10" in page
    assert acts(store)[0] == ("sam", "line.pause", "96111-nanjing")

    sam.post(f"{LINE}/resume")
    with store.reading() as db:
        assert changes_at(db, scene.BUSY) == ()
    assert acts(store)[0] == ("sam", "line.resume", "96111-nanjing")


def test_a_line_is_answered_by_the_desks_of_another_till_morning(
    sam: Visitor, store: Store
) -> None:
    answer = sam.post(
        f"{LINE}/divert", {"divert-until": "morning", "divert-other": "96111-changzhou"}
    )

    assert answer.status_code == 303
    with store.reading() as db:
        [change] = changes_at(db, scene.BUSY)
    assert change.desks == ("changzhou", "night")
    assert change.span.end == scene.local(2, 8)
    assert "Answered by other desks until" in sam.text("/board?lang=en")


def test_who_waits_hears_of_a_pause_at_once(sam: Visitor, store: Store) -> None:
    sam.post(f"{LINE}/pause", {"pause-until": "1"})

    waiting = [each for each in named(store, "leg") if each["id"] == 1]
    assert [each["result"] for each in waiting] == ["cancelled"]


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("pause", {"pause-until": "99"}),
        ("divert", {"divert-until": "1", "divert-other": "96111-nanjing"}),
        ("divert", {"divert-until": "1", "divert-other": "nowhere"}),
    ],
)
def test_a_wrong_choice_changes_nothing(
    sam: Visitor, store: Store, act: str, sent: dict[str, str]
) -> None:
    answer = sam.post(f"{LINE}/{act}?lang=en", sent)

    assert answer.status_code == 400
    assert "Not a valid choice" in answer.text
    with store.reading() as db:
        assert changes_at(db, scene.BUSY) == ()


@pytest.mark.parametrize("how", ["listen", "coach", "join"])
def test_sams_own_telephone_rings_into_a_conversation(sam: Visitor, store: Store, how: str) -> None:
    assert sam.post(f"/calls/{TALK}/{how}?lang=en").status_code == 303

    leg = named(store, "leg")[-1]
    assert (leg["person_id"], leg["call_id"], leg["part"]) == (1, TALK, how)
    assert acts(store)[0] == ("sam", f"call.{how}", f"call/{TALK}")
    assert "Your telephone rings now" in sam.text("/board?lang=en")
    assert "supervised" in sam.text("/board?lang=en")
    sam.post(f"/calls/{TALK}/{how}?lang=en")
    assert "A supervisor is in that conversation already" in sam.text("/board?lang=en")


def test_it_is_said_why_a_supervisor_is_not_rung(app: Flask, sam: Visitor, store: Store) -> None:
    sam.post(f"/calls/{ENDED}/listen?lang=en")
    assert "That conversation is over." in sam.text("/board?lang=en")

    nobody = visitor(app, "sid", roles=(Role.SUPERVISOR,))
    nobody.post(f"/calls/{TALK}/listen?lang=en")
    assert "no telephone to ring" in nobody.text("/board?lang=en")

    other = visitor(app, "sol", roles=(Role.SUPERVISOR,), person=2)
    other.post(f"/calls/{TALK}/listen?lang=en")
    assert "not listed as a supervisor" in other.text("/board?lang=en")
    assert sam.post(f"/calls/{TALK}/shout").status_code == 404


def test_an_alarm_is_seen_to(sam: Visitor, store: Store) -> None:
    page = sam.text("/board?lang=en")
    assert "The telephone of 吴倩 cannot be reached. Please ask them for their number." in page
    [number] = [each["id"] for each in named(store, "alarm") if each["subject"] == "v08"]

    sam.post(f"/board/alarms/{number}/seen")

    assert "The telephone of 吴倩" not in sam.text("/board?lang=en")
    assert acts(store)[0] == ("sam", "alarm.clear", f"alarm/{number}")
    assert sam.post(f"/board/alarms/{number}/seen").status_code == 404


def confirming(app: Flask) -> None:
    found: Parts = app.extensions["hotline"]
    asked = Handshake(first_hours=24, last_hours=2)
    app.extensions["hotline"] = replace(found, settings=replace(found.settings, handshake=asked))


def test_a_stand_in_is_looked_for_from_the_board(app: Flask, store: Store, watch: Watch) -> None:
    confirming(app)
    watch.at = scene.local(2, 21)  # the night begins at 22
    sam = visitor(app, "sam", person=1)
    assert "Has not confirmed:" in sam.text("/board?lang=en")
    night = 1 + scene.NAMES.index("赵敏")

    assert sam.post(f"/board/stand-in?person={night}&desk=nanjing").status_code == 303

    with store.reading() as db:
        [search] = searches_open(db, watch.at)
    assert (search.name, search.desk) == ("赵敏", "nanjing")
    assert acts(store)[0] == ("sam", "stand-in.search", "nanjing/v05")
    assert sam.post(f"/board/stand-in?person={night}&desk=youth").status_code == 404
    assert sam.post("/board/stand-in?person=999&desk=nanjing").status_code == 404


def test_a_supervisor_of_the_youth_line_sees_that_line_alone(youth: Visitor) -> None:
    page = youth.text("/board?lang=en")

    assert "12355 Youth line" in page
    for other in ("96111 Teacher Tao", "Campus 24-hour line", "赵敏"):
        assert other not in page
    assert youth.get(LINE).status_code == 404
    for act in ("pause", "divert", "resume"):
        assert youth.post(f"{LINE}/{act}").status_code == 404
    assert youth.post(f"/calls/{TALK}/listen?lang=en").status_code == 404
    assert youth.post("/board/stand-in?person=6&desk=nanjing").status_code == 404
    assert youth.get(f"/calls/{ENDED}").status_code == 404
    assert youth.get("/calls?line=96111-nanjing").status_code == 404


def test_a_line_diverted_to_desks_of_others_is_shown_all_the_same(
    youth: Visitor, sam: Visitor
) -> None:
    sam.post("/board/lines/12355/divert", {"divert-until": "1", "divert-other": "96111-nanjing"})

    assert "Answered by other desks until" in youth.text("/board?lang=en")


def test_two_who_see_the_same_share_what_was_rendered_and_two_who_do_not_do_not(
    app: Flask, sam: Visitor, youth: Visitor
) -> None:
    second = visitor(app, "sid", roles=(Role.SUPERVISOR,))
    dee = visitor(app, "dee")
    tags = [each.get("/board/live?lang=en").headers["ETag"] for each in (sam, second, youth, dee)]

    assert tags[0] == tags[1]
    assert len(set(tags)) == 3
    live = sam.text("/board/live?lang=en")
    assert sam.csrf not in live


def test_fifty_watchers_cost_a_statement_each(sam: Visitor, store: Store) -> None:
    sam.text("/board/live?lang=en")

    with statements(store) as said:
        sam.text("/board/live?lang=en")

    assert len(said) <= 2  # the session, and whether anything moved


def test_a_coordinator_sees_the_board_without_a_supervisors_buttons(app: Flask) -> None:
    page = visitor(app, "dee").text("/board?lang=en")

    assert "96111 Teacher Tao" in page
    for words in ("Pause or divert", ">Listen<", "Seen to", "/calls/"):
        assert words not in page


@pytest.mark.parametrize("login", ["dee", "ada", "ann", "otto", "eve"])
def test_and_eve(app: Flask, login: str) -> None:
    somebody = visitor(app, login)
    assert somebody.get(LINE).status_code == 403
    for act in ("pause", "divert", "resume"):
        assert somebody.post(f"{LINE}/{act}").status_code == 403
    for path in (f"/calls/{TALK}/listen", "/board/alarms/1/seen"):
        assert somebody.post(path).status_code == 403
    assert passer_by(app).get("/board").status_code == 303


def test_a_call_is_told_step_by_step(app: Flask, sam: Visitor) -> None:
    page = sam.text(f"/calls/{ENDED}?lang=en")

    for words in (
        "Rung for the caller: 赵敏",
        "Not needed yet: 孙丽",
        "On duty, a certificate has expired: 郑凯",
        "We are calling a counsellor for you.",
        "赵敏 heard",
        "赵敏: Took the call",
        "Over: answered",
    ):
        assert words in page
    for secret in (scene.NUMBER[1:], scene.HASH, evening.NOTE, "talk65"):
        assert secret not in page
    assert 'href="/care/4"' in page
    assert "/care/" not in visitor(app, "otto").text(f"/calls/{ENDED}")


def test_a_call_under_way_can_be_joined_from_its_page(sam: Visitor, app: Flask) -> None:
    assert f'action="/calls/{TALK}/join"' in sam.text(f"/calls/{TALK}")
    otto = visitor(app, "otto")
    assert f"/calls/{TALK}/join" not in otto.text(f"/calls/{TALK}")
    assert sam.get("/calls/9999").status_code == 404


def test_calls_are_listed_newest_first_by_line_and_page(sam: Visitor, youth: Visitor) -> None:
    page = sam.text("/calls?lang=en")
    assert page.index('href="/calls/3"') < page.index('href="/calls/65"')
    earlier = re.search(r'href="(/calls\?before=\d+)"', page)
    assert earlier is not None
    assert 'href="/calls/67"' not in page  # of the day before
    assert 'href="/calls/53"' in sam.text(earlier[1])
    assert "96111 Teacher Tao" not in youth.text("/calls?lang=en")
    assert 'href="/calls/65"' not in sam.text("/calls?line=campus")


def test_every_step_of_a_call_has_words() -> None:
    """Kinds are written in many places: at least those of states and results are all known."""
    from hotline.calls.ledger import Decided, Passed
    from hotline.calls.states import SUPERVISE, LegResult, Outcome
    from hotline.console.board.wording import CAME_TO, KEPT_OUT, PASSED, STEPS
    from hotline.duty import Why
    from hotline.promises.states import AttemptResult
    from hotline.store.sending.outbox import Order

    kinds = {
        *(f"leg-{each}" for each in LegResult),
        *(f"closed-{each}" for each in Outcome),
        *(f"came-in-{each}" for each in SUPERVISE),
        *(f"called-{each}" for each in AttemptResult if each is not AttemptResult.PASSED),
        *(f"{each}-failed" for each in Order),
    }
    assert kinds <= set(STEPS)
    assert set(CAME_TO) == set(Decided)
    assert set(PASSED) == set(Passed)
    assert set(KEPT_OUT) == set(Why)
