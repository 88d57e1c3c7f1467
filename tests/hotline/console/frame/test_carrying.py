"""Ann's session ends while she types: nothing of it is lost, and nothing is sent by itself."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from hotline.accounts.roles import Role
from hotline.console.frame.carrying import NAME
from hotline.store import Store
from hotline.store.access.accounts import listed_account
from tests.hotline.console.accounts.test_signing_in import PASSWORD, tries, with_password
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import HOST, Visitor, passer_by, visitor

FEN = {
    "login": "fen",
    "name": "冯雪 of the night desk, since May",
    "roles": "auditor",
    "person": "",
}


@pytest.fixture
def ann(app: Flask) -> Visitor:
    """She has signed in with her password."""
    with_password(app, "ann", Role.ADMINISTRATOR)
    who = passer_by(app)
    tries(who, login="ann")
    who.csrf = csrf_in(who.text("/account"))
    return who


def csrf_in(page: str) -> str:
    return page.partition('name="csrf" value="')[2].partition('"')[0]


def sent_too_late(ann: Visitor, watch: Watch, once: str = "typed once") -> TestResponse:
    watch.at += timedelta(hours=3)
    return ann.post("/accounts/new?lang=en", FEN, once=once)


def signs_in(ann: Visitor, carried: str, password: str = PASSWORD) -> TestResponse:
    form = {"login": "ann", "password": password, NAME: carried}
    return ann.client.post("/sign-in?lang=en", data=form, headers=HOST)


def carried_in(page: str) -> str:
    return unescape(page.partition(f'name="{NAME}" hidden>')[2].partition("</textarea>")[0])


def fields_in(page: str) -> dict[str, str]:
    """What the button sends."""
    hidden = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {"csrf": csrf_in(page), **{name: unescape(value) for name, value in hidden}}


def is_made(store: Store) -> bool:
    with store.reading() as db:
        return listed_account(db, "fen") is not None


def test_what_ann_typed_is_there_when_she_is_back_and_one_click_keeps_it(
    ann: Visitor, watch: Watch, store: Store
) -> None:
    asked = sent_too_late(ann, watch)
    assert asked.status_code == 401
    assert "it is still here" in asked.text

    wrong = signs_in(ann, carried_in(asked.text), "mistyped")
    back = signs_in(ann, carried_in(wrong.text))

    assert back.status_code == 200
    assert FEN["name"] in back.text
    assert 'action="/accounts/new?lang=en"' in back.text
    assert not is_made(store)
    kept = ann.client.post("/accounts/new?lang=en", data=fields_in(back.text), headers=HOST)
    assert kept.status_code == 200
    assert "Link for" in kept.text
    assert is_made(store)


def test_what_was_kept_before_the_session_ended_is_not_kept_twice(
    ann: Visitor, watch: Watch, store: Store
) -> None:
    ann.post("/accounts/new", FEN, once="typed once")
    asked = sent_too_late(ann, watch)
    back = signs_in(ann, carried_in(asked.text))

    again = ann.client.post("/accounts/new", data=fields_in(back.text), headers=HOST)

    assert again.status_code == 303


def test_a_page_of_an_earlier_session_asks_before_it_sends(ann: Visitor, store: Store) -> None:
    stale, same = {"csrf": ann.csrf}, {"Sec-Fetch-Site": "same-origin"}
    tries(ann, login="ann")

    asked = ann.post("/accounts/new?lang=en", {**FEN, **stale}, headers=same)

    assert asked.status_code == 403
    assert "what you typed is still here" in asked.text
    assert not is_made(store)
    ann.client.post("/accounts/new", data=fields_in(asked.text), headers=HOST)
    assert is_made(store)


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_a_form_from_elsewhere_is_carried_nowhere(ann: Visitor, site: str | None) -> None:
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = ann.post("/accounts/new?lang=en", {**FEN, "csrf": "guessed"}, headers=headers)
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert FEN["name"] not in answer.text


def test_passwords_are_typed_again(ann: Visitor, watch: Watch) -> None:
    watch.at += timedelta(hours=3)
    typed = {"old": PASSWORD, "password": "another good sentence", "more": "x"}
    asked = ann.post("/account/password", typed)
    assert PASSWORD not in asked.text
    assert "another good sentence" not in asked.text


@pytest.mark.parametrize(
    "carried",
    [
        *("", "no json", "[" * 9000, "{}", "[]", "[1]", '["/trail", 1]', '["/trail", ["a"]]'),
        *(json.dumps([path, ["a", "b"]]) for path in ("//evil.example", "https://evil.example")),
    ],
)
def test_what_we_did_not_write_is_passed_over(ann: Visitor, carried: str) -> None:
    answer = signs_in(ann, carried)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_eve_is_refused_what_another_typed(app: Flask, ann: Visitor, watch: Watch) -> None:
    asked = sent_too_late(ann, watch)
    typed = json.loads(carried_in(asked.text))
    eve = visitor(app, "eve")
    assert eve.post(typed[0], dict(typed[1:])).status_code == 403
