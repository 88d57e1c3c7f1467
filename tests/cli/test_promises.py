"""What was promised to callers: listed with what keeping it needs, and marked kept once."""

import pytest

from hotline.calls.routing import CallId
from hotline.config.settings import LineName, Secrets
from hotline.privacy import Privacy, new_data_key
from hotline.store import Store
from hotline.store.calls import NewCall, open_call
from hotline.store.exits import NewMessage, keep_message, promise_callback
from tests import make
from tests.cli.conftest import Terminal

ASKED = make.utc("2026-11-24 15:10")
DUE = make.utc("2026-11-25 15:10")


@pytest.fixture
def keyed(terminal: Terminal) -> Terminal:
    """A terminal whose environment holds the site's keys."""
    terminal.environ |= {"HOTLINE_SECRET_KEY": "secret", "HOTLINE_DATA_KEY": new_data_key()}
    return terminal


def _called(terminal: Terminal, store: Store) -> CallId:
    keys = terminal.environ
    privacy = Privacy(Secrets(keys["HOTLINE_SECRET_KEY"], keys["HOTLINE_DATA_KEY"]))
    cipher, hashed = privacy.sealed("+8613800000001"), privacy.hashed("+8613800000001")
    call = NewCall("t", "CA1", LineName("help"), cipher, hashed, ASKED, DUE)
    with store.writing() as db:
        opened = open_call(db, call)
    assert opened is not None
    return opened


def test_a_callback_is_listed_with_its_number_until_it_was_made(
    keyed: Terminal, store: Store
) -> None:
    call = _called(keyed, store)
    with store.writing() as db:
        promise_callback(db, call, LineName("help"), ASKED, DUE)

    (promised,) = keyed.json("callbacks")
    assert promised["number"] == "+8613800000001"
    assert promised["line"] == "help"
    assert "+8613800000001" in keyed.prints("callbacks")

    assert "No callback is open." in keyed.prints("callbacks", "--done", str(promised["id"]))
    assert "no open callback" in keyed.is_refused("callbacks", "--done", str(promised["id"]))


def test_callbacks_are_not_shown_without_the_data_key(keyed: Terminal, store: Store) -> None:
    call = _called(keyed, store)
    with store.writing() as db:
        promise_callback(db, call, LineName("help"), ASKED, DUE)
    del keyed.environ["HOTLINE_DATA_KEY"]

    assert "HOTLINE_DATA_KEY" in keyed.is_refused("callbacks")


def test_a_message_is_listed_until_somebody_listened_to_it(keyed: Terminal, store: Store) -> None:
    call = _called(keyed, store)
    with store.writing() as db:
        keep_message(db, NewMessage(call, LineName("help"), ASKED, "RE1", 20))

    (left,) = keyed.json("messages")
    assert (left["recording"], left["seconds"]) == ("RE1", 20)
    assert "RE1" in keyed.prints("messages")

    assert "No message is unheard." in keyed.prints("messages", "--heard", str(left["id"]))
    assert "no unheard message" in keyed.is_refused("messages", "--heard", str(left["id"]))
