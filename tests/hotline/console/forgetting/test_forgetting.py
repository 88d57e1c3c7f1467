"""Ann forgets a caller, and somebody who worked here, after she saw what there is of them."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import text

from hotline.accounts.roles import Role
from hotline.parts import Parts
from hotline.privacy import privacy_of
from hotline.store import Store
from tests.hotline.console import scene
from tests.hotline.console.ground import fresh_store
from tests.hotline.console.supervision import acts
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.scenarios.rows import named

MIN: Final = "+8613912345678"
LEAVING: Final = "/people/v01/forget"  # 王芳, who has published shifts this week
IN_ENGLISH: Final = "?lang=en"


@pytest.fixture
def store(sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(sqlite_template, tmp_path) as store:
        with store.writing() as db:
            scene.busy(db)
        yield store


@pytest.fixture
def app(store: Store) -> Flask:
    return scene.app(store, lambda: scene.BUSY)


@pytest.fixture
def ann(app: Flask) -> Visitor:
    return visitor(app, "ann")


@pytest.fixture
def rang(app: Flask, store: Store) -> list[int]:
    """Min has rung twice, and left a message that nobody has heard."""
    calls = [call["id"] for call in named(store, "call") if call["outcome"] == "answered"][:1]
    calls += [message["call_id"] for message in named(store, "message")][:1]
    found: Parts = app.extensions["hotline"]
    theirs = {"hash": privacy_of(found.secrets).hashed(MIN)}
    with store.writing() as db:
        for call in calls:
            said = text("update call set caller_hash = :hash where id = :id")
            db.connection().execute(said, {**theirs, "id": call})
    return calls


def looked_for(ann: Visitor, number: str = MIN) -> str:
    return ann.post(f"/forget{IN_ENGLISH}", {"number": number}).text


def shown(page: str) -> dict[str, str]:
    """What the form of the confirmation holds."""
    below = page.partition('action="/forget/caller"')[2]
    found = re.findall(r'<input[^>]*name="(number|shown)"[^>]*value="([^"]*)"', below)
    return {name: unescape(value) for name, value in found}


def facts(page: str) -> dict[str, int]:
    return {of: int(n) for of, n in re.findall(r"<dt>([^<]*)</dt><dd>(\d+)</dd>", page)}


def test_what_there_is_of_a_caller_is_shown_and_nothing_goes(
    ann: Visitor, store: Store, rang: list[int]
) -> None:
    before = named(store, "call")

    found = facts(looked_for(ann))

    assert found["Calls whose caller is known"] == len(rang) == 2
    assert found["Messages, with their recordings"] == 1
    assert named(store, "call") == before
    assert [act for _, act, _ in acts(store)] == ["session.begin"]


def test_a_caller_is_forgotten_and_the_calls_still_count(
    ann: Visitor, store: Store, rang: list[int]
) -> None:
    form = shown(looked_for(ann))

    answer = ann.post("/forget/caller", {**form, "cancel": "y"})

    assert answer.location == "/forget"
    assert "Forgotten." in ann.text(f"/forget{IN_ENGLISH}")
    mine = [call for call in named(store, "call") if call["id"] in rang]
    assert {(call["caller_hash"], call["caller_cipher"]) for call in mine} == {(None, None)}
    assert all(call["outcome"] for call in mine)
    assert acts(store)[0] == ("ann", "caller.erased", "caller")
    assert MIN not in str(named(store, "trail"))
    assert "There is nothing" in looked_for(ann)


@pytest.mark.usefixtures("rang")
def test_what_is_still_open_has_to_be_decided_about(ann: Visitor, store: Store) -> None:
    page = looked_for(ann)
    assert "Somebody still waits: 0 callbacks, 0 follow-ups, 1 messages." in page

    answer = ann.post(f"/forget/caller{IN_ENGLISH}", shown(page))

    assert answer.status_code == 400
    assert "Keep what is open first, or tick this." in answer.text
    assert shown(answer.text)["number"] == MIN
    assert [act for _, act, _ in acts(store)] == ["session.begin"]


def test_a_call_names_its_caller_too(ann: Visitor, rang: list[int]) -> None:
    assert facts(looked_for(ann, f"#{rang[0]}")) == facts(looked_for(ann))


def test_no_more_goes_than_was_shown(
    ann: Visitor, app: Flask, store: Store, rang: list[int]
) -> None:
    form = shown(looked_for(ann))
    found: Parts = app.extensions["hotline"]
    another = {"hash": privacy_of(found.secrets).hashed(MIN), "id": max(rang) + 5}
    with store.writing() as db:
        said = text("update call set caller_hash = :hash where id = :id")
        db.connection().execute(said, another)

    answer = ann.post(f"/forget/caller{IN_ENGLISH}", {**form, "cancel": "y"})

    assert answer.status_code == 409
    assert "there is something else by now" in answer.text
    assert facts(answer.text)["Calls whose caller is known"] == 3
    assert ann.post("/forget/caller", {**shown(answer.text), "cancel": "y"}).status_code == 303


def test_a_call_that_goes_on_is_waited_for(ann: Visitor, store: Store, rang: list[int]) -> None:
    with store.writing() as db:
        said = text("update call set state = 'talking' where id = :id")
        db.connection().execute(said, {"id": rang[0]})

    page = looked_for(ann)

    assert "A call of theirs is going on" in page
    assert "/forget/caller" not in page


@pytest.mark.parametrize("number", ["", "hello", "anonymous", "#99999", "1"])
def test_what_is_no_number_is_said_at_the_field_and_kept(ann: Visitor, number: str) -> None:
    answer = ann.post(f"/forget{IN_ENGLISH}", {"number": number})

    assert answer.status_code == 400
    assert 'id="number-wrong"' in answer.text
    assert f'value="{number}"' in answer.text
    assert ann.post("/forget/caller", {"number": number}).status_code == 400


def test_a_double_click_forgets_once(ann: Visitor, store: Store, rang: list[int]) -> None:
    form = {**shown(looked_for(ann)), "cancel": "y", "once": "the same"}

    first, second = (ann.post("/forget/caller", form) for _ in range(2))

    assert first.location == second.location
    assert [act for _, act, _ in acts(store)].count("caller.erased") == 1


def test_somebody_who_worked_here_is_forgotten_when_what_waits_is_decided(
    ann: Visitor, store: Store
) -> None:
    assert f'href="{LEAVING}"' in ann.text("/people/v01")
    assert facts(ann.text(f"{LEAVING}{IN_ENGLISH}"))["Published shifts to come"] > 1

    early = ann.post(f"{LEAVING}{IN_ENGLISH}")
    assert early.status_code == 400
    assert "Give what waits to others first, or tick this." in early.text
    assert ann.post(LEAVING, {"cancel": "y"}).location == "/people"

    (person,) = [each for each in named(store, "person") if each["code"] == "v01"]
    assert (person["name"], person["active"]) == ("v01", False)
    assert acts(store)[0] == ("ann", "people.erased", "person/v01")


@pytest.mark.parametrize("login", ["dee", "sam", "ada", "otto", "eve"])
def test_and_eve(app: Flask, store: Store, login: str) -> None:
    somebody = visitor(app, login)
    for path in ("/forget", LEAVING):
        assert somebody.get(path).status_code == 403
        assert passer_by(app).get(path).status_code == 303
    for path in ("/forget", "/forget/caller", LEAVING):
        assert somebody.post(path, {"number": MIN, "cancel": "y"}).status_code == 403
    assert "They ask to be forgotten" not in visitor(app, "dee").text(f"/people/v01{IN_ENGLISH}")
    assert not [act for _, act, _ in acts(store) if "erased" in act]


def test_an_administrator_of_one_desk_forgets_nobody_of_others(app: Flask, store: Store) -> None:
    with store.writing() as db:
        db.connection().execute(text("update person set desks = 'nanjing' where code = 'v01'"))
    alan = visitor(app, "alan", desks=("changzhou",), roles=(Role.ADMINISTRATOR,))

    assert alan.get("/forget").status_code == 404  # a caller may have rung any line
    assert alan.post("/forget", {"number": MIN}).status_code == 404
    assert alan.post("/forget/caller", {"number": MIN}).status_code == 404
    assert alan.get("/people/v01/forget").status_code == 404
    assert alan.post("/people/v01/forget", {"cancel": "y"}).status_code == 404
