"""A message becomes a callback when its caller asks for one, and never without a number."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from hotline.calls.states import CallState, Outcome
from hotline.calls.turn import Turn
from hotline.config.settings import LineName, Secrets
from hotline.duty import PersonId
from hotline.oversight.alarms import Alarm, AlarmKind
from hotline.privacy import Privacy, new_data_key
from hotline.promises.handing import AskedInMessage, HandingError, hand_to_callback
from hotline.promises.states import CallbackId, MessageId, Safe
from hotline.store import Store
from hotline.store.owed.callbacks import (
    callback_of,
    callbacks_waited_for,
    count_callbacks,
    give_callback,
    settle_callback,
)
from hotline.store.owed.messages import count_messages, open_messages
from hotline.store.sending.alarms import open_alarms, raise_alarms
from hotline.store.tables import CallRow, MessageRow
from tests.hotline.console import scene
from tests.scenarios.rows import named

NOW = scene.BUSY
PRIVACY = Privacy(Secrets("key", new_data_key()))
NANJING = LineName("96111-nanjing")
ONE = MessageId(1)


@pytest.fixture
def left(store: Store) -> Store:
    """A caller left a message a day ago, and nobody has answered."""
    at = NOW - timedelta(days=1)
    with store.writing() as db:
        scene.fill(db)
        call = scene.call(db, NANJING, CallState.CLOSED, at, Outcome.MESSAGE)
        call.caller_cipher = PRIVACY.sealed(scene.NUMBER)
        db.add(call)
        db.add(
            MessageRow(
                call_id=call.id or 0,
                line=NANJING,
                at=at,
                recording_sid="RE1",
                seconds=41,
                due=NOW,
                next_at=at,
            )
        )
        raise_alarms(db, [Alarm(AlarmKind.UNANSWERED, "1")], NOW)
    return store


@contextmanager
def turn(store: Store) -> Iterator[Turn]:
    with store.writing() as db:
        yield Turn(db, scene.settings(), PRIVACY, NOW)


def asked(safe: Safe = Safe.ANY, urgent: bool = False) -> AskedInMessage:
    return AskedInMessage(ONE, "sam", safe, urgent)


def test_who_asks_for_it_in_a_message_is_rung_back(left: Store) -> None:
    with turn(left) as now:
        hand_to_callback(now, asked(urgent=True))

    with left.reading() as db:
        [promised] = callbacks_waited_for(db, [NANJING])
        assert open_messages(db) == ()
        assert open_alarms(db) == ()
    assert (promised.safe, promised.urgent) == (Safe.ANY, True)
    assert promised.due > NOW
    [row] = named(left, "callback")
    assert PRIVACY.opened(row["number_cipher"]) == scene.NUMBER


def test_the_consent_says_whose_word_it_is(left: Store) -> None:
    with turn(left) as now:
        hand_to_callback(now, asked())

    [consent] = named(left, "consent")
    assert (consent["question"], consent["answer"]) == ("message", "yes")
    assert consent["words"] == "asked for it in message 1, as heard by sam"


def test_a_message_is_handed_over_once(left: Store) -> None:
    with turn(left) as now:
        hand_to_callback(now, asked())
    with turn(left) as now, pytest.raises(HandingError) as refused:
        hand_to_callback(now, asked())

    assert refused.value.reason == "gone"
    assert len(named(left, "callback")) == 1


def test_who_withheld_their_number_cannot_be_rung_back(left: Store) -> None:
    with left.writing() as db:
        call = db.get_one(CallRow, 1)
        call.caller_cipher = None
        db.add(call)

    with turn(left) as now, pytest.raises(HandingError) as refused:
        hand_to_callback(now, asked())

    assert refused.value.reason == "withheld"
    with left.reading() as db:
        [message] = open_messages(db)
    assert message.withheld


def test_who_was_promised_a_callback_before_is_not_promised_another(left: Store) -> None:
    with turn(left) as now:
        hand_to_callback(now, asked())
    with left.writing() as db:
        message = db.get_one(MessageRow, 1)
        message.answered = None
        db.add(message)

    with turn(left) as now, pytest.raises(HandingError) as refused:
        hand_to_callback(now, asked())

    assert refused.value.reason == "promised"


def test_a_callback_is_given_to_somebody_while_it_is_waited_for(left: Store) -> None:
    callback = CallbackId(1)
    with turn(left) as now:
        hand_to_callback(now, asked())
        assert give_callback(now.db, callback, PersonId(1))
        found = callback_of(now.db, callback)
        assert found is not None
        assert found.person == "v00"
        assert settle_callback(now.db, callback, NOW)
        assert not give_callback(now.db, callback, None)
        assert callback_of(now.db, callback) is None


def test_lists_hold_the_lines_that_are_asked_for_and_no_others(left: Store) -> None:
    with turn(left) as now:
        hand_to_callback(now, asked())
    with left.writing() as db:
        message = db.get_one(MessageRow, 1)
        message.answered = None
        db.add(message)

    with left.reading() as db:
        assert [count_messages(db, lines) for lines in ([NANJING], [LineName("12355")], [])] == [
            1,
            0,
            0,
        ]
        assert [count_callbacks(db, lines) for lines in ([NANJING], [LineName("12355")], [])] == [
            1,
            0,
            0,
        ]
        assert open_messages(db, [LineName("12355")]) == ()
        assert callbacks_waited_for(db, []) == ()
        assert len(open_messages(db, [NANJING], most=1)) == 1
        assert open_messages(db, [NANJING], most=1, after=1) == ()
