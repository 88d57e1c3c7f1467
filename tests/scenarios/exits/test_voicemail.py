"""What callers leave: told to whoever leads, fetched once, encrypted, erased at the carrier."""

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from hotline.calls.ringing.sending import Sender
from hotline.config.settings import Settings
from hotline.config.tables.promises import USUAL
from hotline.config.tables.ringing import Lead, Ringing
from hotline.ports import PortError
from hotline.practice import Answer, Rest
from hotline.privacy import Privacy
from hotline.promises.fetching import LONGEST_AGAIN, again_after, fetch_messages
from hotline.promises.states import MessageId
from hotline.store import Store
from hotline.store.owed.messages import answer_message
from hotline.store.owed.recordings import recording_of
from hotline.store.sending.alarms import clear_alarm_numbered, open_alarms
from tests import make
from tests.scenarios.rows import every_word, named
from tests.scenarios.stage import SECRETS, SITE, Hotline

MESSAGE = Answer("留言请按2", "2")
FIRST = MessageId(1)


def _left(store: Store, settings: Settings = SITE) -> Hotline:
    """A caller finds nobody on duty and leaves a message of 20 seconds."""
    hotline = Hotline(store, settings)
    hotline.caller_rings(answers=[MESSAGE], leaves_message=20)
    hotline.until_quiet()
    assert len(named(store, "message")) == 1
    return hotline


def _worker(hotline: Hotline) -> Sender:
    assert hotline.stage.sender is not None
    return hotline.stage.sender


def _kept(store: Store) -> bytes | None:
    with store.reading() as db:
        cipher = recording_of(db, FIRST)
    return None if cipher is None else Privacy(SECRETS).opened_bytes(cipher)


def test_a_message_is_fetched_and_kept_encrypted_and_erased_at_the_carrier(store: Store) -> None:
    hotline = _left(store)
    (left,) = named(store, "message")

    fetch_messages(_worker(hotline))

    sound = _kept(store)
    assert sound is not None
    assert sound.startswith(b"RIFF")
    with store.reading() as db:
        cipher = recording_of(db, FIRST)
    assert cipher is not None
    assert sound[:40] not in cipher
    assert b"RIFF" not in cipher[:8]
    with pytest.raises(PortError, match="404"):
        _worker(hotline).carrier.recording(left["recording_sid"])
    (left,) = named(store, "message")
    assert left["fetched"] == left["erased"] == hotline.clock()
    hotline.is_sound()


