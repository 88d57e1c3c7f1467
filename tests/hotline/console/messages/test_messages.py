"""Messages are heard and answered by supervisors of their lines, and every listening is kept."""

import pytest
from flask import Flask

from hotline.store import Store
from tests.hotline.console import evening, scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.supervision import acts
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.scenarios.rows import named
from tests.statements import statements

LATE, NEW, WITHHELD = 3, 4, 6  # numbers of messages; 5 was heard


def test_messages_are_listed_with_what_nobody_heard_first(sam: Visitor) -> None:
    page = sam.text("/messages?lang=en")

    places = [page.index(f'id="message-{number}"') for number in (LATE, NEW, 5)]
    assert places == sorted(places)
    assert "was to be answered by 22:10" in page
    assert page.count("not heard yet") == 5
    assert "heard 21:10" in page
    assert "Still at the carrier" in page
    assert "Number withheld: cannot be rung back" in page


def test_the_page_is_whole_in_chinese(sam: Visitor) -> None:
    page = sam.text("/messages?lang=zh")

    for words in ("留言", "未听", "应在22:10前答复", "给来电者回电", "号码未显示"):
        assert words in page


def test_no_number_is_on_the_pages(sam: Visitor) -> None:
    for path in ("/messages", "/callbacks", f"/messages/{NEW}/callback", "/callbacks/8/person"):
        page = sam.text(path)
        assert scene.NUMBER[1:] not in page
        assert scene.HASH not in page


def test_a_message_is_played_and_counts_as_heard(sam: Visitor, store: Store) -> None:
    answer = sam.get(f"/messages/{NEW}/sound")

    assert (answer.status_code, answer.data) == (200, evening.sound())
    assert answer.content_type == "audio/wav"
    assert answer.headers["Cache-Control"] == "no-store"
    assert acts(store)[0] == ("sam", "message.play", f"message/{NEW}")
    [heard] = [each["heard"] for each in named(store, "message") if each["id"] == NEW]
    assert heard == scene.BUSY


def test_a_browser_may_ask_for_parts_and_is_kept_once(sam: Visitor, store: Store) -> None:
    whole = evening.sound()
    before = len(acts(store))

    probe = sam.get(f"/messages/{NEW}/sound", {"Range": "bytes=0-1"})
    first = sam.get(f"/messages/{NEW}/sound", {"Range": "bytes=0-99"})
    rest = sam.get(f"/messages/{NEW}/sound", {"Range": "bytes=100-"})

    assert [each.status_code for each in (probe, first, rest)] == [206, 206, 206]
    assert first.data + rest.data == whole
    assert rest.headers["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
    assert len(acts(store)) == before + 1
    beyond = sam.get(f"/messages/{NEW}/sound", {"Range": f"bytes={len(whole) + 9}-"})
    assert beyond.status_code == 416


def test_what_is_still_at_the_carrier_cannot_be_played(sam: Visitor) -> None:
    assert sam.get("/messages/1/sound").status_code == 404


def test_an_answered_message_is_waited_for_no_more(sam: Visitor, store: Store) -> None:
    answer = sam.post(f"/messages/{LATE}/answered")

    assert answer.status_code == 303
    assert f'id="message-{LATE}"' not in sam.text("/messages")
    assert acts(store)[0] == ("sam", "message.answered", f"message/{LATE}")


def test_a_message_becomes_a_callback_if_its_caller_asked_for_one(
    sam: Visitor, store: Store
) -> None:
    refused = sam.post(f"/messages/{NEW}/callback?lang=en", {"safe": "evening", "urgent": "y"})
    assert refused.status_code == 400
    assert "This field is required" in refused.text
    assert 'value="evening"' in refused.text.replace('selected value="evening"', 'value="evening"')

    asked = {"asked": "y", "safe": "evening", "urgent": "y"}
    answer = sam.post(f"/messages/{NEW}/callback", asked)

    assert answer.location.endswith("/callbacks")
    last = named(store, "callback")[-1]
    assert (last["safe"], last["urgent"], last["state"]) == ("evening", True, "open")
    assert acts(store)[0] == ("sam", "message.callback", f"message/{NEW}")
    again = sam.post(f"/messages/{NEW}/callback?lang=en", asked)
    assert again.status_code == 409
    assert "Somebody has answered this message already." in again.text


def test_a_withheld_number_cannot_be_rung_back(sam: Visitor) -> None:
    answer = sam.post(f"/messages/{WITHHELD}/callback?lang=en", {"asked": "y", "safe": "any"})

    assert answer.status_code == 409
    assert "number is not known" in answer.text


def test_a_supervisor_of_another_line_finds_nothing(youth: Visitor) -> None:
    page = youth.text("/messages")
    assert f'id="message-{NEW}"' not in page
    assert 'id="message-5"' in page
    for path in (f"/messages/{NEW}/sound", f"/messages/{NEW}/callback"):
        assert youth.get(path).status_code == 404
    for path in (f"/messages/{NEW}/answered", f"/messages/{NEW}/callback"):
        assert youth.post(path).status_code == 404


@pytest.mark.parametrize("login", ["dee", "ada", "ann", "otto", "eve"])
def test_and_eve(app: Flask, login: str) -> None:
    somebody = visitor(app, login)
    for path in ("/messages", f"/messages/{NEW}/sound", f"/messages/{NEW}/callback", "/callbacks"):
        assert somebody.get(path).status_code == 403
    for path in (f"/messages/{NEW}/answered", f"/messages/{NEW}/callback", "/callbacks/8/kept"):
        assert somebody.post(path).status_code == 403
    assert passer_by(app).get(f"/messages/{NEW}/sound").status_code == 303


def test_the_number_of_queries_does_not_grow(sam: Visitor, store: Store, watch: Watch) -> None:
    counts = []
    for _ in range(2):
        with statements(store) as said:
            sam.text("/messages")
            sam.text("/callbacks")
        counts.append(len(said))
        with store.writing() as db:
            evening.messages(db)
            evening.callbacks(db)
    assert counts[0] == counts[1] <= 20


def test_a_long_list_has_pages(sam: Visitor, store: Store) -> None:
    with store.writing() as db:
        for _ in range(13):
            evening.messages(db)

    first, second = sam.text("/messages"), sam.text("/messages?page=2")

    assert first.count("<audio") + first.count('class="card') > 50
    assert 'id="message-' in second
    assert "page=2" in first
