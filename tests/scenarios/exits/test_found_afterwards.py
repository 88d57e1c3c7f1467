"""Whoever only the carrier knows of, because nothing of ours listened, is found afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.calls.ringing.sending import Sender
from hotline.calls.states import Outcome
from hotline.oversight.comparing import AGAIN, FURTHEST, find_missed
from hotline.practice import Answer, Rest
from hotline.practice.exchange.exchange import Recording
from hotline.promises.fetching import fetch_messages
from hotline.retention.callers import Wanted, erase_caller, hashes_of_number
from hotline.store import Store
from hotline.store.sending.alarms import open_alarms
from tests import make
from tests.scenarios.breaking.losing import Failing, away, loses
from tests.scenarios.rows import every_word, named
from tests.scenarios.stage import STAFF, Hotline
from tests.scenarios.test_retention import MIN, PRIVACY

MESSAGE = Answer("留言请按2", "2")
GONE = 10_000  # seconds
SECOND = "RE" + "9" * 32


@pytest.fixture
def never_compared(store: Store) -> Iterator[Hotline]:
    """A hotline whose web part may lose its database."""
    failing = Failing(store.url)
    hotline = Hotline(failing)
    failing.clock = hotline.clock
    yield hotline
    failing.close()


@pytest.fixture
def hotline(never_compared: Hotline) -> Hotline:
    """One whose calls were compared once: what came before that is not looked at."""
    find_missed(_worker(never_compared))
    return never_compared


def _worker(hotline: Hotline) -> Sender:
    assert hotline.stage.sender is not None
    return hotline.stage.sender


def _database_goes(hotline: Hotline, after: float = 0, seconds: float = GONE) -> Sender:
    """The worker that will be there when the database is back."""
    worker = _worker(hotline)
    away(hotline, after, seconds)
    return worker


def _alarms(store: Store) -> list[tuple[str, str]]:
    with store.reading() as db:
        return [(found.alarm.kind.value, found.alarm.subject) for found in open_alarms(db)]


def test_a_message_left_while_the_database_was_gone_is_heard_afterwards(hotline: Hotline) -> None:
    worker = _database_goes(hotline)
    hotline.caller_rings(leaves_message=15)
    hotline.until_quiet()
    assert "您的留言已经录下" in hotline.heard(hotline.carrier.calls()[0].sid)
    assert named(hotline.store, "call") == named(hotline.store, "message") == []

    hotline.passes(GONE)
    find_missed(worker)
    fetch_messages(worker)

    (call,), (message,) = named(hotline.store, "call"), named(hotline.store, "message")
    record = hotline.carrier.calls()[0]
    assert (call["sid"], call["outcome"]) == (record.sid, Outcome.MESSAGE)
    assert (call["arrived"], call["ended"]) == (record.arrived, record.ended_at)
    assert message["seconds"] == 15
    assert message["at"] < record.ended_at < message["fetched"]
    assert message["due"] == message["at"] + timedelta(days=1)
    assert _alarms(hotline.store) == [("missed", "96111-nanjing/2026-11-24")]
    assert "+86138" not in every_word(hotline.store)


def test_the_news_of_a_found_message_reaches_the_supervisor_once(hotline: Hotline) -> None:
    make.hire(hotline.store, "Dee", role="supervisor")
    worker = _database_goes(hotline)
    hotline.caller_rings(leaves_message=15)
    hotline.passes(GONE)

    for _ in range(3):
        find_missed(worker)
        hotline.passes(300)

    kinds = sorted(notice["kind"] for notice in named(hotline.store, "notice"))
    assert kinds == ["alarm", "message"]
    assert len(named(hotline.store, "message")) == 1


def test_a_message_whose_callback_never_comes_is_found(hotline: Hotline) -> None:
    loses(hotline, "/voice/message/")
    hotline.caller_rings(answers=[MESSAGE], leaves_message=60, patience=60)
    hotline.until_quiet()
    hotline.passes(300)
    assert named(hotline.store, "message") == []

    find_missed(_worker(hotline))

    (call,), (message,) = named(hotline.store, "call"), named(hotline.store, "message")
    assert message["call_id"] == call["id"]
    assert call["outcome"] == Outcome.MESSAGE
    fetch_messages(_worker(hotline))
    assert len(named(hotline.store, "recording")) == 1


def test_who_rang_in_vain_stands_among_the_calls_with_the_time_they_rang(hotline: Hotline) -> None:
    worker = _database_goes(hotline)
    hotline.caller_rings(patience=5)
    hotline.caller_rings(number=None, after=60, patience=30)
    hotline.passes(GONE)

    find_missed(worker)

    rang = [record.arrived for record in hotline.carrier.calls()]
    kept = named(hotline.store, "call")
    assert [call["arrived"] for call in kept] == rang
    assert [call["outcome"] for call in kept] == [Outcome.LEFT, Outcome.LEFT]
    assert [call["caller_hash"] is None for call in kept] == [False, True]
    assert [step["kind"] for step in named(hotline.store, "call_event")][0::2] == [
        "never-answered",
        "never-answered",
    ]


def test_what_we_know_is_left_as_it_is(hotline: Hotline) -> None:
    hotline.on_duty("Ada")
    hotline.caller_rings(talk=60)
    hotline.caller_rings(after=300, answers=[MESSAGE], leaves_message=20, patience=400)
    hotline.until_quiet()
    before = named(hotline.store, "call"), named(hotline.store, "message")

    hotline.passes(600)
    find_missed(_worker(hotline))

    assert (named(hotline.store, "call"), named(hotline.store, "message")) == before
    assert _alarms(hotline.store) == []


def test_whoever_still_speaks_is_looked_at_when_they_have_ended(hotline: Hotline) -> None:
    worker = _database_goes(hotline, seconds=100)
    hotline.caller_rings(leaves_message=90)
    hotline.passes(101)

    find_missed(worker)
    assert named(hotline.store, "call") == []

    hotline.passes(AGAIN.total_seconds() + 3600)
    find_missed(worker)
    assert [call["outcome"] for call in named(hotline.store, "call")] == [Outcome.MESSAGE]


@pytest.mark.parametrize("rest", [Rest.FAILS, Rest.BUSY, Rest.TIMES_OUT, Rest.LOSES_ANSWERS])
def test_while_the_carrier_lists_nothing_nothing_is_passed_over(
    hotline: Hotline, rest: Rest
) -> None:
    worker = _database_goes(hotline)
    hotline.caller_rings(leaves_message=15)
    hotline.passes(GONE)

    hotline.with_faults(rest=rest)
    find_missed(worker)
    assert named(hotline.store, "call") == []

    hotline.with_faults()
    hotline.passes(86400)
    find_missed(worker)
    assert len(named(hotline.store, "message")) == 1


def test_what_came_before_the_first_look_of_all_is_no_call_of_ours(
    never_compared: Hotline,
) -> None:
    worker = _database_goes(never_compared)
    never_compared.caller_rings(leaves_message=15)
    never_compared.passes(GONE)

    find_missed(worker)
    find_missed(worker)

    assert named(never_compared.store, "call") == []


def test_nobody_looks_further_back_than_a_week(hotline: Hotline) -> None:
    worker = _database_goes(hotline)
    hotline.caller_rings(leaves_message=15)
    hotline.passes(FURTHEST.total_seconds() + 3600)

    find_missed(worker)

    assert named(hotline.store, "call") == []


def test_calls_of_staff_and_to_numbers_of_others_are_none(hotline: Hotline) -> None:
    worker = _database_goes(hotline)
    hotline.caller_rings(STAFF, patience=5)
    hotline.caller_rings("+862599999999", after=20, patience=5)
    hotline.passes(GONE)

    find_missed(worker)

    assert named(hotline.store, "call") == []


def test_who_was_forgotten_meanwhile_does_not_come_back(hotline: Hotline) -> None:
    hotline.caller_rings(number=MIN, answers=[MESSAGE], leaves_message=20)
    hotline.until_quiet()
    fetch_messages(_worker(hotline))
    with hotline.store.writing() as db:
        hashes = hashes_of_number(PRIVACY, MIN, "86")
        erase_caller(db, hashes, Wanted(cancel_promises=True), "ann", hotline.clock())

    hotline.passes(600)
    find_missed(_worker(hotline))

    (call,) = named(hotline.store, "call")
    assert (call["caller_hash"], call["caller_cipher"]) == (None, None)


def test_a_message_known_without_its_place_is_found_there(hotline: Hotline) -> None:
    hotline.caller_rings(answers=[MESSAGE], leaves_message=20)
    hotline.until_quiet()
    (left,) = named(hotline.store, "message")
    with hotline.store.writing() as db:
        db.connection().execute(text("update message set recording_sid = 'unknown'"))

    hotline.passes(600)
    find_missed(_worker(hotline))

    (found,) = named(hotline.store, "message")
    assert found["recording_sid"] == left["recording_sid"]


def test_a_second_message_of_one_call_is_found_as_its_own(hotline: Hotline) -> None:
    make.hire(hotline.store, "Dee", role="supervisor")
    worker = _with_a_second(hotline)

    find_missed(worker)
    find_missed(worker)

    first, second = named(hotline.store, "message")
    assert first["call_id"] == second["call_id"]
    assert (second["recording_sid"], second["seconds"]) == (SECOND, 3)
    assert [row["kind"] for row in named(hotline.store, "notice")] == ["message", "message"]
    (call,) = named(hotline.store, "call")
    assert call["outcome"] == Outcome.MESSAGE


def test_of_two_found_one_is_the_message_that_was_told_without_its_place(hotline: Hotline) -> None:
    worker = _with_a_second(hotline)
    with hotline.store.writing() as db:
        db.connection().execute(text("update message set recording_sid = 'unknown'"))

    find_missed(worker)
    find_missed(worker)

    kept = named(hotline.store, "message")
    assert [row["seconds"] for row in kept] == [20, 3]
    assert len({row["recording_sid"] for row in kept} - {"unknown"}) == 2


def _with_a_second(hotline: Hotline) -> Sender:
    """The worker of a caller who left a message of 20 s, and one that nobody told us of."""
    caller = hotline.caller_rings(answers=[MESSAGE], leaves_message=20)
    hotline.until_quiet()
    hotline.passes(300)
    at = hotline.clock() - timedelta(minutes=4)
    hotline.carrier._exchange.recordings[SECOND] = Recording(3, at, caller, at)
    return _worker(hotline)