def test_two_workers_fetch_a_message_once(store: Store) -> None:
    hotline = _left(store)
    asked: list[str] = []
    worker = _worker(hotline)
    both = threading.Barrier(2)

    class Counting:
        """The same carrier, counted."""

        def __getattr__(self, name: str) -> object:
            return getattr(worker.carrier, name)

        def recording(self, sid: str) -> bytes:
            asked.append(sid)
            return worker.carrier.recording(sid)

    counted = replace(worker, carrier=Counting())  # type: ignore[arg-type]  # what it lacks is asked

    def works() -> None:
        both.wait()
        fetch_messages(counted)

    threads = [threading.Thread(target=works) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(asked) == 1
    assert _kept(store) is not None
    assert len(named(store, "recording")) == 1


def test_where_it_is_so_set_the_carrier_keeps_the_recording(store: Store) -> None:
    hotline = _left(store, replace(SITE, promises=replace(USUAL, erase=False)))

    fetch_messages(_worker(hotline))
    fetch_messages(_worker(hotline))

    (left,) = named(store, "message")
    assert (left["erased"], left["tries"]) == (None, 0)
    assert _worker(hotline).carrier.recording(left["recording_sid"]) == _kept(store)


@pytest.mark.parametrize("rest", [Rest.FAILS, Rest.BUSY, Rest.TIMES_OUT])
def test_while_the_carrier_fails_nothing_is_lost_and_it_is_asked_at_intervals(
    store: Store, rest: Rest
) -> None:
    hotline = _left(store).with_faults(rest=rest)
    for _ in range(6):
        fetch_messages(_worker(hotline))
        hotline.passes(30)
    assert _kept(store) is None
    (left,) = named(store, "message")
    assert left["tries"] == 3  # at once, after 30 s, and after 60 s more

    hotline.with_faults()
    hotline.passes(120)
    fetch_messages(_worker(hotline))

    assert _kept(store) is not None
    hotline.is_sound()


def test_a_recording_that_is_not_there_yet_is_asked_for_again(store: Store) -> None:
    hotline = _left(store)
    (left,) = named(store, "message")
    recordings = hotline.carrier._exchange.recordings
    made = recordings.pop(left["recording_sid"])

    fetch_messages(_worker(hotline))
    assert _kept(store) is None

    recordings[left["recording_sid"]] = made
    hotline.passes(30)
    fetch_messages(_worker(hotline))
    assert _kept(store) is not None


def test_what_the_carrier_does_not_give_is_told_and_over_when_it_does(store: Store) -> None:
    hotline = _left(store)
    (left,) = named(store, "message")
    recordings = hotline.carrier._exchange.recordings
    made = recordings.pop(left["recording_sid"])

    told = []
    for _ in range(8):
        fetch_messages(_worker(hotline))
        told.append(_alarms(store))
        hotline.passes(3600)
    assert told == [[]] * 5 + [[("unfetched", "1")]] * 3

    recordings[left["recording_sid"]] = made
    fetch_messages(_worker(hotline))
    assert _kept(store) is not None
    assert _alarms(store) == []


@pytest.mark.parametrize("answered", [b"", b"<html>please sign in</html>"])
def test_what_is_no_sound_is_not_kept_and_nothing_is_erased_for_it(
    store: Store, answered: bytes
) -> None:
    hotline = _left(store)
    worker = _worker(hotline)

    class Behind:
        """A carrier behind a gateway that answers instead of it."""

        def __getattr__(self, name: str) -> object:
            return getattr(worker.carrier, name)

        def recording(self, _: str) -> bytes:
            return answered

    fetch_messages(replace(worker, carrier=Behind()))  # type: ignore[arg-type]  # asked elsewhere
    assert _kept(store) is None

    hotline.passes(30)
    fetch_messages(worker)
    assert (_kept(store) or b"").startswith(b"RIFF")


def test_what_could_not_be_erased_is_erased_later_and_not_fetched_again(store: Store) -> None:
    hotline = _left(store)
    worker = _worker(hotline)

    class Lasting:
        """A carrier that deletes nothing."""

        def __getattr__(self, name: str) -> object:
            return getattr(worker.carrier, name)

        def erase_recording(self, sid: str) -> None:
            raise PortError("the carrier answered 500 (20500)", permanent=False)

    fetch_messages(replace(worker, carrier=Lasting()))  # type: ignore[arg-type]  # asked elsewhere
    (left,) = named(store, "message")
    assert left["fetched"] is not None
    assert left["erased"] is None

    hotline.passes(30)
    fetch_messages(worker)

    (left,) = named(store, "message")
    assert left["erased"] == hotline.clock()
    assert hotline.carrier._exchange.recordings == {}


def test_a_message_without_an_id_is_not_asked_for(store: Store) -> None:
    hotline = _left(store)
    with store.writing() as db:
        db.connection().execute(text("update message set recording_sid = 'unknown'"))

    fetch_messages(_worker(hotline))

    (left,) = named(store, "message")
    assert left["tries"] == 0


@pytest.mark.parametrize(("tries", "seconds"), [(1, 30), (2, 60), (3, 120), (40, 3600)])
def test_the_intervals_grow_to_an_hour(tries: int, seconds: int) -> None:
    assert again_after(tries) == timedelta(seconds=seconds) <= LONGEST_AGAIN


def test_a_message_is_told_once_to_the_supervisors_where_nobody_leads(store: Store) -> None:
    dee = make.hire(store, "Dee", role="supervisor")

    hotline = _left(store)

    (notice,) = named(store, "notice")
    assert (notice["person_id"], notice["kind"]) == (dee.id, "message")
    words = json.loads(notice["words"])
    line = {"line": SITE.lines[0].name}
    assert (words["line"], words["message"], words["seconds"]) == (line, 1, 20)
    assert "T15:1" in words["due"]["at"]  # eleven at night there, tomorrow
    assert "+86138" not in every_word(store)
    hotline.is_sound()


def test_a_message_is_told_to_whom_the_site_names_and_not_to_the_supervisors(store: Store) -> None:
    make.hire(store, "Dee", role="supervisor")
    cem = make.hire(store, "Cem")

    _left(store, replace(SITE, ringing=Ringing(lead=Lead(people=("cem",)))))

    (notice,) = named(store, "notice")
    assert (notice["person_id"], notice["kind"]) == (cem.id, "message")


def test_a_message_that_nobody_answers_in_time_is_one_alarm(store: Store) -> None:
    hotline = _left(store)
    fetch_messages(_worker(hotline))
    assert _alarms(store) == []

    hotline.passes(86400)
    for _ in range(3):
        fetch_messages(_worker(hotline))
    assert _alarms(store) == [("unanswered", "1")]

    with store.writing() as db:
        (alarm,) = open_alarms(db)
        assert clear_alarm_numbered(db, alarm.id, hotline.clock())
    fetch_messages(_worker(hotline))
    assert _alarms(store) == []  # somebody has seen to it


def test_an_answered_message_is_no_alarm(store: Store) -> None:
    hotline = _left(store)
    with store.writing() as db:
        assert answer_message(db, FIRST, hotline.clock())

    hotline.passes(2 * 86400)
    fetch_messages(_worker(hotline))

    assert _alarms(store) == []


def _alarms(store: Store) -> list[tuple[str, str]]:
    with store.reading() as db:
        return [(found.alarm.kind.value, found.alarm.subject) for found in open_alarms(db)]
