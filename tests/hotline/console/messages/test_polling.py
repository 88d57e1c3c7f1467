"""Messages and callbacks keep themselves fresh: a list is sent anew only where it differs."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from hotline.accounts.roles import Role
from hotline.store import Store
from tests.hotline.console import evening, scene
from tests.hotline.console.ground import Watch
from tests.hotline.console.visitors import Visitor, passer_by, visitor
from tests.statements import statements

LISTS = ("/messages", "/callbacks", "/care")
AT_ELEVEN = (  # 23:00 in Nanjing everything is late
    "update message set due = '2026-11-24 15:00:00'",
    "update callback set due = '2026-11-24 15:00:00'",
    "update call_form set follow_up = '2026-11-24 15:00:00' where follow_up is not null",
)


def tag(of: Visitor, path: str) -> str:
    return of.get(f"{path}/live?lang=en").headers["ETag"]


def waiting(who: Visitor) -> int:
    """How many messages a screen reader is told of."""
    said = re.search(r'data-said="(\d+) messages wait', who.text("/messages/live?lang=en"))
    assert said is not None
    return int(said[1])


@pytest.mark.parametrize("path", LISTS)
def test_what_has_not_changed_is_not_sent_again(sam: Visitor, path: str) -> None:
    first = sam.get(f"{path}/live?lang=en")

    again = sam.get(f"{path}/live?lang=en", {"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert f'data-tag="{first.headers["ETag"].strip(chr(34))}"' in sam.text(f"{path}?lang=en")


def test_a_new_message_is_told(sam: Visitor, store: Store) -> None:
    before, count = tag(sam, "/messages"), waiting(sam)
    with store.writing() as db:
        evening.message(db, evening.NANJING, timedelta(minutes=1))

    assert tag(sam, "/messages") != before
    assert waiting(sam) == count + 1
    assert f'data-title="({count + 1}) Messages' in sam.text("/messages/live?lang=en")


@pytest.mark.parametrize("path", LISTS)
def test_what_becomes_late_is_told_without_anybody_doing_anything(
    app: Flask, store: Store, watch: Watch, path: str
) -> None:
    watch.at = scene.BUSY - timedelta(minutes=15)
    with store.writing() as db:
        for late in AT_ELEVEN:
            db.connection().exec_driver_sql(late)
    sam = visitor(app, "sam", person=1)
    before = tag(sam, path)
    watch.at += timedelta(minutes=2)
    assert tag(sam, path) == before

    watch.at += timedelta(minutes=4)

    assert tag(sam, path) != before


@pytest.mark.parametrize("path", LISTS)
def test_two_readers_have_tags_of_their_own(app: Flask, sam: Visitor, path: str) -> None:
    youth = visitor(app, "sue", desks=("youth",), roles=(Role.SUPERVISOR,))

    assert tag(sam, path) != tag(youth, path)
    assert sam.get(f"{path}/live?lang=zh").headers["ETag"] != tag(sam, path)


@pytest.mark.parametrize("path", LISTS)
def test_a_poll_costs_few_questions(sam: Visitor, store: Store, path: str) -> None:
    with statements(store) as said:
        sam.text(f"{path}/live")

    assert len(said) <= 4  # the session, how many, these, and what belongs to them


@pytest.mark.parametrize("path", LISTS)
def test_and_eve(app: Flask, path: str) -> None:
    assert visitor(app, "eve").get(f"{path}/live").status_code == 403
    assert passer_by(app).get(f"{path}/live").status_code == 303
