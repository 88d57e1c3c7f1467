"""Is a form of ours taken, once, and from nowhere else?"""

import re

import pytest
from flask import Flask

from hotline.accounts.permits import Act
from hotline.console.frame.asking import allows
from hotline.console.rooms import ROOMS
from hotline.store import Store
from hotline.store.access.accounts import all_accounts
from hotline.store.access.trail import latest_of_trail
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import visitor

FEN = {"login": "fen", "name": "冯雪", "roles": ["auditor"], "person": ""}


def accounts(store: Store) -> int:
    with store.reading() as db:
        return len(all_accounts(db))


def test_a_double_click_makes_one_account(app: Flask, store: Store) -> None:
    ann = visitor(app, "ann")
    ann.post("/accounts/new", FEN, once="of-one-page")
    again = ann.post("/accounts/new", {**FEN, "login": "fen2"}, once="of-one-page")

    assert again.status_code == 303
    assert accounts(store) == 2


def test_a_second_click_leads_where_the_first_one_led(app: Flask) -> None:
    ann = visitor(app, "ann")
    ann.post("/accounts/new", FEN)
    kept = {"name": "冯雪", "roles": ["auditor"], "person": "", "active": "y"}

    first = ann.post("/accounts/fen", kept, once="twice")
    second = ann.post("/accounts/fen", {**kept, "name": "other"}, once="twice")

    assert first.headers["Location"] == second.headers["Location"] == "/accounts"
    assert "other" not in ann.text("/accounts")


def test_htmx_is_led_there_too(app: Flask) -> None:
    ann = visitor(app, "ann")
    ann.post("/accounts/new", FEN, once="twice")
    again = ann.post("/accounts/new", FEN, headers={"HX-Request": "true"}, once="twice")
    assert (again.status_code, again.headers["HX-Redirect"]) == (204, "/")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_on_another_site_changes_nothing(
    app: Flask, store: Store, headers: dict[str, str]
) -> None:
    ann = visitor(app, "ann")
    answer = ann.post("/accounts/new?lang=en", FEN, headers=headers)
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert accounts(store) == 1


@pytest.mark.parametrize("csrf", ["", "0" * 40, "ü"])
def test_a_form_without_the_sessions_own_word_changes_nothing(
    app: Flask, store: Store, csrf: str
) -> None:
    ann = visitor(app, "ann")
    ann.csrf = csrf
    assert ann.post("/accounts/new", FEN).status_code == 403
    assert accounts(store) == 1


def test_the_word_of_another_session_is_none(app: Flask) -> None:
    ann, other = visitor(app, "ann"), visitor(app, "ann")
    ann.csrf = other.csrf
    assert ann.post("/accounts/new", FEN).status_code == 403


def test_htmx_says_the_word_in_a_header(app: Flask) -> None:
    ann = visitor(app, "ann")
    word, ann.csrf = ann.csrf, ""
    answer = ann.post(
        "/accounts/new", FEN, headers={"X-CSRF": word, "Origin": "http://127.0.0.1:8000"}
    )
    assert answer.status_code == 200
    assert f'hx-headers=\'{{"X-CSRF":"{word}"}}\'' in answer.text


def test_what_changes_without_a_trace_is_noticed(app: Flask) -> None:
    app_rooms = {room.name for room in ROOMS}
    assert "frame" in app_rooms

    @allows(Act.OWN_ACCOUNT)
    def silent() -> str:
        return "done"

    app.view_functions["accounts.end_other_sessions"] = silent
    ada = visitor(app, "ada")
    with pytest.raises(AssertionError, match="recorded nothing"):
        ada.post("/account/sessions/end")


def test_a_view_that_does_not_say_who_may_see_it_stops_the_start(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hotline.console.accounts import others

    monkeypatch.delattr(others.show_trail, "hotline_permit")
    with pytest.raises(AttributeError, match="hotline_permit"):
        scene.app(store, watch)


def test_refusals_are_pages_in_the_language_of_the_reader(app: Flask) -> None:
    eve = visitor(app, "eve")
    assert "此账号无权查看" in eve.get("/accounts?lang=zh").text
    page = eve.get("/accounts?lang=en")
    assert "Not for this account" in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert page.headers["Cache-Control"] == "no-store"


def test_the_sentence_after_a_change_is_said_once(app: Flask) -> None:
    ada = visitor(app, "ada")
    ada.post("/account/sessions/end?lang=en")
    said = "Everywhere else you are signed out."
    assert said in ada.text("/account?lang=en")
    assert said not in ada.text("/account?lang=en")


def test_the_menu_shows_what_somebody_may(app: Flask) -> None:
    def menu(login: str) -> set[str]:
        page = visitor(app, login).text("/account?lang=en")
        listed = re.search(r'<nav class="menu".*?</nav>', page, re.DOTALL)
        return set(re.findall(r'href="([^"]+)"', listed[0])) if listed else set()

    assert {"/accounts", "/trail"} <= menu("ann")
    assert "/accounts" not in menu("otto")
    assert "/board" in menu("sam")
    assert menu("eve") == set()


def test_the_trail_keeps_no_password(app: Flask, store: Store) -> None:
    ann = visitor(app, "ann")
    ann.post("/accounts/new", FEN)
    with store.reading() as db:
        whole = repr(latest_of_trail(db, 100))
    assert "argon2" not in whole
    assert ann.csrf not in whole
    assert ann.token not in whole
