"""A callback asked for on a page: promised once, honestly, and to a number that can be rung."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from hotline.config.tables.help import Help
from hotline.parts import Parts
from hotline.privacy import Privacy
from hotline.store import Store
from hotline.store.access.trail import trail
from tests.hotline.console import scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import Visitor, passer_by
from tests.scenarios.rows import every_word, named

NUMBER = "139 1234-5678"
FORM = {"number": NUMBER, "safe": "any", "agreed": "y"}
PATH = "/help/12355/callback"


def promised(store: Store) -> list[dict[str, Any]]:
    """What was asked for by form."""
    return [row for row in named(store, "callback") if row["call_id"] is None]


def limited(app: Flask, an_hour: int) -> Visitor:
    found: Parts = app.extensions["hotline"]
    settings = replace(found.settings, help=Help(asks_an_hour=an_hour))
    app.extensions["hotline"] = replace(found, settings=settings)
    return passer_by(app)


def test_a_number_and_a_yes_are_enough(pupil: Visitor, store: Store) -> None:
    answer = pupil.post(f"{PATH}?lang=en", FORM)

    assert answer.status_code == 303
    (promise,) = promised(store)
    assert (promise["line"], promise["state"], promise["safe"]) == ("12355", "open", "any")
    assert promise["leave_word"] is False
    assert promise["due"] == scene.BUSY + timedelta(days=1)
    told = pupil.text(f"{answer.location}?lang=en")
    assert "You will be rung by Wed, Nov 25 23:10" in told


def test_the_number_is_kept_encrypted_and_on_no_page(
    pupil: Visitor, store: Store, app: Flask
) -> None:
    answer = pupil.post(PATH, {**FORM, "word": "y", "safe": "evening"})

    found: Parts = app.extensions["hotline"]
    (promise,) = promised(store)
    assert Privacy(found.secrets).opened(promise["number_cipher"]) == "+8613912345678"
    assert promise["leave_word"] is True
    assert "12345678" not in every_word(store)
    assert "127.0.0.1" not in every_word(store)
    assert not re.search(r"\b139", pupil.text(answer.location))


def test_what_stood_there_is_kept_with_what_was_answered(pupil: Visitor, store: Store) -> None:
    pupil.post(f"{PATH}?lang=en", {**FORM, "safe": "daytime"})

    asked = {row["question"]: row for row in named(store, "consent")}
    assert {name: row["answer"] for name, row in asked.items()} == {
        "consent": "yes",
        "times": "daytime",
        "word": "no",
    }
    assert "12355 Youth line rings you within 24 hours" in asked["consent"]["words"]


def test_the_audit_trail_says_that_a_visitor_asked(pupil: Visitor, store: Store) -> None:
    pupil.post(PATH, FORM)

    with store.reading() as db:
        (entry,) = [each for each in trail(db) if each.change.act == "callback.ask"]
    assert entry.login == "visitor"
    assert "12355" in str(entry.change.after)


def test_a_double_click_promises_once(pupil: Visitor, store: Store) -> None:
    first = pupil.post(PATH, FORM, once="the-same")
    again = pupil.post(PATH, FORM, once="the-same")

    assert (first.status_code, again.status_code) == (303, 303)
    assert again.location == first.location
    assert len(promised(store)) == 1


def test_who_asks_again_hears_the_same_as_who_asks_first(pupil: Visitor, store: Store) -> None:
    first = pupil.post(PATH, FORM)
    again = pupil.post(PATH, FORM)
    other = pupil.post(PATH, {**FORM, "number": "139 0000 0000"})

    assert first.location == again.location == other.location
    assert [row["state"] for row in promised(store)] == ["replaced", "open", "open"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Without a number nobody can ring you."),
        ({"number": "12345"}, "This number cannot be rung."),
        ({"number": "+1 212 555 0100"}, "This number cannot be rung."),
        ({"number": "anonymous"}, "This number cannot be rung."),
        ({"number": "1" * 500}, "This number cannot be rung."),
        ({"agreed": ""}, "Tick this, so that we know you want it."),
        ({"safe": "whenever"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_is_lost(
    pupil: Visitor, store: Store, wrong: dict[str, str], said: str
) -> None:
    answer = pupil.post(f"{PATH}?lang=en", {**FORM, "word": "y", **wrong})

    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{wrong.get("number", NUMBER)}"' in answer.text
    assert re.search(r'<input checked[^>]*name="word"', answer.text)
    assert promised(store) == []


def test_safe_times_say_until_when_we_ring(pupil: Visitor) -> None:
    page = pupil.text(f"{PATH}?lang=en")

    assert "At any time: by Wed, Nov 25 23:10" in page
    assert "Only by day (09:00–18:00): by Wed, Nov 25 23:10" in page
    assert "025-1234 5678" in page  # what the telephone will show


def test_after_many_forms_from_one_address_people_are_asked_to_call(
    app: Flask, store: Store, watch: Watch
) -> None:
    pupil = limited(app, 2)
    answers = [pupil.post(f"{PATH}?lang=en", {**FORM, "number": f"1390000000{n}"}) for n in "123"]

    assert [each.status_code for each in answers] == [303, 303, 429]
    assert "Please call, or try again in the next hour." in answers[2].text
    assert 'href="tel:12355"' in answers[2].text
    assert 'value="13900000003"' in answers[2].text
    assert len(promised(store)) == 2

    pupil.post(PATH, FORM, once="refused")
    assert pupil.post(PATH, FORM, once="refused").location == PATH  # and not to sign in

    watch.at += timedelta(hours=1)
    assert pupil.post(PATH, FORM).status_code == 303


def test_a_form_from_another_site_is_refused(pupil: Visitor, store: Store) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert pupil.post(PATH, FORM, headers).status_code == 403
    assert promised(store) == []


@pytest.mark.parametrize("due", ["soon", "20261125", "20261332T1510Z"])
def test_an_address_that_says_no_time_is_not_found(pupil: Visitor, due: str) -> None:
    assert pupil.get(f"{PATH}/{due}").status_code == 404


@pytest.mark.parametrize("due", ["99991231T2359Z", "00010101T0000Z", "tomorrow", "20261399T0000Z"])
def test_an_address_that_nobody_was_led_to_is_no_page(pupil: Visitor, due: str) -> None:
    assert pupil.get(f"{PATH}/{due}").status_code == 404
