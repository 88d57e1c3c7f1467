"""Ada has forgotten her password, and so, perhaps, has Eve."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text

from hotline.accounts.keeping import invite, unmade
from hotline.accounts.links import follow_link
from hotline.accounts.roles import Role
from hotline.accounts.tokens import token_hash
from hotline.duty import PersonId
from hotline.notices.sending import Courier, send_notices
from hotline.parts import Parts
from hotline.ports import Telling
from hotline.privacy import privacy_of
from hotline.store import Store
from hotline.store.access.links import open_link
from tests.hotline.console import scene
from tests.hotline.console.accounts.test_signing_in import PASSWORD, is_in, tries, with_password
from tests.hotline.console.visitors import HOST, passer_by

SAID = "a link to a new password is on its way"


class Told:
    """Keeps what people are told."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def by_url(self, url: str, telling: Telling) -> None:
        """An apprise URL."""
        self.words.append(telling.words)

    def by_text(self, to: str, telling: Telling) -> None:
        """A text."""
        self.words.append(telling.words)


@pytest.fixture(autouse=True)
def _ada(app: Flask, store: Store) -> None:
    """Ada is a volunteer with a password, and is told by chat."""
    found: Parts = app.extensions["hotline"]
    ada = replace(unmade("ada", "Ada"), roles=frozenset({Role.VOLUNTEER}), person=PersonId(1))
    sealed = privacy_of(found.secrets).sealed("json://chat.example.org")
    with store.writing() as db:
        token = invite(db, ada, found.settings, "ann", found.clock())
        link = open_link(db, token_hash(token), found.clock())
        assert link is not None
        follow_link(db, link, PASSWORD, found.clock())
        keep = text("insert into contact (person_id, urls) values (1, :urls)")
        db.connection().execute(keep, {"urls": sealed})


def asks(app: Flask, login: str = "ada") -> str:
    answer = passer_by(app).client.post("/forgotten?lang=en", data={"login": login}, headers=HOST)
    assert answer.status_code == 200
    return answer.text


def told(app: Flask, store: Store) -> list[str]:
    found: Parts = app.extensions["hotline"]
    notifier = Told()
    privacy = privacy_of(found.secrets)
    while send_notices(Courier(store, found.settings, privacy, found.clock, notifier)):
        pass
    return notifier.words


def test_ada_gets_a_link_where_she_is_told_of_duties(app: Flask, store: Store) -> None:
    assert SAID in asks(app)

    (words,) = told(app, store)
    link = words[words.index("/link/") :].split()[0]
    ada = passer_by(app)
    answer = ada.client.post(link, data={"password": "another good sentence"}, headers=HOST)
    assert answer.status_code == 303
    assert is_in(ada)


def test_what_is_kept_until_then_opens_nothing(app: Flask, store: Store) -> None:
    asks(app)
    with store.reading() as db:
        kept = db.connection().execute(text("select words from notice")).scalar_one()
    assert "/link/" not in kept
    assert "sealed" in json.loads(kept)


def test_eve_is_told_the_same_and_nobody_gets_anything(app: Flask, store: Store) -> None:
    with_password(app)  # Dee is no volunteer: nobody knows how to tell her
    assert SAID in asks(app, "nobody")
    assert SAID in asks(app, "dee")
    assert told(app, store) == []


def test_whoever_asks_in_her_name_again_and_again_rings_three_times(
    app: Flask, store: Store
) -> None:
    for _ in range(6):
        assert SAID in asks(app)
    links = told(app, store)
    assert len(links) == 3
    first = links[0][links[0].index("/link/") :].split()[0]
    assert passer_by(app).get(first).status_code == 200  # Eve's asking closes no link of Ada's


def test_her_password_holds_until_she_chooses_another(app: Flask) -> None:
    asks(app)
    assert tries(passer_by(app), login="ada").status_code == 303


def test_a_name_left_out_is_asked_for(app: Flask) -> None:
    answer = passer_by(app).client.post("/forgotten?lang=en", data={"login": ""}, headers=HOST)
    assert answer.status_code == 400
    assert 'id="login-wrong"' in answer.text
    assert scene.NAMES[0] not in answer.text
