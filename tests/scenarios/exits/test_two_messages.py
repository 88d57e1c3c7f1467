"""Min speaks twice in one call: each recording is a message of its own, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hotline.calls.ringing.sending import Sender
from hotline.practice import Answer
from hotline.practice.exchange.exchange import Recording
from hotline.promises.fetching import fetch_messages
from hotline.promises.states import MessageId
from hotline.retention.callers import Wanted, erase_caller, hashes_of_number
from hotline.retention.purging import purge
from hotline.store import Store
from hotline.store.looking.watching import promised_by_line
from hotline.store.owed.messages import answer_message, hear_message
from hotline.store.sending.alarms import open_alarms
from tests import make
from tests.scenarios.asking import Asker
from tests.scenarios.rows import every_row, named
from tests.scenarios.stage import SITE, Hotline
from tests.scenarios.test_retention import KEPT, MIN, PRIVACY

AGAIN = "RE" + "9" * 32
FIRST, SECOND = MessageId(1), MessageId(2)


@pytest.fixture
def hotline(store: Store) -> Hotline:
    """Min has left a message, and says more in the same call."""
    make.hire(store, "Dee", role="supervisor")
    hotline = Hotline(store, replace(SITE, promises=replace(SITE.promised, erase=False)))
    hotline.caller_rings(number=MIN, answers=[Answer("留言请按2", "2")], leaves_message=20)
    hotline.until_quiet()
    says_more(hotline)
    return hotline


def says_more(hotline: Hotline, **fields: str) -> str:
    """What the carrier tells of a second recording; the answer."""
    (call,) = named(hotline.store, "call")
    made = Recording(7, hotline.clock(), call["sid"], hotline.clock())
    hotline.carrier._exchange.recordings[AGAIN] = made
    told = {"CallSid": call["sid"], "RecordingSid": AGAIN, "RecordingDuration": "7", **fields}
    return Asker(hotline.parts).post(f"/voice/message/{call['token']}", told).text


def worker(hotline: Hotline) -> Sender:
    assert hotline.stage.sender is not None
    return hotline.stage.sender


def left(store: Store) -> list[dict[str, Any]]:
    return named(store, "message")


def test_both_are_kept_and_told_and_fetched(hotline: Hotline) -> None:
    fetch_messages(worker(hotline))

    first, second = left(hotline.store)
    assert (first["call_id"], first["seconds"]) == (second["call_id"], 20)
    assert (second["recording_sid"], second["seconds"]) == (AGAIN, 7)
    told = [row["kind"] for row in named(hotline.store, "notice")]
    assert told == ["message", "message"]
    sounds = [PRIVACY.opened_bytes(row["cipher"]) for row in recordings(hotline)]
    assert [sound[:4] for sound in sounds] == [b"RIFF", b"RIFF"]


def test_the_same_recording_told_of_again_changes_nothing(hotline: Hotline) -> None:
    before = every_row(hotline.store, "webhook")

    once_more = [says_more(hotline), says_more(hotline, Digits="1")]

    assert every_row(hotline.store, "webhook") == before
    assert all("您的留言已经收到" in heard for heard in once_more)


def test_each_is_listened_to_and_answered_by_itself(hotline: Hotline) -> None:
    store, now = hotline.store, hotline.clock()
    with store.writing() as db:
        assert hear_message(db, FIRST, now)
        assert answer_message(db, FIRST, now)

    hotline.passes(2 * 86400)
    fetch_messages(worker(hotline))

    assert [row["heard"] for row in left(store)] == [now, None]
    with store.reading() as db:
        assert [each.alarm.subject for each in open_alarms(db)] == [str(SECOND)]
        (waiting,) = promised_by_line(db, hotline.clock()).values()
    assert (waiting.messages, waiting.late) == (1, 1)


def test_both_go_here_and_at_the_carrier_when_min_is_forgotten(hotline: Hotline) -> None:
    fetch_messages(worker(hotline))
    with hotline.store.writing() as db:
        hashes = hashes_of_number(PRIVACY, MIN, "86")
        erase_caller(db, hashes, Wanted(cancel_promises=True), "ann", hotline.clock())

    fetch_messages(worker(hotline))

    assert recordings(hotline) == []
    assert hotline.carrier._exchange.recordings == {}
    assert all(row["erased"] and row["answered"] for row in left(hotline.store))


def test_both_go_when_they_are_too_old(hotline: Hotline) -> None:
    fetch_messages(worker(hotline))
    with hotline.store.writing() as db:
        for message in (FIRST, SECOND):
            answer_message(db, message, hotline.clock())

    hotline.passes(timedelta(days=KEPT.recordings + 1).total_seconds())
    found = purge(hotline.store, hotline.settings, "dee", hotline.clock())
    fetch_messages(worker(hotline))
    purge(hotline.store, hotline.settings, "dee", hotline.clock())

    assert sum(number for kind, number in found.items() if kind.value == "recordings") == 2
    assert recordings(hotline) == []
    assert [row["recording_sid"] for row in left(hotline.store)] == ["gone-1", "gone-2"]


def recordings(hotline: Hotline) -> list[dict[str, Any]]:
    return named(hotline.store, "recording")
