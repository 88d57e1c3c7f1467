"""What was promised to callers: listed without numbers, marked kept once, promised anew."""

import pytest

from hotline.calls.ringing.facts import CallId
from hotline.config.settings import LineName, Secrets
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.oversight.alerting import alert
from hotline.privacy import Privacy, new_data_key
from hotline.promises.states import CallbackEvent, CallbackId, Safe
from hotline.store import Store
from hotline.store.calling.opening import NewCall, open_call
from hotline.store.owed.callbacks import move_callback
from hotline.store.owed.messages import NewMessage, keep_message
from hotline.store.owed.promising import NewPromise, draft_promise, promise_callback
from hotline.store.owed.recordings import keep_recording
from hotline.store.sending.alarms import open_alarms
from tests import make
from tests.cli.conftest import Terminal

ASKED = make.utc("2026-11-24 15:10")
DUE = make.utc("2026-11-25 15:10")
HELP = LineName("help")
NUMBER = "+8613800000001"
PRIVACY = Privacy(Secrets("secret", new_data_key()))


def _called(store: Store) -> CallId:
    cipher, hashed = PRIVACY.sealed(NUMBER), PRIVACY.hashed(NUMBER)
    with store.writing() as db:
        opened = open_call(db, NewCall("t", "CA1", HELP, cipher, hashed, ASKED, DUE), ASKED)
    assert opened is not None
    return opened.call.id


def _promise(call: CallId) -> NewPromise:
    cipher, hashed = PRIVACY.sealed(NUMBER), PRIVACY.hashed(NUMBER)
    return NewPromise(call, HELP, ASKED, DUE, cipher, hashed, Safe.EVENING, urgent=True)


@pytest.fixture
def promised(store: Store) -> CallbackId:
    call = _called(store)
    with store.writing() as db:
        promise_callback(db, _promise(call))
    return CallbackId(1)


def test_a_callback_is_listed_without_its_number_until_it_was_made(
    terminal: Terminal, promised: CallbackId
) -> None:
    (listed,) = terminal.json("callbacks")

    assert listed["line"] == "help"
    assert (listed["state"], listed["safe"], listed["urgent"]) == ("open", "evening", True)
    assert listed["tries"] == []
    printed = terminal.prints("callbacks")
    assert "urgent" in printed
    assert "138" not in printed
    assert "No callback is open." in terminal.prints("callbacks", "--done", str(promised))
    assert "no callback 1 that waits" in terminal.is_refused("callbacks", "--done", str(promised))


def test_only_a_callback_that_ran_out_is_promised_anew(
    terminal: Terminal, store: Store, promised: CallbackId
) -> None:
    assert "has run out" in terminal.is_refused("callbacks", "--again", str(promised))
    with store.writing() as db:
        assert move_callback(db, promised, CallbackEvent.RAN_OUT)

    (listed,) = terminal.json("callbacks", "--again", str(promised))

    assert listed["state"] == "open"
    assert listed["not_before"] == terminal.now.isoformat()


def test_a_number_that_nobody_confirmed_is_not_listed(terminal: Terminal, store: Store) -> None:
    call = _called(store)
    with store.writing() as db:
        draft_promise(db, _promise(call))

    assert terminal.json("callbacks") == []


def test_a_message_is_listed_until_somebody_answered_it(terminal: Terminal, store: Store) -> None:
    call = _called(store)
    with store.writing() as db:
        keep_message(db, NewMessage(call, HELP, ASKED, "RE1", 20, DUE))

    (left,) = terminal.json("messages")
    assert (left["recording"], left["seconds"], left["heard"]) == ("RE1", 20, None)
    assert "at the carrier" in terminal.prints("messages")

    assert "heard" in terminal.prints("messages", "--heard", str(left["id"]))
    assert "no unheard message" in terminal.is_refused("messages", "--heard", str(left["id"]))
    nothing = "No message waits for an answer."
    assert nothing in terminal.prints("messages", "--answered", str(left["id"]))
    assert "no message 1 that" in terminal.is_refused("messages", "--answered", str(left["id"]))


@pytest.mark.parametrize("option", ["--done", "--again"])
def test_a_callback_that_was_seen_to_is_no_alarm_any_more(
    terminal: Terminal, store: Store, promised: CallbackId, option: str
) -> None:
    with store.writing() as db:
        assert move_callback(db, promised, CallbackEvent.RAN_OUT)
        alert(db, [Alarm(AlarmKind.UNKEPT, "1"), Alarm(AlarmKind.UNKEPT, "2")], ASKED)

    terminal.prints("callbacks", option, str(promised))

    with store.reading() as db:
        assert [found.alarm.subject for found in open_alarms(db)] == ["2"]


def test_a_message_that_was_answered_is_no_alarm_any_more(terminal: Terminal, store: Store) -> None:
    call = _called(store)
    with store.writing() as db:
        keep_message(db, NewMessage(call, HELP, ASKED, "RE1", 20, DUE))
        alert(db, [Alarm(AlarmKind.UNANSWERED, "1")], DUE)

    terminal.prints("messages", "--heard", "1")
    with store.reading() as db:
        assert len(open_alarms(db)) == 1
    terminal.prints("messages", "--answered", "1")
    with store.reading() as db:
        assert open_alarms(db) == ()


def test_a_message_that_is_not_fetched_has_no_sound(terminal: Terminal) -> None:
    assert "not fetched yet" in terminal.is_refused("messages", "--sound", "1")


def test_what_a_message_says_is_written_as_it_was_recorded(
    terminal: Terminal, store: Store
) -> None:
    key = new_data_key()
    terminal.environ |= {"HOTLINE_DATA_KEY": key, "HOTLINE_SECRET_KEY": "secret"}
    call = _called(store)
    cipher = Privacy(Secrets("secret", key)).sealed_bytes(b"RIFF and more")
    with store.writing() as db:
        message = keep_message(db, NewMessage(call, HELP, ASKED, "RE1", 20, DUE))
        assert message is not None
        keep_recording(db, message, cipher, ASKED, ASKED)

    assert terminal.prints("messages", "--sound", "1").strip() == "RIFF and more"
